/** Fields of a JSON object by their type; what is wrong is gathered with its place. */

import type { Json, JsonObject } from '#codecs/json/strict-json.ts';
import type { InvalidParameter } from './problem.ts';

export const UINT32 = 0xffff_ffffn;
export const UINT64 = 0xffff_ffff_ffff_ffffn;

export type Fault = InvalidParameter & { readonly missing: boolean };

export class Fields {
  readonly #object: JsonObject;
  readonly #path: string;
  readonly #faults: Fault[];

  constructor(object: JsonObject, path = '', faults: Fault[] = []) {
    this.#object = object;
    this.#path = path;
    this.#faults = faults;
  }

  get faults(): readonly Fault[] {
    return this.#faults;
  }

  has(name: string): boolean {
    return this.#object[name] !== undefined && this.#object[name] !== null;
  }

  text(name: string): string | undefined {
    return this.#typed(name, 'a text without NUL', (value) => (isText(value) ? value : undefined));
  }

  flag(name: string): boolean {
    return this.#typed(name, 'true or false', (value) => (typeof value === 'boolean' ? value : undefined)) ?? false;
  }

  /** A whole number from 0 to `most`. */
  whole(name: string, most: bigint): bigint | undefined {
    return this.#typed(name, `a whole number from 0 to ${most}`, (value) => {
      if (typeof value !== 'bigint' && !(typeof value === 'number' && Number.isInteger(value))) return undefined;
      const number = BigInt(value);
      return number >= 0n && number <= most ? number : undefined;
    });
  }

  /** RFC 3339 with an offset, as UTC microseconds. */
  instant(name: string): number | undefined {
    return this.#typed(name, 'a date and time of RFC 3339 with its offset', (value) => {
      if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/.test(value)) return undefined;
      try {
        return Number(Temporal.Instant.from(value).epochNanoseconds / 1_000n);
      } catch {
        return undefined;
      }
    });
  }

  object(name: string): Fields | undefined {
    const found = this.#typed(name, 'an object', (value) => (isObject(value) ? value : undefined));
    return found === undefined ? undefined : new Fields(found, `${this.#path}/${name}`, this.#faults);
  }

  objects(name: string): readonly Fields[] {
    const list = this.#typed(name, 'a list', (value) => (Array.isArray(value) ? (value as readonly Json[]) : undefined)) ?? []; // isArray forgets readonly
    return list.flatMap((each, index) => {
      if (isObject(each)) return [new Fields(each, `${this.#path}/${name}/${index}`, this.#faults)];
      this.#fault(`${name}/${index}`, 'it must be an object', false);
      return [];
    });
  }

  /** A list of texts, none of them empty. */
  texts(name: string): readonly string[] {
    const list = this.#typed(name, 'a list', (value) => (Array.isArray(value) ? (value as readonly Json[]) : undefined)) ?? []; // isArray forgets readonly
    return list.flatMap((each, index) => {
      if (isText(each) && each !== '') return [each];
      this.#fault(`${name}/${index}`, 'it must be a text without NUL', false);
      return [];
    });
  }

  required<T>(name: string, value: T | undefined): T | undefined {
    if (value === undefined && !this.has(name)) this.#fault(name, 'it is missing', true);
    return value;
  }

  missing(name: string, reason: string): void {
    this.#fault(name, reason, true);
  }

  wrong(name: string, reason: string): void {
    this.#fault(name, reason, false);
  }

  #typed<T>(name: string, expected: string, read: (value: Json) => T | undefined): T | undefined {
    const value = this.#object[name];
    if (value === undefined || value === null) return undefined;
    const found = read(value);
    if (found === undefined) this.#fault(name, `it must be ${expected}`, false);
    return found;
  }

  #fault(name: string, reason: string, missing: boolean): void {
    this.#faults.push({ param: `${this.#path}/${name}`, reason, missing });
  }
}

/** What PostgreSQL can hold: neither NUL nor half of a surrogate pair. */
const isText = (value: Json): value is string => typeof value === 'string' && !value.includes('\0') && value.isWellFormed();

const isObject = (value: Json): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);
