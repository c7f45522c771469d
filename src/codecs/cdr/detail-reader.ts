import type { Source } from '#core/usage/source.ts';
import { type Rejection, reject, shown } from './draft.ts';
import type { RowReader, SlotTable } from './row-reader.ts';

const LINE = /^[ \t]+([^\s=]{1,256}?)[ \t]*(?::=|\+=|=)[ \t]*(.*)$/;
const PAIR = /^([A-Za-z0-9][\w-]{0,127})=/;

/**
 * Reads paragraphs of attributes as RADIUS servers write them to detail files. A column is the name of an attribute; of
 * several with one name the first counts. A value that is itself `name=value` (vendors' pairs) is also the column
 * `Attribute.name`. The line above the attributes is the column `heading`.
 */
export class DetailReader implements RowReader {
  readonly #slots: ReadonlyMap<string, number>;
  readonly #keySlots: readonly number[];
  readonly #take: boolean;
  readonly #values: string[];
  #seen: (readonly [string, string])[] | undefined;
  #text = '';

  constructor(source: Source, slots: SlotTable) {
    this.#keySlots = source.key.map((column) => slots.slot(column));
    this.#slots = new Map(slots.columns.map((column, slot) => [column, slot]));
    this.#values = slots.columns.map(() => '');
    this.#take = source.unendedRecord === 'take';
  }

  take(text: string, ended: boolean): Rejection | undefined {
    this.#values.fill('');
    this.#text = text;
    let from = 0;
    for (let first = true; from < text.length; first = false) {
      const end = text.indexOf('\n', from);
      const line = text.slice(from, end < 0 ? text.length : end).replace(/\r$/, '');
      from = end < 0 ? text.length : end + 1;
      if (first && !/^[ \t]/.test(line)) {
        this.#set('heading', line.trim());
        continue;
      }
      const match = line.length > 70_000 ? null : LINE.exec(line);
      if (match === null) return reject('usage.attribute-damaged', `${shown(line)} is not an attribute with a value`);
      const name = match[1] ?? '';
      const value = unquoted((match[2] ?? '').trimEnd());
      if (value === undefined) return reject('usage.attribute-damaged', `the value of ${shown(name)} has a quote that does not end`);
      this.#set(name, value);
      const pair = PAIR.exec(value);
      if (pair !== null) this.#set(`${name}.${pair[1]}`, value.slice(pair[0].length));
    }
    if (!ended && !this.#take)
      return reject('usage.truncated-record', `the file ends without the empty line behind the record: ${shown(text.slice(-60))}`);
    return undefined;
  }

  value(slot: number): string {
    return this.#values[slot] ?? '';
  }

  keySlots(): readonly number[] {
    return this.#keySlots;
  }

  columns(): readonly (readonly [string, string])[] {
    const seen: (readonly [string, string])[] = [];
    this.#seen = seen;
    this.take(this.#text, true);
    this.#seen = undefined;
    return seen;
  }

  #set(column: string, value: string): void {
    this.#seen?.push([column, value]);
    const slot = this.#slots.get(column);
    if (slot !== undefined && this.#values[slot] === '') this.#values[slot] = value;
  }
}

/** A value without its quotes; undefined when they do not end. */
function unquoted(written: string): string | undefined {
  const quote = written[0];
  if (quote !== '"' && quote !== "'") return written;
  if (written.length < 2 || !written.endsWith(quote)) return undefined;
  const inside = written.slice(1, -1);
  if (!inside.includes('\\')) return inside;
  return inside.replace(/\\([0-7]{3}|.)/g, (_, code: string) =>
    code.length === 3 ? String.fromCharCode(Number.parseInt(code, 8)) : (ESCAPED.get(code) ?? code),
  );
}

const ESCAPED: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);
