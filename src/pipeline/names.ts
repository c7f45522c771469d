/** Numbers for what is said over and over: the lines that charges are added up by, and trunks. Counted from 1; 0 is none. */
import type { Charge } from '#core/rating/charge.ts';
import type { LineNames } from './ports.ts';

/**
 * Numbers the lines of charges. Charges of one line come again and again: they are found by numbers and by texts that
 * are the same object from event to event.
 */
export class LineNumbers {
  readonly lines: LineNames[] = [];
  readonly #versions = new Map<number, Map<number, number[]>>();

  /** The number of the charge's line, from 1. */
  of(charge: Charge): number {
    const versionId = charge.agreementVersionId;
    let rates = this.#versions.get(versionId);
    if (rates === undefined) {
      rates = new Map();
      this.#versions.set(versionId, rates);
    }
    const rateId = charge.rateId ?? 0;
    let numbers = rates.get(rateId);
    if (numbers === undefined) {
      numbers = [];
      rates.set(rateId, numbers);
    }
    for (const number of numbers) {
      const line = this.lines[number - 1];
      if (line?.role === charge.role && line.band === (charge.band ?? '') && line.tariff === charge.tariff) return number;
    }
    const { agreement, role, tariff, destination, band, currency } = charge;
    const number = this.lines.push({ agreement, versionId, role, tariff, rateId, destination, band: band ?? '', currency });
    numbers.push(number);
    return number;
  }
}

export class NameNumbers {
  readonly names: string[] = [];
  readonly #numbers = new Map<string, number>();

  /** The number of a name, from 1; 0 for undefined. */
  of(name: string | undefined): number {
    if (name === undefined) return 0;
    let number = this.#numbers.get(name);
    if (number === undefined) {
      number = this.names.push(name);
      this.#numbers.set(name, number);
    }
    return number;
  }
}
