/** The documents that are shipped, as PDF, in this process. */
import { readFileSync } from 'node:fs';
import { lettersLacking } from '../letters.ts';
import { type RenderedPdf, renderTypst } from '../typst.ts';
import { drawCode } from './draw-code.ts';
import type { InvoiceDocument, Logo, ShippedTemplate } from './invoice-document.ts';
import { type InvoiceLayout, layOutInvoice } from './lay-out-invoice.ts';
import { type PlacedLayout, placeFigures } from './place-figures.ts';

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
  readonly data: Omit<PlacedLayout, 'payment'> & {
    readonly payment?: NonNullable<PlacedLayout['payment']> & {
      /** The code for a transfer as SVG, for templates of users. */
      readonly qr: string;
      /** Pixels of a side of the code in the file `code.luma`; 0 where there is none. */
      readonly code: number;
    };
    readonly logo: string;
    /** The template is not one of ours: what it does to the type is not known, and no height of a row is taken for granted. */
    readonly own: boolean;
  };
  readonly files: Readonly<Record<string, Uint8Array>>;
  readonly createdSeconds: number;
}

/** What a template gets. `own`: a user wrote it. */
export function requestOf(document: InvoiceDocument, own = false): TemplateData {
  const { logo, invoice } = document;
  const layout = layOutInvoice(document);
  const transfer = layout.payment?.transfer ?? '';
  const code = transfer === '' ? undefined : drawCode(transfer);
  const { payment, ...placed } = placeFigures(printed(layout));
  return {
    data: {
      ...placed,
      ...(payment === undefined ? {} : { payment: { ...payment, qr: own ? (code?.svg() ?? '') : '', code: code?.size ?? 0 } }),
      logo: logo === undefined ? '' : logoName(logo),
      own,
    },
    files: { ...(logo === undefined ? {} : { [logoName(logo)]: logo.bytes }), ...(code === undefined ? {} : { [CODE]: code.luma }) },
    createdSeconds: Date.parse(`${invoice.issueDay}T00:00:00Z`) / 1000,
  };
}

/** The code for a transfer, one byte a pixel. */
const CODE = 'code.luma';

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
  return printedValue(layout, layout.direction === 'rtl') as InvoiceLayout; // the same keys as went in
}

const WIDE = new RegExp(`[^\\s\u200b]{${LONGEST_WORD}}(?=[^\\s\u200b])`, 'gu');

function printedValue(value: unknown, isRtl: boolean): unknown {
  if (typeof value === 'string') {
    const broken = value.length > LONGEST_WORD ? value.replace(WIDE, '$&\u200b') : value;
    if (!isRtl || !/\p{Script=Latin}/u.test(broken)) return broken;
    return `${/\p{Script=Arabic}/u.test(broken) ? '\u2067' : '\u2066'}${broken}\u2069`;
  }
  if (Array.isArray(value)) return value.map((each) => printedValue(each, isRtl));
  if (typeof value !== 'object' || value === null) return value;
  const object: Record<string, unknown> = {};
  for (const [key, each] of Object.entries(value)) {
    object[key] = typeof each === 'string' && TECHNICAL.has(key) ? each : printedValue(each, isRtl);
  }
  return object;
}

/** What templates compute with rather than print. */
const TECHNICAL = new Set(['transfer', 'accent', 'language', 'direction', 'page', 'mark', 'title', 'number']);
