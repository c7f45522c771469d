/**
 * Documents as canonical JSON (RFC 8785): keys in the order of their code units, no spaces, money and decimals as text. What is
 * hashed is this text, and what is kept is this text.
 */
import { type Decimal, formatDecimal, parseDecimal } from '../money/decimal.ts';
import type { Invoice, InvoiceContent } from './invoice.ts';

/** Amounts as whole nanos and decimals as written, both in quotes; fields that are undefined are left out. */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'bigint') return `"${value}"`;
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (isDecimal(value)) return `"${formatDecimal(value)}"`;
  let text = '';
  for (const key of Object.keys(value).sort()) {
    const item: unknown = Reflect.get(value, key);
    if (item === undefined) continue;
    text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(item)}`;
  }
  return `{${text}}`;
}

function isDecimal(value: object): value is Decimal {
  return 'units' in value && typeof value.units === 'bigint' && 'scale' in value && typeof value.scale === 'number';
}

const DECIMALS = new Set(['quantity', 'priceQuantity', 'unitPrice', 'rate']);

/** The inverse, for text that canonicalJson wrote of a document: which fields are amounts and decimals is known by their names. */
export function parseContent(text: string): InvoiceContent {
  return JSON.parse(text, revive) as InvoiceContent; // only canonicalJson of one is stored, and its hash is checked
}

/** The hash is not part of what is hashed. */
export function parseInvoice(text: string, sha256: string): Invoice {
  const unhashed = JSON.parse(text, revive) as Omit<Invoice, 'sha256'>; // as above
  return { ...unhashed, sha256 };
}

function revive(key: string, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (key.endsWith('Nanos')) return BigInt(value);
  // A tax that the buyer accounts for has the id of its rate under the same name.
  return DECIMALS.has(key) ? (parseDecimal(value) ?? value) : value;
}
