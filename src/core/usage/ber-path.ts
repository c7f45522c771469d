/** Dotted paths to values of BER records, resolved against a schema. Grammar: docs/reference/formats-ber.md. */
import type { BerGroup, BerNode, BerSchema, BerValue } from './ber-schema.ts';

export type BerStep =
  | { readonly to: 'tag'; readonly tag: number }
  /** Into a list; `tagged`: its elements are choices, told by their tags. `each`: the element under way of this level. */
  | { readonly to: 'list'; readonly which: 'first' | 'last' | 'all' | number; readonly tagged: boolean }
  | { readonly to: 'each'; readonly level: number; readonly tagged: boolean };

/** What of a value is meant: of a number also how it is dialled. */
export const berValueParts = ['digits', 'nature', 'plan', 'presentation'] as const;
export type BerValuePart = (typeof berValueParts)[number];

export interface BerTarget {
  readonly steps: readonly BerStep[];
  readonly leaf: BerValue;
  readonly part: BerValuePart | undefined;
}

/** Paths that are not in the record itself. */
export const berSpecialPaths = ['$type', '$container'] as const;

/** A list whose elements are charged each; lists around it count as levels too. */
export interface BerEach {
  readonly steps: readonly BerStep[];
}

const MOST_NODES = 20_000;
const MOST_STEPS = 40;

/** Undefined, with what is wrong, for a path that leads to no list. */
export function resolveEach(schema: BerSchema, path: string): readonly BerEach[] | string {
  const lists: BerEach[] = [];
  const bad = seek(schema.root, path.split('.'), 0, [], {
    onEnd: (node, steps) => {
      if (node.is !== 'list') return false;
      lists.push({ steps: [...steps, { to: 'each', level: steps.filter(({ to }) => to === 'each').length, tagged: node.elementTagged }] });
      return true;
    },
    list: (steps, tagged) => ({ to: 'each', level: steps.filter(({ to }) => to === 'each').length, tagged }),
    left: MOST_NODES,
  });
  if (bad !== undefined) return bad;
  return lists.length === 0 ? 'leads to no list' : lists;
}

/** The places that a path means, in the order of the schema: several where it passes choices. Else what is wrong with it. */
export function resolveBerPath(schema: BerSchema, each: readonly BerEach[], text: string): readonly BerTarget[] | string {
  const sum = /^sum\((.+)\)$/.exec(text);
  const path = sum?.[1] ?? text;
  const targets: BerTarget[] = [];
  const levels = new Set(each.flatMap(({ steps }) => steps.flatMap((step, at) => (step.to === 'each' ? [keyOf(steps.slice(0, at))] : []))));
  const bad = seek(schema.root, path.split('.'), 0, [], {
    onEnd: (node, steps, part) => {
      if (node.is !== 'value') return false;
      targets.push({ steps, leaf: node, part });
      return true;
    },
    list: (steps, tagged) =>
      levels.has(keyOf(steps))
        ? { to: 'each', level: steps.filter(({ to }) => to === 'each').length, tagged }
        : { to: 'list', which: sum === null ? 'first' : 'all', tagged },
    left: MOST_NODES,
  });
  if (bad !== undefined) return bad;
  if (targets.length === 0) return 'leads to a group, not to a value';
  if (sum !== null && targets.some(({ leaf }) => leaf.kind !== 'integer')) return 'adds up what is not an integer';
  return targets;
}

function keyOf(steps: readonly BerStep[]): string {
  return JSON.stringify(steps);
}

interface Seeking {
  /** True when the path may end at this node. */
  readonly onEnd: (node: BerNode, steps: readonly BerStep[], part: BerValuePart | undefined) => boolean;
  /** How to enter a list of which the path does not say the element. */
  readonly list: (steps: readonly BerStep[], tagged: boolean) => BerStep;
  /** Nodes that may still be looked at: choices within choices multiply. */
  left: number;
}

/** Follows the names from `at` on. Undefined when something was found, else what is wrong. */
function seek(node: BerNode, names: readonly string[], at: number, steps: readonly BerStep[], seeking: Seeking): string | undefined {
  if (steps.length > MOST_STEPS) return 'is too deep';
  if (--seeking.left < 0) return 'means too many places';
  const name = names[at];
  if (name === undefined && seeking.onEnd(node, steps, undefined)) return undefined;
  if (node.is === 'value') {
    if (name === undefined) return 'leads to a value';
    const part = berValueParts.find((word) => word === name);
    const dialled = node.kind === 'address' || node.kind === 'bcd-number';
    if (part === undefined || !dialled || at + 1 < names.length) return `has no ${JSON.stringify(name)} there`;
    return seeking.onEnd(node, steps, part) ? undefined : 'leads to a value';
  }
  if (node.is === 'list') {
    const index = name !== undefined && /^(?:\d{1,6}|last)$/.test(name) ? name : undefined;
    const which = index === undefined || index === 'last' ? index : Number(index);
    const step: BerStep = which === undefined ? seeking.list(steps, node.elementTagged) : { to: 'list', which, tagged: node.elementTagged };
    return seek(node.element, names, index === undefined ? at : at + 1, [...steps, step], seeking);
  }
  return seekInGroup(node, names, at, steps, seeking);
}

function seekInGroup(
  group: BerGroup,
  names: readonly string[],
  at: number,
  steps: readonly BerStep[],
  seeking: Seeking,
): string | undefined {
  const name = names[at];
  if (name === undefined && group.is !== 'choice' && group.is !== 'transparent') return 'leads to a group, not to a value';
  const all = name === '*' || name === undefined || group.is === 'transparent';
  let found = false;
  let problem: string | undefined;
  const follow = (node: BerNode, next: number, more: readonly BerStep[]): void => {
    const bad = seek(node, names, next, [...steps, ...more], seeking);
    if (bad === undefined) found = true;
    else problem ??= bad;
  };
  const consumed = group.is === 'transparent' || name === undefined ? at : at + 1;
  if (all) {
    for (const [tag, tagged] of group.byTag) follow(tagged.node, consumed, [{ to: 'tag', tag }]);
  } else {
    const part = group.parts.get(name ?? '');
    if (part === undefined) return `has no ${JSON.stringify(name)} there; there are ${[...group.parts.keys()].slice(0, 80).join(', ')}`;
    if (part.tag === undefined) follow(part.node, at + 1, []);
    else
      for (const [tag, tagged] of group.byTag)
        if (tagged.names.length === 1 && tagged.names[0] === name) follow(tagged.node, at + 1, [{ to: 'tag', tag }]);
  }
  return found ? undefined : (problem ?? 'leads nowhere');
}
