/** Numbers for what is said over and over: the lines that charges are added up by, and trunks. Counted from 1; 0 is none. */
import type { Charge } from '#core/rating/charge.ts';
import type { Terms } from '#core/rating/compile-book.ts';
import type { PlainLeg } from '#core/rating/plain-voice.ts';
import { RatedCharge } from '#core/rating/rated-charge.ts';
import type { LineNames } from './ports.ts';

/** Places of a table that is at most half full. */
const SMALLEST = 1024;
/** Bands that a tariff may have, and one for none. */
const BANDS = 64;

/**
 * Numbers the lines of charges. Two charges of the same terms, row and band are of one line, which is found in a flat table
 * without looking at any name: this is done for every charge.
 */
export class LineNumbers {
  readonly lines: LineNames[] = [];
  /** Terms and band, row, number of the line: three numbers a place; the last is 0 where it is free. */
  #table: Int32Array = new Int32Array(SMALLEST * 3);
  #placed = 0;
  readonly #byName = new Map<string, number>();

  /** The number of the charge's line, from 1. */
  of(charge: Charge): number {
    if (!(charge instanceof RatedCharge) || charge.bandIndex >= BANDS - 1) return this.#named(charge);
    return this.#find(charge.terms, charge.row, charge.bandIndex) || this.#add(charge);
  }

  /** The same for a leg that was priced without a charge. */
  ofLeg(leg: PlainLeg): number {
    const known = leg.band >= BANDS - 1 ? 0 : this.#find(leg.terms, leg.row, leg.band);
    return known || this.of(new RatedCharge(leg, leg.raw, leg.billed, BigInt(leg.nanos), [], undefined));
  }

  /** 0 for one that was not met before. */
  #find({ number: terms }: Terms, row: number, band: number): number {
    const table = this.#table;
    const mask = table.length / 3 - 1;
    const first = termsAndBand(terms, band);
    const second = row < 0 ? -1 : row;
    for (let place = hashOf(first, second) & mask; ; place = (place + 1) & mask) {
      const number = table[place * 3 + 2] as number; // within the table
      if (number === 0 || (table[place * 3] === first && table[place * 3 + 1] === second)) return number;
    }
  }

  #add(charge: RatedCharge): number {
    const number = this.#named(charge);
    put(this.#table, termsAndBand(charge.terms.number, charge.bandIndex), charge.row < 0 ? -1 : charge.row, number);
    this.#placed += 1;
    if (this.#placed * 6 > this.#table.length) this.#grow();
    return number;
  }

  /** Different rows may be of one line: codes of one rate. */
  #named({ agreement, agreementVersionId: versionId, role, tariff, rateId = 0, destination, band = '', currency }: Charge): number {
    const name = JSON.stringify([versionId, rateId, role, tariff, band, destination]);
    let number = this.#byName.get(name);
    if (number === undefined) {
      number = this.lines.push({ agreement, versionId, role, tariff, rateId, destination, band, currency });
      this.#byName.set(name, number);
    }
    return number;
  }

  #grow(): void {
    const old = this.#table;
    const table = new Int32Array(old.length * 2);
    for (let at = 0; at < old.length; at += 3) {
      if (old[at + 2] !== 0) put(table, old[at] as number, old[at + 1] as number, old[at + 2] as number); // within the table
    }
    this.#table = table;
  }
}

function termsAndBand(terms: number, band: number): number {
  return terms * BANDS + (band < 0 ? 0 : band + 1);
}

function put(table: Int32Array, terms: number, row: number, number: number): void {
  const mask = table.length / 3 - 1;
  let place = hashOf(terms, row) & mask;
  while (table[place * 3 + 2] !== 0) place = (place + 1) & mask;
  table[place * 3] = terms;
  table[place * 3 + 1] = row;
  table[place * 3 + 2] = number;
}

function hashOf(terms: number, row: number): number {
  const mixed = Math.imul(terms, 0x9e3779b1) ^ Math.imul(row, 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
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
