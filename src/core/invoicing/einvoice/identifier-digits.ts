/** Forms and check digits of identifiers whose schemes have them: PEPPOL-COMMON-R040 to R043, R049, R050, R052, R053. */
import type { EIdentifier } from './einvoice.ts';

interface SchemeRule {
  readonly rule: string;
  readonly isRight: (id: string) => boolean;
}

const schemes: Readonly<Record<string, SchemeRule>> = {
  /** GS1 global location number: modulo 10 with weights 3 and 1 from the right. */
  '0088': { rule: 'PEPPOL-COMMON-R040', isRight: (id) => /^\d{2,}$/.test(id) && checkDigit(id, (place) => (place % 2 === 0 ? 3 : 1), 10) },
  /** Norway: modulo 11 with weights 2 to 7 from the right. */
  '0192': {
    rule: 'PEPPOL-COMMON-R041',
    isRight: (id) => /^\d{9}$/.test(id) && id !== '000000000' && checkDigit(id, (place) => (place % 6) + 2, 11),
  },
  '0184': { rule: 'PEPPOL-COMMON-R042', isRight: (id) => /^DK\d{8}$/.test(id) },
  /** Denmark: places of work, and VAT numbers. */
  '0096': { rule: 'PEPPOL-COMMON-R052', isRight: (id) => /^\d{10}$/.test(id) },
  '0198': { rule: 'PEPPOL-COMMON-R053', isRight: (id) => /^DK\d{8}$/.test(id) },
  /** Belgium: 97 less the first eight digits modulo 97. */
  '0208': {
    rule: 'PEPPOL-COMMON-R043',
    isRight: (id) => /^\d{10}$/.test(id) && 97 - (Number(id.slice(0, 8)) % 97) === Number(id.slice(8)),
  },
  /** Sweden: Luhn. */
  '0007': { rule: 'PEPPOL-COMMON-R049', isRight: (id) => /^\d{10}$/.test(id) && isLuhn(id) },
  /** Australia: 1 off the first digit, the weighted sum divisible by 89. */
  '0151': { rule: 'PEPPOL-COMMON-R050', isRight: (id) => /^\d{11}$/.test(id) && isAbn(id) },
};

/** Undefined for schemes without a rule. */
export function isSchemeValue({ id, scheme }: EIdentifier): { readonly rule: string; readonly isRight: boolean } | undefined {
  const known = scheme === undefined || !Object.hasOwn(schemes, scheme) ? undefined : schemes[scheme];
  return known === undefined ? undefined : { rule: known.rule, isRight: known.isRight(id.trim()) };
}

/** The last digit against the weighted sum of those before it, counted from the right. */
function checkDigit(id: string, weight: (place: number) => number, modulus: number): boolean {
  const digits = [...id].map(Number);
  const last = digits.pop();
  const sum = digits.reverse().reduce((total, digit, place) => total + digit * weight(place), 0);
  return (modulus - (sum % modulus)) % modulus === last;
}

const ABN_WEIGHTS = [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19];

function isAbn(id: string): boolean {
  const sum = [...id].reduce((total, digit, place) => total + (Number(digit) - (place === 0 ? 1 : 0)) * (ABN_WEIGHTS[place] ?? 0), 0);
  return sum % 89 === 0;
}

function isLuhn(id: string): boolean {
  const sum = [...id].reverse().reduce((total, digit, place) => {
    const value = Number(digit) * (place % 2 === 0 ? 1 : 2);
    return total + Math.floor(value / 10) + (value % 10);
  }, 0);
  return sum % 10 === 0;
}
