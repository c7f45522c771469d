/** Which elements of a record are looked at: the mapped paths as one tree of tags, walked once a record. */
import type { BerStep, BerTarget, BerValuePart } from '#core/usage/ber-path.ts';
import type { BerValue } from '#core/usage/ber-schema.ts';

export interface Capture {
  readonly slot: number;
  readonly leaf: BerValue;
  readonly part: BerValuePart | undefined;
  /** All are added up, instead of the first one taken. */
  readonly sum: boolean;
}

/** Ways into a list. */
export interface ListPlan {
  /** Elements are choices, told by their own tags. */
  readonly tagged: boolean;
  readonly byIndex: Map<number, PlanNode>;
  last: PlanNode | undefined;
  all: PlanNode | undefined;
  each: PlanNode | undefined;
  /** Of the element under way, when there is `each`. */
  level: number;
}

export interface PlanNode {
  /** By tag; no larger than the largest tag that is looked at. */
  readonly table: (PlanNode | undefined)[];
  /** Tags too large for the table. */
  readonly others: Map<number, PlanNode>;
  readonly captures: Capture[];
  groups: boolean;
  list: ListPlan | undefined;
}

const LARGEST_IN_TABLE = 1024;

export function emptyPlan(): PlanNode {
  return { table: [], others: new Map(), captures: [], groups: false, list: undefined };
}

/** Adds the places of one slot. `sum` adds up whatever lists on the way have. */
export function addTargets(root: PlanNode, slot: number, targets: readonly BerTarget[], sum: boolean): void {
  for (const { steps, leaf, part } of targets) nodeAt(root, steps).captures.push({ slot, leaf, part, sum });
}

/** The node behind these steps, made where there is none yet. */
export function nodeAt(root: PlanNode, steps: readonly BerStep[]): PlanNode {
  let node = root;
  for (const step of steps) node = step.to === 'tag' ? under(node, step.tag) : into(node, step);
  return node;
}

export function childOf(node: PlanNode, tag: number): PlanNode | undefined {
  return tag < LARGEST_IN_TABLE ? node.table[tag] : node.others.get(tag);
}

function under(node: PlanNode, tag: number): PlanNode {
  node.groups = true;
  const known = childOf(node, tag);
  if (known !== undefined) return known;
  const child = emptyPlan();
  if (tag >= LARGEST_IN_TABLE) node.others.set(tag, child);
  else {
    while (node.table.length <= tag) node.table.push(undefined); // no holes
    node.table[tag] = child;
  }
  return child;
}

function into(node: PlanNode, step: Exclude<BerStep, { to: 'tag' }>): PlanNode {
  node.list ??= { tagged: step.tagged, byIndex: new Map(), last: undefined, all: undefined, each: undefined, level: 0 };
  const { list } = node;
  if (step.to === 'each') {
    list.level = step.level;
    list.each ??= emptyPlan();
    return list.each;
  }
  if (step.which === 'last') {
    list.last ??= emptyPlan();
    return list.last;
  }
  if (step.which === 'all') {
    list.all ??= emptyPlan();
    return list.all;
  }
  const index = step.which === 'first' ? 0 : step.which;
  let child = list.byIndex.get(index);
  if (child === undefined) {
    child = emptyPlan();
    list.byIndex.set(index, child);
  }
  return child;
}
