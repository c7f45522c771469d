/** Reads BER records by dotted paths. A record is walked once; a value becomes a text when it is asked for. */
import type { BerForm } from '#core/usage/ber-form.ts';
import { berValueParts, resolveBerPath } from '#core/usage/ber-path.ts';
import { type Rejection, reject } from '../cdr/draft.ts';
import type { RowReader, SlotTable } from '../cdr/row-reader.ts';
import { type CompiledBer, compileBer } from './compiled-form.ts';
import { CONTAINER_MARK, Containers, MOST_CONTAINERS, MOST_ELEMENTS } from './containers.ts';
import { addTargets, type Capture, childOf, emptyPlan, type PlanNode } from './plan.ts';
import { Tlv, tagText, tlvFaults } from './tlv.ts';
import { berTree } from './tree.ts';
import { BER_ENCODING, recordBytes, recordEncoding, recordEncodings, recordHeaderBytes } from './ts32297.ts';
import { bigInteger, joinedPieces, smallInteger, valueText } from './values.ts';

export class BerReader implements RowReader {
  readonly #compiled: CompiledBer;
  readonly #judged: boolean;
  readonly #plan = emptyPlan();
  readonly #keySlots: readonly number[];
  readonly #columns: readonly string[];
  readonly #containers: Containers;
  readonly #from: Int32Array;
  readonly #to: Int32Array;
  readonly #captured: (Capture | undefined)[];
  readonly #pieces: Uint8Array;
  readonly #sums: (number | bigint | undefined)[];
  readonly #tlv = new Tlv();
  #text = '';
  #type = '';
  /** Of the containers, the one under way; −1: none. */
  #container = -1;
  /** Elements that may still be looked at. */
  #left = 0;
  /** Where the element looked at last begins. */
  #at = 0;

