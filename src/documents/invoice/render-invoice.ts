/** The documents that are shipped, as PDF, in this process. */
import { readFileSync } from 'node:fs';
import { lettersLacking } from '../letters.ts';
import { type RenderedPdf, renderTypst } from '../typst.ts';
import type { InvoiceDocument, Logo, ShippedTemplate } from './invoice-document.ts';
import { type InvoiceLayout, layOutInvoice } from './lay-out-invoice.ts';

export const templateFolder = `${import.meta.dirname}/templates`;

export function templateSource(template: ShippedTemplate): string {
  return readFileSync(`${templateFolder}/${template}.typ`, 'utf8');
}

/** The same document gives the same bytes. */
export function renderInvoice(document: InvoiceDocument, template: ShippedTemplate): RenderedPdf {
  return renderTypst({ folder: templateFolder, source: templateSource(template), name: `${template}.typ`, ...requestOf(document) });
}

/** Letters of names and texts that no font of the shipped templates has. */
export function lettersNotPrinted(document: InvoiceDocument): readonly string[] {
  return lettersLacking(JSON.stringify(layOutInvoice(document)), 'with-arabic');
}

export interface TemplateData {
  readonly data: InvoiceLayout & { readonly logo: string };
  readonly files: Readonly<Record<string, Uint8Array>>;
  readonly createdSeconds: number;
}

/** What a template gets, whoever wrote it. */
export function requestOf(document: InvoiceDocument): TemplateData {
  const { logo, invoice } = document;
  return {
    data: { ...printed(layOutInvoice(document)), logo: logo === undefined ? '' : logoName(logo) },
    files: logo === undefined ? {} : { [logoName(logo)]: logo.bytes },
    createdSeconds: Date.parse(`${invoice.issueDay}T00:00:00Z`) / 1000,
  };
}

function logoName({ type }: Logo): string {
  return `logo.${type}`;
}

/** Characters that fit in the narrowest column of names. */
const LONGEST_WORD = 24;

/**
 * All text but the code's picture: words that no column could hold may be broken (zero-width spaces), and where the language runs from
 * right to left Latin text keeps its own direction (Unicode's isolates), so that names and codes stay whole.
 */
function printed(layout: InvoiceLayout): InvoiceLayout {
  const wide = new RegExp(`[^\\s\u200b]{${LONGEST_WORD}}(?=[^\\s\u200b])`, 'gu');
  const isRtl = layout.direction === 'rtl';
  return JSON.parse(JSON.stringify(layout), (key, value: unknown) => {
    if (typeof value !== 'string' || TECHNICAL.has(key)) return value;
    const broken = value.replace(wide, '$&\u200b');
    if (!isRtl || !/\p{Script=Latin}/u.test(broken)) return broken;
    return `${/\p{Script=Arabic}/u.test(broken) ? '\u2067' : '\u2066'}${broken}\u2069`;
  }) as InvoiceLayout; // one went in
}

/** What templates compute with rather than print. */
const TECHNICAL = new Set(['qr', 'accent', 'language', 'direction', 'page', 'mark', 'title', 'number']);
