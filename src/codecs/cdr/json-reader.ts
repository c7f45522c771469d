import type { Source } from '#core/usage/source.ts';
import { type Rejection, reject, shown } from './draft.ts';
import { type JsonNames, namesOf, nameTwice } from './json-names.ts';
import type { RowReader, SlotTable } from './row-reader.ts';
import { urlDecoded } from './text-conversions.ts';

/**
 * Reads JSON objects by dotted paths: `variables.uuid`, `callflow.0.caller_profile.network_addr`. Where a path
 * meets a list without saying which element, the first is meant (FreeSWITCH writes the last profile of a
 * transferred call first).
 */
export class JsonReader implements RowReader {
  readonly #paths: readonly (readonly string[])[];
  readonly #names: JsonNames;
  readonly #keySlots: readonly number[];
  readonly #urlDecode: boolean;
  #object: unknown;

  constructor(source: Source, slots: SlotTable) {
    this.#urlDecode = source.json?.urlDecode ?? false;
    this.#keySlots = source.key.map((column) => slots.slot(column));
    this.#paths = slots.columns.map((column) => column.split('.'));
    this.#names = namesOf(this.#paths);
  }

  take(text: string): Rejection | undefined {
    if (/\\u0000|%00/.test(text)) return reject('usage.nul-byte', 'a value contains NUL');
    try {
      this.#object = LONG_NUMBER.test(text) ? JSON.parse(text, asWritten) : JSON.parse(text);
    } catch (error) {
      return reject('usage.json-damaged', `${error instanceof Error ? error.message.slice(0, 120) : 'not JSON'}: ${shown(text)}`);
    }
    if (typeof this.#object !== 'object' || this.#object === null) return reject('usage.json-damaged', `not an object: ${shown(text)}`);
    const twice = nameTwice(text, this.#names);
    if (twice !== undefined) return reject('usage.json-damaged', `an object has the name ${shown(twice)} twice: ${shown(text)}`);
    return undefined;
  }

  value(slot: number): string {
    let value: unknown = this.#object;
    for (const name of this.#paths[slot] ?? []) {
      if (Array.isArray(value) && !/^\d+$/.test(name)) value = value[0];
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return '';
      value = (value as Readonly<Record<string, unknown>>)[name]; // an object with this own property, checked above
    }
    if (typeof value === 'string')
      return this.#urlDecode && /%[0-9A-Fa-f]{2}/.test(value) ? urlDecoded(value).toWellFormed() : value.toWellFormed();
    return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
  }

  keySlots(): readonly number[] {
    return this.#keySlots;
  }

  columns(): readonly (readonly [string, string])[] {
    const leaves: (readonly [string, string])[] = [];
    const waiting: (readonly [string, unknown])[] = [['', this.#object]];
    for (let next = waiting.pop(); next !== undefined && leaves.length < MOST_LEAVES; next = waiting.pop()) {
      const [path, value] = next;
      if (typeof value !== 'object' || value === null) leaves.push([path, String(value)]);
      else for (const [name, inner] of Object.entries(value).reverse()) waiting.push([path === '' ? name : `${path}.${name}`, inner]);
    }
    return leaves;
  }
}

/** Shown of one record at most. */
const MOST_LEAVES = 5000;

/** A number that a floating-point number may not hold, or a text that looks like one. */
const LONG_NUMBER = /[[:,]\s*-?(?:[\d.]{16}|[\d.]+[eE])/;
const MOST_SAFE_CHARACTERS = 15;

/** Keeps the digits of such a number: two keys may differ in the last alone. */
function asWritten(_name: string, value: unknown, context?: { readonly source?: string }): unknown {
  const source = context?.source;
  if (typeof value !== 'number' || source === undefined) return value;
  const exact = /e/i.test(source) ? Number.isSafeInteger(value) && value !== 0 : source.length <= MOST_SAFE_CHARACTERS;
  return exact ? value : source;
}