  /** `judged`: the format says which types are usage, so what becomes of others is decided there. */
  constructor(form: BerForm, key: readonly string[], slots: SlotTable, judged: boolean) {
    this.#judged = judged;
    this.#compiled = compileBer(form);
    const { schema, each } = this.#compiled;
    this.#keySlots = key.map((column) => slots.slot(column));
    this.#columns = slots.columns;
    slots.columns.forEach((column, slot) => {
      const targets = resolveBerPath(schema, each, column);
      if (typeof targets !== 'string') addTargets(this.#plan, slot, targets, column.startsWith('sum('));
    });
    this.#containers = new Containers(each);
    const count = slots.columns.length;
    this.#from = new Int32Array(count);
    this.#to = new Int32Array(count);
    this.#captured = Array.from({ length: count });
    this.#pieces = new Uint8Array(count);
    this.#sums = Array.from({ length: count });
  }

  /** `bytes`: with the header of TS 32.297 where the framing has one, and the mark of a container where it is charged in several. */
  take(bytes: string, ended: boolean): Rejection | undefined {
    if (!ended) return reject('usage.truncated-record', `the file ends inside this record, of which ${bytes.length} bytes came`);
    const marked = bytes.length > 0 && bytes.charCodeAt(bytes.length - 1) >= CONTAINER_MARK;
    this.#container = marked ? bytes.charCodeAt(bytes.length - 1) - CONTAINER_MARK : -1;
    this.#text = bytes;
    this.#captured.fill(undefined);
    this.#sums.fill(undefined);
    this.#left = MOST_ELEMENTS;
    const end = marked ? bytes.length - 1 : bytes.length;
    const begin = this.#compiled.form.framing === 'ts-32297' ? recordHeaderBytes(bytes, 0) : 0;
    if (begin > 0) {
      const bad = headerFault(bytes, begin, end);
      if (bad !== undefined) return bad;
    }
    const tlv = this.#tlv;
    if (!tlv.read(bytes, begin, end)) return damaged(begin, tlvFaults[tlv.fault]);
    const { tag, next } = tlv;
    if (!isPadding(bytes, next, end)) return damaged(next, 'bytes follow the record that belong to nothing');
    const type = this.#compiled.schema.root.byTag.get(tag);
    this.#type = type === undefined ? tagText(tag) : type.names.join('.');
    if (type === undefined)
      return this.#judged ? undefined : reject('usage.type-unknown', `a record with the tag ${this.#type} is not in the schema`);
    if (this.#compiled.each.length > 0 && !this.#findContainer(bytes, begin, next)) return this.#uncountable();
    if (this.#group(this.#plan, begin, next)) return undefined;
    return this.#left < 0 ? tooLarge() : damaged(this.#at, tlvFaults[tlv.fault]);
  }

  value(slot: number): string {
    const column = this.#columns[slot];
    if (column === '$type') return this.#type;
    if (column === '$container') return this.#container < 0 ? '' : String(this.#container + 1);
    const captured = this.#captured[slot];
    if (captured === undefined) return '';
    if (captured.sum) return String(this.#sums[slot] ?? '');
    const [from, to] = [this.#from[slot] ?? 0, this.#to[slot] ?? 0];
    if (this.#pieces[slot] === 0) return valueText(this.#text, from, to, captured.leaf, captured.part);
    const joined = joinedPieces(this.#text, from, to) ?? this.#text.slice(from, to);
    return valueText(joined, 0, joined.length, captured.leaf, captured.part);
  }

  keySlots(): readonly number[] {
    return this.#keySlots;
  }

  /** The values of the record; those that the format looks at under its name for them. Of its containers the one under way. */
  columns(): readonly (readonly [string, string])[] {
    const mapped = this.#columns.map((column) => [column, namesOf(column)] as const);
    const lists = this.#compiled.form.each.map(namesOf);
    const from = this.#container < 0 ? 0 : this.#containers.place(this.#container, 0, 0);
    const to = this.#container < 0 ? this.#text.length : this.#containers.end(this.#container);
    return berTree(this.#compiled.form, this.#text).flatMap(({ path, text, from: at }) => {
      const names = namesOf(path);
      if (text === undefined || ((at < from || at >= to) && lists.some((list) => beginsWith(names, list)))) return [];
      return [[mapped.find(([, column]) => beginsWith(names, column))?.[0] ?? path, text] as const];
    });
  }

  /** A record read by itself, without the mark of a container, is read as its first. */
  #findContainer(text: string, from: number, to: number): boolean {
    if (!this.#containers.find(text, from, to)) return false;
    if (this.#container < 0 && this.#containers.count > 0) this.#container = 0;
    return this.#container < this.#containers.count || this.#containers.count === 0;
  }

  #uncountable(): Rejection {
    return this.#containers.tooMany ? tooLarge() : damaged(0, 'a list that is charged element by element is damaged');
  }

  #group(node: PlanNode, from: number, to: number): boolean {
    const tlv = this.#tlv;
    for (let at = from; at < to; ) {
      if (!this.#read(at, to)) return false;
      at = tlv.next;
      const child = childOf(node, tlv.tag);
      if (child !== undefined && !this.#visit(child, tlv.from, tlv.to, tlv.constructed)) return false;
    }
    return true;
  }

  #visit(node: PlanNode, from: number, to: number, constructed: boolean): boolean {
    for (const capture of node.captures) this.#capture(capture, from, to, constructed);
    if (node.groups && !this.#group(node, from, to)) return false;
    return node.list === undefined || this.#list(node.list, from, to);
  }

  #list(list: NonNullable<PlanNode['list']>, from: number, to: number): boolean {
    const { each, all, byIndex, last, tagged, level } = list;
    if (each !== undefined && !this.#element(each, level, tagged)) return false;
    if (all === undefined && last === undefined && byIndex.size === 0) return true;
    const tlv = this.#tlv;
    let index = 0;
    for (let at = from; at < to; index++) {
      if (!this.#read(at, to)) return false;
      const { next, constructed } = tlv;
      const [begin, end] = tagged ? [at, next] : [tlv.from, tlv.to];
      const ways = [all, byIndex.get(index), next >= to ? last : undefined];
      for (const way of ways) if (way !== undefined && !this.#enter(way, begin, end, constructed, tagged)) return false;
      at = next;
    }
    return true;
  }

  /** The element under way of a list whose elements are charged each. */
  #element(node: PlanNode, level: number, tagged: boolean): boolean {
    const places = this.#containers;
    const index = this.#container;
    if (index < 0 || index >= places.count || places.place(index, level, 3) === 0) return true;
    const begin = places.place(index, level, 0);
    if (!this.#read(begin, places.place(index, level, 3))) return false;
    const { from, to, next, constructed } = this.#tlv;
    return this.#enter(node, tagged ? begin : from, tagged ? next : to, constructed, tagged);
  }

  #read(at: number, end: number): boolean {
    this.#at = at;
    this.#left -= 1;
    return this.#left >= 0 && this.#tlv.read(this.#text, at, end);
  }

  #enter(node: PlanNode, from: number, to: number, constructed: boolean, tagged: boolean): boolean {
    return tagged ? this.#group(node, from, to) : this.#visit(node, from, to, constructed);
  }

  #capture(capture: Capture, from: number, to: number, constructed: boolean): void {
    const { slot } = capture;
    if (capture.sum) this.#add(slot, from, to);
    else if (this.#captured[slot] !== undefined) return;
    this.#captured[slot] = capture;
    this.#from[slot] = from;
    this.#to[slot] = to;
    this.#pieces[slot] = constructed && capture.leaf.kind !== 'any' ? 1 : 0;
  }

  #add(slot: number, from: number, to: number): void {
    const sum = this.#sums[slot] ?? 0;
    const value = smallInteger(this.#text, from, to) ?? bigInteger(this.#text, from, to) ?? 0n;
    const plain = typeof sum === 'number' && typeof value === 'number' ? sum + value : Number.NaN;
    this.#sums[slot] = Number.isSafeInteger(plain) ? plain : BigInt(sum) + BigInt(value);
  }
}

/** The names of a path without elements of lists and without what of a number is meant. */
function namesOf(path: string): readonly string[] {
  const names = path.replace(/^sum\((.+)\)$/, '$1').split('.');
  return names.filter((name, index) => !/^(?:\d+|last)$/.test(name) && !(index === names.length - 1 && PARTS.includes(name)));
}

const PARTS: readonly string[] = berValueParts;

function beginsWith(names: readonly string[], first: readonly string[]): boolean {
  return first.every((name, index) => name === '*' || name === names[index]);
}

function headerFault(bytes: string, begin: number, end: number): Rejection | undefined {
  if (end <= begin) return damaged(0, 'the header of TS 32.297 is not whole');
  const encoding = recordEncoding(bytes, 0);
  if (encoding !== BER_ENCODING)
    return reject('usage.ber-encoding', `the record's header says ${recordEncodings[encoding] ?? `encoding ${encoding}`}, not BER`);
  const said = recordBytes(bytes, 0);
  return said === end - begin ? undefined : damaged(0, `the header says ${said} bytes, the record has ${end - begin}`);
}

function isPadding(bytes: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (bytes.charCodeAt(at) !== 0 && bytes.charCodeAt(at) !== 255) return false;
  return true;
}

function damaged(at: number, why: string): Rejection {
  return reject('usage.ber-damaged', `the element at byte ${at + 1} of the record: ${why}`);
}

function tooLarge(): Rejection {
  return reject('usage.ber-too-large', `the record has more than ${MOST_CONTAINERS} charges or ${MOST_ELEMENTS} elements`);
}
