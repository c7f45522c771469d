/** Finds the elements of a record that are charged each: with `each: pGWRecord.listOfServiceData` the elements of that list. */
import type { BerEach } from '#core/usage/ber-path.ts';
import { childOf, emptyPlan, nodeAt, type PlanNode } from './plan.ts';
import { Tlv } from './tlv.ts';

/** Behind the bytes of a record that is charged in several: this + number of the container. No byte is that large. */
export const CONTAINER_MARK = 0x100;
/** A record with more is rejected: gateways close a record after some tens. */
export const MOST_CONTAINERS = 1000;
/** Elements looked at in a record at most, so that the time for one is bounded. */
export const MOST_ELEMENTS = 65_536;
/** Of an element, per level of lists: where it begins, its content from and to, where it ends. */
const PLACES = 4;

export class Containers {
  count = 0;
  /** More than MOST_CONTAINERS, or more than MOST_ELEMENTS elements. */
  tooMany = false;
  readonly #root = emptyPlan();
  readonly #levels: number;
  readonly #stack: number[];
  readonly #places: number[] = [];
  readonly #tlv = new Tlv();
  #text = '';
  #left = 0;

  constructor(each: readonly BerEach[]) {
    for (const { steps } of each) nodeAt(this.#root, steps).groups = true;
    this.#levels = Math.max(1, ...each.map(({ steps }) => steps.filter(({ to }) => to === 'each').length));
    this.#stack = Array.from({ length: this.#levels * PLACES }, () => 0);
  }

  /** Looks for them in the record from `from` to `to`. False: it is damaged on the way to them, or there are too many. */
  find(text: string, from: number, to: number): boolean {
    this.#text = text;
    this.#places.length = 0;
    this.count = 0;
    this.tooMany = false;
    this.#left = MOST_ELEMENTS;
    return this.#group(this.#root, from, to);
  }

  /** A place of the element number `index` at a level of lists: 0 where it begins, 1 and 2 its content, 3 where it ends. */
  place(index: number, level: number, which: 0 | 1 | 2 | 3): number {
    return this.#places[(index * this.#levels + level) * PLACES + which] ?? 0;
  }

  /** Where the innermost element of number `index` ends. */
  end(index: number): number {
    let level = this.#levels - 1;
    while (level > 0 && this.place(index, level, 0) === 0) level -= 1;
    return this.place(index, level, 3);
  }

  #group(node: PlanNode, from: number, to: number): boolean {
    const tlv = this.#tlv;
    for (let at = from; at < to; ) {
      if (--this.#left < 0) return this.#overflow();
      if (!tlv.read(this.#text, at, to)) return false;
      at = tlv.next;
      const child = childOf(node, tlv.tag);
      if (child !== undefined && !this.#visit(child, tlv.from, tlv.to)) return false;
    }
    return true;
  }

  #visit(node: PlanNode, from: number, to: number): boolean {
    return (!isInner(node) || this.#group(node, from, to)) && (node.list === undefined || this.#list(node, from, to));
  }

  #list(node: PlanNode, from: number, to: number): boolean {
    const each = node.list?.each;
    const level = node.list?.level ?? 0;
    if (each === undefined) return true;
    const inner = isInner(each) || each.list !== undefined;
    const tlv = this.#tlv;
    for (let at = from; at < to; ) {
      if (--this.#left < 0) return this.#overflow();
      if (!tlv.read(this.#text, at, to)) return false;
      const next = tlv.next;
      this.#stack.fill(0, level * PLACES);
      this.#stack[level * PLACES] = at;
      this.#stack[level * PLACES + 1] = tlv.from;
      this.#stack[level * PLACES + 2] = tlv.to;
      this.#stack[level * PLACES + 3] = next;
      if (!inner) {
        if (this.count === MOST_CONTAINERS) return this.#overflow();
        for (const place of this.#stack) this.#places.push(place);
        this.count += 1;
      } else if (node.list?.tagged === true ? !this.#group(each, at, next) : !this.#visit(each, tlv.from, tlv.to)) return false;
      at = next;
    }
    return true;
  }

  #overflow(): false {
    this.tooMany = true;
    return false;
  }
}

function isInner(node: PlanNode): boolean {
  return node.table.length > 0 || node.others.size > 0;
}
