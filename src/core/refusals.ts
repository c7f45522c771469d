/**
 * Every way the system says no: a closed list of named codes.
 *
 * A refusal is a value, not an exception: the caller can act on it. Each subject keeps its
 * part of the list in `refusals/`; this file joins them, and `docs/reference/refusals.md` is
 * generated from it. A test refuses a code that is used and not listed, or listed twice.
 */

import { accessRefusals, apiRefusals } from './refusals/api.ts';
import { cardRefusals } from './refusals/cards.ts';
import { chargingRefusals } from './refusals/charging.ts';
import { collectingRefusals } from './refusals/collecting.ts';
import { configurationRefusals } from './refusals/configuration.ts';
import { creditRefusals } from './refusals/credit.ts';
import { deliveryRefusals } from './refusals/delivery.ts';
import { diameterRefusals } from './refusals/diameter.ts';
import { documentRefusals } from './refusals/documents.ts';
import { dunningRefusals } from './refusals/dunning.ts';
import { einvoiceRefusals } from './refusals/einvoice.ts';
import { engineRefusals } from './refusals/engine.ts';
import { eventRefusals } from './refusals/events.ts';
import { exchangeRefusals } from './refusals/exchange.ts';
import { formatRefusals } from './refusals/formats.ts';
import { invoicingRefusals } from './refusals/invoicing.ts';
import { jobRefusals } from './refusals/jobs.ts';
import { ledgerRefusals } from './refusals/ledger.ts';
import { marginRefusals } from './refusals/margin.ts';
import { numberRefusals } from './refusals/numbers.ts';
import { operatingRefusals } from './refusals/operating.ts';
import { partnerInvoiceRefusals } from './refusals/partner-invoices.ts';
import { paymentRefusals } from './refusals/payments.ts';
import { periodRefusals } from './refusals/periods.ts';
import { radiusRefusals } from './refusals/radius.ts';
import { rateSheetRefusals } from './refusals/rate-sheets.ts';
import { ratingRefusals } from './refusals/rating.ts';
import { reconcilingRefusals } from './refusals/reconciling.ts';
import { reportRefusals } from './refusals/reports.ts';
import { personRefusals, retentionRefusals } from './refusals/retention.ts';
import { servingRefusals } from './refusals/serving.ts';
import { tariffRefusals } from './refusals/tariffs.ts';
import { taxRefusals } from './refusals/tax.ts';
import { tellingRefusals } from './refusals/telling.ts';
import { usageRefusals } from './refusals/usage.ts';
import { xmlRefusals } from './refusals/xml.ts';

/** What a code means, how HTTP says it, and what the reader can do about it. */
export interface RefusalMeaning {
  readonly meaning: string;
  /** HTTP status of the problem document. */
  readonly http: number;
  /** Diameter Result-Code, where the refusal can be the answer to a charging request. */
  readonly diameter?: number;
  /** What to do about it. */
  readonly remedy: string;
}

export const refusals = {
  ...accessRefusals,
  ...apiRefusals,
  ...collectingRefusals,
  ...configurationRefusals,
  ...diameterRefusals,
  ...radiusRefusals,
  ...cardRefusals,
  ...chargingRefusals,
  ...creditRefusals,
  ...deliveryRefusals,
  ...tellingRefusals,
  ...documentRefusals,
  ...einvoiceRefusals,
  ...dunningRefusals,
  ...engineRefusals,
  ...eventRefusals,
  ...exchangeRefusals,
  ...formatRefusals,
  ...servingRefusals,
  ...jobRefusals,
  ...ledgerRefusals,
  ...invoicingRefusals,
  ...marginRefusals,
  ...reportRefusals,
  ...retentionRefusals,
  ...personRefusals,
  ...numberRefusals,
  ...operatingRefusals,
  ...partnerInvoiceRefusals,
  ...paymentRefusals,
  ...periodRefusals,
  ...rateSheetRefusals,
  ...ratingRefusals,
  ...reconcilingRefusals,
  ...tariffRefusals,
  ...taxRefusals,
  ...usageRefusals,
  ...xmlRefusals,
} as const satisfies Record<string, RefusalMeaning>;

export type RefusalCode = keyof typeof refusals;

/** Where the fault is: a file and line, a field, and the offending value as it was written. */
export interface Place {
  readonly file?: string;
  /** 1-based. */
  readonly line?: number;
  readonly field?: string;
  /** At most 120 characters of it. */
  readonly value?: string;
}

export interface Refusal {
  readonly code: RefusalCode;
  /** One sentence with the figures and names of this case. */
  readonly message: string;
  readonly at?: Place;
}

export function refuse(code: RefusalCode, message: string, at?: Place): Refusal {
  return at === undefined ? { code, message } : { code, message, at };
}

/**
 * Text from outside for people: what could drive a terminal is written out, control characters as `\x1b` and marks that turn
 * the direction of text as `\u202e`. A line break counts as one.
 */
export function visibleText(text: string): string {
  return text.replace(/[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu, (character) => {
    const short = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }[character];
    const code = character.charCodeAt(0);
    return short ?? (code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`);
  });
}

/** `file:12 field: message [code]`, the one form in which commands print a refusal. */
export function formatRefusal(refusal: Refusal): string {
  const { file, line, field, value } = refusal.at ?? {};
  const place = [file === undefined ? undefined : line === undefined ? file : `${file}:${line}`, field]
    .filter((part) => part !== undefined)
    .map(visibleText)
    .join(' ');
  const shown = value === undefined ? '' : ` (${visibleText(JSON.stringify(value))})`;
  // Some messages quote a log of several lines.
  const message = refusal.message.split('\n').map(visibleText).join('\n');
  return `${place === '' ? '' : `${place}: `}${message}${shown} [${refusal.code}]`;
}

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusals: readonly Refusal[] };

/**
 * Carries refusals out of code that cannot return them: from inside a transaction that must roll back, or
 * from the start of an installation. Whoever called prints them as they are, without a stack.
 */
export class RefusedError extends Error {
  readonly refusals: readonly Refusal[];

  constructor(...refusals: readonly Refusal[]) {
    super(refusals.map(formatRefusal).join('\n'));
    this.name = 'RefusedError';
    this.refusals = refusals;
  }
}

/** The value, or its refusals thrown as a RefusedError. */
export function valueOrThrow<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new RefusedError(...result.refusals);
}
