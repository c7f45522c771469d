/** Numbers of subscribers for who may not see them whole: without their last digits. */

/** Shorter ones are short codes and prefixes, which are nobody’s; what stands behind a point is part of an amount. */
const NUMBERS = /(?<![.\d])\d{7,}/g;
const HIDDEN = 4;

/** What stands between the digits stays: `4917012345678` becomes `491701234****`. */
export function withoutLastDigits(text: string): string {
  return text.replaceAll(NUMBERS, (number) => `${number.slice(0, -HIDDEN)}${'*'.repeat(HIDDEN)}`);
}

/** Texts as they may be shown to who asks. */
export function numbersFor({ seesPersonal }: { readonly seesPersonal: boolean }): (text: string) => string {
  return seesPersonal ? (text) => text : withoutLastDigits;
}
