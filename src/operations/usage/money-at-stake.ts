/**
 * What held usage may be worth, from what like usage was charged lately: average price per second (voice) or per event.
 * Taken from the longest beginning of the called number of which anything is charged; never shorter than the country's code.
 */
import type { Side } from '#core/agreements/agreements.ts';
import type { Service } from '#core/usage/usage-event.ts';

/** Charges of one rate added up. */
export interface ChargedLately {
  readonly side: Side;
  readonly agreement: string;
  readonly service: Service;
  readonly currency: string;
  /** Called prefixes of the rate: its code, or all codes of its destination. */
  readonly codes: readonly string[];
  readonly answered: bigint;
  readonly rawQuantity: bigint;
  readonly amountNanos: bigint;
}

/** From which charges an estimate is made, the nearest first. */
export const estimateMethods = ['same code', 'shorter prefix', 'country', 'unknown'] as const;
export type EstimateMethod = (typeof estimateMethods)[number];

export interface Estimate {
  readonly nanos: bigint;
  readonly currency: string;
  readonly method: Exclude<EstimateMethod, 'unknown'>;
}

interface Sum {
  answered: bigint;
  raw: bigint;
  nanos: bigint;
}

/** Length of a country's code at the beginning of an international number (ITU-T E.164, list of assigned country codes). */
export function countryCodeLength(digits: string): number {
  if (/^[17]/.test(digits)) return 1;
  return /^(?:2[07]|3[0-469]|4[0-13-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/.test(digits) ? 2 : 3;
}

/** No country's code is longer. */
const COUNTRY_DIGITS = 3;
/** One more: it tells networks of a country apart, and there are ten thousand at most. */
const HEAD_DIGITS = COUNTRY_DIGITS + 1;

export class LatePrices {
  /** By side, agreement ('' for all), service, currency and prefix. */
  readonly #sums = new Map<string, Sum>();
  readonly #codes = new Set<string>();
  readonly #currencies = new Set<string>();
  /** By the first `HEAD_DIGITS` of codes that have as many: how many digits the longest of them has. */
  readonly #lengths = new Map<string, number>();

  /**
   * The digits of a called number on which an estimate depends. What follows them changes none: neither behind the longest code that begins so,
   * nor, where no code begins so, behind the country's.
   */
  get digitsTold(): { readonly least: number; readonly head: number; readonly more: ReadonlyMap<string, number> } {
    return { least: COUNTRY_DIGITS, head: HEAD_DIGITS, more: this.#lengths };
  }

  add(charged: ChargedLately): void {
    const { side, agreement, service, currency, codes } = charged;
    if (charged.answered <= 0n || charged.rawQuantity <= 0n) return;
    this.#currencies.add(currency);
    for (const whose of [agreement, '']) {
      for (const code of codes) {
        this.#codes.add(keyOf(side, whose, service, currency, code));
        const head = code.slice(0, HEAD_DIGITS);
        if (head.length === HEAD_DIGITS) this.#lengths.set(head, Math.max(this.#lengths.get(head) ?? 0, code.length));
      }
      for (const prefix of beginningsOf(codes)) {
        const key = keyOf(side, whose, service, currency, prefix);
        const sum = this.#sums.get(key) ?? { answered: 0n, raw: 0n, nanos: 0n };
        this.#sums.set(key, sum);
        sum.answered += charged.answered;
        sum.raw += charged.rawQuantity;
        sum.nanos += charged.amountNanos;
      }
    }
  }

  /** For answered events with their duration together; undefined where nothing can be said. Under these agreements first, then under any. */
  estimate(
    side: Side,
    agreements: readonly string[],
    usage: { readonly service: Service; readonly called: string; readonly answered: bigint; readonly micros: bigint },
  ): Estimate | undefined {
    const { service, called, answered, micros } = usage;
    for (const whose of [...agreements, '']) {
      for (let length = called.length; length >= countryCodeLength(called); length -= 1) {
        for (const currency of this.#currencies) {
          const key = keyOf(side, whose, service, currency, called.slice(0, length));
          const sum = this.#sums.get(key);
          if (sum === undefined) continue;
          const nanos = service === 'voice' ? (sum.nanos * micros) / sum.raw : (sum.nanos * answered) / sum.answered;
          const method = this.#codes.has(key) ? 'same code' : length > countryCodeLength(called) ? 'shorter prefix' : 'country';
          return { nanos, currency, method };
        }
      }
    }
    return undefined;
  }
}

/** Each once, however many codes begin with it: the charges of a destination count once in its country. */
function beginningsOf(codes: readonly string[]): ReadonlySet<string> {
  const beginnings = new Set<string>();
  for (const code of codes)
    for (let length = Math.min(code.length, countryCodeLength(code)); length <= code.length; length += 1)
      beginnings.add(code.slice(0, length));
  return beginnings;
}

function keyOf(side: Side, agreement: string, service: Service, currency: string, prefix: string): string {
  return `${side}|${agreement}|${service}|${currency}|${prefix}`;
}
