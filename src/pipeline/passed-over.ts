/** Records that a format passes over: no usage by its rules, and not counted as read. How many, so that none goes in silence. */
import type { Skipped } from '#codecs/cdr/draft.ts';
import { type Refusal, refuse } from '#core/refusals.ts';
import type { Source } from '#core/usage/source.ts';

/** Numbers of records by their type as written; `''`: lines that `ignore` fits. */
export type PassedOver = Readonly<Record<string, number>>;

/** A file of another kind may have any text where the type is looked for. */
const MOST_TYPES = 20;
const MOST_TYPE_CHARACTERS = 40;
/** All types behind the first `MOST_TYPES` together. */
const OTHER_TYPES = '…';

/** Counts one more. */
export function passOver(passed: Record<string, number>, { type }: Skipped): void {
  const cut = type.length > MOST_TYPE_CHARACTERS ? `${type.slice(0, MOST_TYPE_CHARACTERS - 1)}…` : type;
  // A NUL is no character of PostgreSQL's JSON.
  count(passed, cut.replaceAll('\u0000', '\ufffd'), 1);
}

/** Both together. */
export function passedTogether(one: PassedOver, other: PassedOver): PassedOver {
  const together = { ...one };
  for (const [type, number] of Object.entries(other)) count(together, type, number);
  return together;
}

/** How many records they are together. */
export function passedRecords(passed: PassedOver): number {
  return Object.values(passed).reduce((sum, number) => sum + number, 0);
}

function count(passed: Record<string, number>, type: string, number: number): void {
  const known = Object.hasOwn(passed, type) || Object.keys(passed).length < MOST_TYPES;
  const name = known ? type : OTHER_TYPES;
  passed[name] = (Object.hasOwn(passed, name) ? (passed[name] ?? 0) : 0) + number;
}

/**
 * Undefined where something was read, and where all that was passed over is named by the format: a file of nothing but headers
 * and trailers is an empty delivery. Types that only `skip: "*"` covers are another matter: the file may be of another kind.
 */
export function nothingTaken(read: number, passed: PassedOver, { id, records }: Source): Refusal | undefined {
  if (read > 0 || records === undefined) return undefined;
  const strange = Object.keys(passed).filter((type) => type !== '' && !records.skip.includes(type));
  if (strange.length === 0) return undefined;
  const types = strange.map((type) => `${passed[type]} of type ${type}`).join(', ');
  const wanted = records.take === undefined ? '' : `; the source ${id} takes ${records.take.join(', ')}`;
  return refuse('usage.nothing-taken', `all ${passedRecords(passed)} records were passed over: ${types}${wanted}`);
}
