/** First and next increment in whole seconds. */
export interface Increments {
  readonly first: number;
  readonly next: number;
}

const MOST_SECONDS = 86_400;
const PAIR = /^(\d{1,5})\s*(?:s|sec|secs|seconds?)?\s*[/+\-:|\\]\s*(\d{1,5})\s*(?:s|sec|secs|seconds?|sek)?\.?$/i;
const ALONE = /^(\d{1,5})(?:\.0+)?\s*(?:s|sec|secs|seconds?|sek|"|'')?\.?$/i;

/** Reads `60/60`, `1+1`, `30/6 sec`; one figure alone is both: `60` is 60/60. Undefined when it is neither. */
export function parseIncrements(text: string): Increments | undefined {
  const trimmed = text.trim();
  const pair = PAIR.exec(trimmed);
  if (pair !== null) return checked(Number(pair[1]), Number(pair[2]));
  const alone = parseSeconds(trimmed);
  if (alone !== undefined) return { first: alone, next: alone };
  const words = trimmed.toLowerCase();
  if (/^(per|pro|par|por)[ -]?(second|sec|sekunde|seconde|segundo)s?$|^(second|sec)s?$/.test(words)) return { first: 1, next: 1 };
  if (/^(per|pro|par|por)[ -]?(minute|min|minuto)$|^(full )?minutes?$/.test(words)) return { first: 60, next: 60 };
  return undefined;
}

/** One figure in whole seconds, 1 to 86,400. */
export function parseSeconds(text: string): number | undefined {
  const match = ALONE.exec(text.trim());
  if (match === null) return undefined;
  const seconds = Number(match[1]);
  return seconds >= 1 && seconds <= MOST_SECONDS ? seconds : undefined;
}

function checked(first: number, next: number): Increments | undefined {
  return first >= 1 && next >= 1 && first <= MOST_SECONDS && next <= MOST_SECONDS ? { first, next } : undefined;
}

/** Whether a spreadsheet program has turned `1/1` or `30/6` into a day: `01-Jan`, `Jan-01`. */
export function looksLikeDate(text: string): boolean {
  return /^\d{1,2}[-. ]\p{L}{3,4}\.?$/u.test(text.trim()) || /^\p{L}{3,4}[-. ]\d{1,2}$/u.test(text.trim());
}
