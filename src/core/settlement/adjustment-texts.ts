/**
 * What explains an adjustment, as texts with figures in them. Statements and drafts have them in English, in which they are kept for ever; because
 * these texts alone make them, they can be told again from the English, and said in another language.
 */
import type { Period } from '../time/period.ts';
import { readWrittenPeriod } from './statement-period.ts';

/**
 * In English. `{a}`, `{b}`: quantities with their unit; `{m}`, `{n}`, `{p}`: figures; `{of}`: a name; the more particular before what they
 * contain. What stands twice is the same twice.
 */
export const adjustmentTexts = {
  nothingMissing: '{a} of {b} promised: nothing is missing',
  promised: '{a} of {b} promised',
  missing: '{a} are missing and paid at {p} each: {m}',
  paidAnyway: '{a} at {p} each are paid, sent or not: {m}',
  sentAbove: 'sent {a}, {b} above at {p}: {m}',
  sent: 'sent {a}',
  balanced: '{a} are balanced at {p} each: {m}',
  inExcess: '{a} in excess at {p}: {m}',
  firstTier: 'the first tier begins at {b}: charged {m}, as it was',
  asItWas: '{a}: charged {m}, as it was',
  allAt: '{a} reached {p} each for all (from {b}): {m}',
  asCharged: '{a} as charged: {m}',
  noDiscount: '{a}: no discount is reached',
  discountOnAll: '{a} reached {p} % (from {b}) of {m}: {n} off',
  offFirst: 'off {p} % of the {m} above {b}: {n}',
  offNext: '{p} % of the {m} above {b}: {n}',
  shareOfUnits: '{a} under {of} at {p} each: {m}',
  shareOfCharges: '{p} % of {m} charged under {of}: {n}',
  slice: '{a} at {p}: {m}',
  minimumShort: 'charged {m} of at least {n}',
  minimumMet: 'charged {m}, which is at least {n}',
  minimumMissing: '{m} are missing',
  charged: 'charged {m}',
  chargedFor: '{a} charged {m}',
  tierReached: 'Volume tier {of}, {window}: {a} reached the price {p} (from {b}) for all usage',
  tierAdjusted: 'it was charged at {p}, so the billed quantity is adjusted by {m} − {n} each',
  quantity: '{a}',
  feeWhole: '{n} × {p}: {m}',
  feeOfDays: '{n} × {p} for {d} of {w} days: {m}',
  feeEnded: 'no longer due, {m} was billed',
  grossUp: 'Gross-up: {of} {p} %, borne by the payer',
  grossUpMade: '{m} ÷ (1 − {p} %) − {m}: {n}, so that {m} is left when {of} is withheld',
} as const;
export type AdjustmentText = keyof typeof adjustmentTexts;

/** What stands behind the others. */
export const SETTLED_AGAIN = ' Traffic came after this was settled: only the difference is booked.';
export const FEE_SETTLED_AGAIN = ' It was billed before: only the difference is booked.';
const AGAIN = { traffic: SETTLED_AGAIN, fee: FEE_SETTLED_AGAIN } as const;

type Values = Readonly<Record<string, string>>;

/** In English. */
export function say(text: AdjustmentText, values: Values): string {
  return filled(adjustmentTexts[text], values);
}

/** A value that is not given is left out. */
export function filled(template: string, values: Values): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
}

export interface ToldPart {
  readonly text: AdjustmentText;
  readonly values: Values;
}

export interface ToldAdjustment {
  /** Of a deal: its name and window. */
  readonly of?: { readonly name: string; readonly window: Period };
  readonly parts: readonly ToldPart[];
  /** Whether it was settled before, and what has changed since. */
  readonly again?: keyof typeof AGAIN;
}

/** Tells an English explanation; undefined where none of the texts made it, as of adjustments made by hand. */
export function tellAdjustment(explanation: string): ToldAdjustment | undefined {
  const why = (['traffic', 'fee'] as const).find((each) => explanation.endsWith(AGAIN[each]));
  const sentence = why === undefined ? explanation : explanation.slice(0, -AGAIN[why].length);
  const again = why === undefined ? {} : { again: why };
  if (!sentence.endsWith('.')) return undefined;
  const words = sentence.slice(0, -1);
  const alone = partsOf(words);
  if (alone !== undefined) return { parts: alone, ...again };
  // The name of a deal may hold anything, also what parts it from the rest.
  for (let at = words.indexOf(': '); at >= 0; at = words.indexOf(': ', at + 1)) {
    const [, name, written] = /^(.*), ([^,]+)$/s.exec(words.slice(0, at)) ?? [];
    const window = written === undefined ? undefined : readWrittenPeriod(written);
    const parts = name === undefined || window === undefined ? undefined : partsOf(words.slice(at + 2));
    if (name !== undefined && window !== undefined && parts !== undefined) return { of: { name, window }, parts, ...again };
  }
  return undefined;
}

const FIGURE = '[-−]?[\\d,]+(?:\\.\\d*(?:\\(\\d+\\))?…?)?';
const CLASSES: Readonly<Record<string, string>> = {
  a: `${FIGURE}(?: [A-Za-z]+)?`,
  b: `${FIGURE}(?: [A-Za-z]+)?`,
  of: '.+?',
  window: '[^,;:]+',
};

const patterns = Object.entries(adjustmentTexts).map(([text, template]) => ({
  text: text as AdjustmentText, // a key of the texts
  pattern: new RegExp(`^${patternOf(template)}$`),
}));

function patternOf(template: string): string {
  const seen = new Set<string>();
  return template.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{(\w+)\}/g, (_, name: string) => {
    if (seen.has(name)) return `\\k<${name}>`;
    seen.add(name);
    return `(?<${name}>${CLASSES[name] ?? FIGURE})`;
  });
}

function partsOf(words: string): ToldAdjustment['parts'] | undefined {
  const parts = words.split('; ').map(tellPart);
  return parts.some((part) => part === undefined) ? undefined : parts.filter((part) => part !== undefined);
}

/** Tells one English text; undefined where none of the texts made it. */
export function tellPart(words: string): ToldPart | undefined {
  for (const { text, pattern } of patterns) {
    const groups = pattern.exec(words)?.groups;
    if (groups !== undefined) return { text, values: { ...groups } };
  }
  return undefined;
}
