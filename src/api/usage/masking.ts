/** Numbers of subscribers for who may not see them whole: without their last digits. */

/** Shorter ones are short codes and prefixes, which are nobody’s; what stands behind a point is part of an amount. */
const NUMBERS = /(?<![.\d])\d{7,}/g;
const HIDDEN = 4;

/** What digits stand behind that are nobody’s number: counters of explanations, and values by names such as `start_epoch` or `mduration`. */
/** Amounts of use, by what stands behind them. */
const UNIT = /^ ?(?:s|bytes|octets|messages|events)\b/;

const COUNTED =
  /(?:\b(?:stood at|moves by) |(?:epoch|time|date|duration|seconds|octets|bytes|volume|(?<![a-z])(?:start|end))["']?\s*[:=]\s*["']?)$/i;
/** Longer than all of these with their name’s end. */
const LOOKED_BACK = 40;
const LOOKED_AHEAD = 10;

/** What stands between the digits stays: `4917012345678` becomes `491701234****`. `name`: of the field or column whose text it is. */
export function withoutLastDigits(text: string, name = ''): string {
  const named = `${name}=`;
  return text.replaceAll(NUMBERS, (number, offset: number) => {
    const before = `${named}${text.slice(0, offset)}`.slice(-LOOKED_BACK);
    const isAmount = COUNTED.test(before) || UNIT.test(text.slice(offset + number.length, offset + number.length + LOOKED_AHEAD));
    return isAmount ? number : `${number.slice(0, -HIDDEN)}${'*'.repeat(HIDDEN)}`;
  });
}

export type Shown = (text: string, name?: string) => string;

/** For who may see all of it. */
export const whole: Shown = (text) => text;

/** Texts as they may be shown to who asks. */
export function numbersFor({ seesPersonal }: { readonly seesPersonal: boolean }): Shown {
  return seesPersonal ? whole : withoutLastDigits;
}
