import { type Refusal, type RefusalCode, refuse } from '#core/refusals.ts';
import type { ReferenceData } from './reference-data.ts';
import type { SourceMap, SourcePlace, SourceTree } from './source-tree.ts';

/** Faults kept at most: a table with a million bad rows needs no million messages. */
export const MOST_FAULTS = 10_000;
const LONGEST_VALUE = 120;

/** One reading of a folder: collects the faults and remembers where each object was written. */
export class Reading {
  readonly reference: ReferenceData;
  readonly #faults: Refusal[] = [];
  readonly #places = new WeakMap<object, SourceMap>();

  constructor(reference: ReferenceData) {
    this.reference = reference;
  }

  get faults(): readonly Refusal[] {
    return this.#faults;
  }

  /** True when there are so many faults that reading on helps nobody. */
  get full(): boolean {
    return this.#faults.length >= MOST_FAULTS;
  }

  /** Notes a fault; returns undefined so that a reader can `return reading.fault(…)`. */
  fault(code: RefusalCode, message: string, place: SourcePlace | undefined, field?: string, value?: string): undefined {
    if (this.full) return undefined;
    const at = {
      ...(place === undefined ? {} : { file: place.file, line: place.line }),
      ...(field === undefined ? {} : { field }),
      ...(value === undefined ? {} : { value: value.length > LONGEST_VALUE ? `${value.slice(0, LONGEST_VALUE - 1)}…` : value }),
    };
    this.#faults.push(refuse(code, message, at));
    return undefined;
  }

  add(faults: readonly Refusal[]): void {
    for (const fault of faults) if (!this.full) this.#faults.push(fault);
  }

  /** Remembers where an object was written. */
  remember(value: object, source: SourceMap): void {
    this.#places.set(value, source);
  }

  /** Remembers that one object was made from another. */
  inherit<T extends object>(made: T, from: object): T {
    const source = this.#places.get(from);
    if (source !== undefined) this.#places.set(made, source);
    return made;
  }

  /** Where a field of an object was written; the object's own place when the field has none; undefined for objects not read here. */
  placeOf(value: object, field?: string): SourcePlace | undefined {
    const source = this.#places.get(value);
    if (source === undefined || field === undefined) return source;
    const tree: SourceTree | undefined = source.entries.get(field);
    return tree ?? source;
  }
}
