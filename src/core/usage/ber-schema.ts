/**
 * A schema of BER records compiled from its declaration: names and tags to nodes. Tags are counted as
 * 4 × number + class (0 universal, 1 application, 2 context, 3 private).
 */
import { type BerForm, type BerTypes, berGroups, berNamed } from './ber-form.ts';

/** How the octets of a primitive value are read. Each has its text in `codecs/ber/values.ts`. */
export const berKinds = [
  'integer',
  'enumerated',
  'boolean',
  'null',
  'bits',
  'octets',
  'tbcd',
  'address',
  'bcd-number',
  'timestamp',
  'time-zone',
  'ip',
  'plmn',
  'utf8',
  'ia5',
  'utc-time',
  'generalized-time',
  'oid',
  'any',
] as const;
export type BerKind = (typeof berKinds)[number];

export type BerNode = BerValue | BerList | BerGroup;

export interface BerValue {
  readonly is: 'value';
  readonly kind: BerKind;
  /** Names of values (of bits: by number of the bit). */
  readonly names: ReadonlyMap<string, string> | undefined;
}

export interface BerList {
  readonly is: 'list';
  readonly element: BerNode;
  /** An element of a list of choices says by its tag which it is. */
  readonly elementTagged: boolean;
}

/** `transparent`: an explicit tag, which has no name in paths. */
export interface BerGroup {
  readonly is: 'set' | 'sequence' | 'choice' | 'transparent';
  readonly parts: ReadonlyMap<string, BerPart>;
  /** By tag, also those of choices that stand among the parts without a tag of their own. */
  readonly byTag: ReadonlyMap<number, BerTagged>;
}

export interface BerPart {
  readonly name: string;
  /** Undefined: a choice without a tag of its own. */
  readonly tag: number | undefined;
  readonly node: BerNode;
}

export interface BerTagged {
  /** Names from the group to the part: more than one through choices without a tag. */
  readonly names: readonly string[];
  readonly node: BerNode;
}

export interface BerFault {
  /** Below the format: `types.PGWRecord.servedIMSI`. */
  readonly field: string;
  readonly problem: string;
  readonly value?: string;
}

export interface BerSchema {
  /** What a record is, as the content around it: a choice, or a group with one tag. */
  readonly root: BerGroup;
}

const CLASSES: Readonly<Record<string, number>> = { universal: 0, application: 1, context: 2, private: 3 };
const UNIVERSAL: Readonly<Record<BerKind, number>> = {
  boolean: 1,
  integer: 2,
  bits: 3,
  octets: 4,
  tbcd: 4,
  address: 4,
  'bcd-number': 4,
  timestamp: 4,
  'time-zone': 4,
  ip: 4,
  plmn: 4,
  any: 4,
  null: 5,
  oid: 6,
  enumerated: 10,
  utf8: 12,
  ia5: 22,
  'utc-time': 23,
  'generalized-time': 24,
};
/** Every string type of ASN.1 may stand where a text is declared. */
const TEXT_TAGS = [12, 18, 19, 20, 22, 25, 26, 27];
const SEQUENCE = 16;
const SET = 17;
const HIGHEST_TAG = 2_097_151;
const EXPRESSION = /^(?:(explicit) )?(?:(universal|application|context|private) )?(?:(\d{1,7}) )?((?:list of )*)([A-Za-z][\w-]*)$/;
const NAME = /^[A-Za-z][\w-]*$/;

export function tagOf(number: number, tagClass: number): number {
  return number * 4 + tagClass;
}

const TAG = /^(?:(universal|application|context|private) )?(\d{1,7})$/;

/** `universal 16`, `1`; undefined for what is no tag. */
export function readTag(text: string): number | undefined {
  const match = TAG.exec(text);
  if (match === null || Number(match[2]) > HIGHEST_TAG) return undefined;
  return tagOf(Number(match[2]), CLASSES[match[1] ?? 'context'] ?? 2);
}

type Expression = {
  readonly explicit: boolean;
  readonly tag: number | undefined;
  readonly node: BerNode;
  readonly universal: readonly number[];
};

/** The schema, with everything that is wrong with it; a path can be resolved only when there are no faults. */
export function compileBerSchema(form: Pick<BerForm, 'record' | 'types'>): {
  readonly schema: BerSchema;
  readonly faults: readonly BerFault[];
} {
  const compiler = new SchemaCompiler(form.types);
  const root = compiler.root(form.record);
  compiler.finish();
  return { schema: { root }, faults: compiler.faults };
}

interface Open {
  readonly is: BerGroup['is'];
  readonly parts: Map<string, BerPart>;
  readonly byTag: Map<number, BerTagged>;
}

class SchemaCompiler {
  readonly faults: BerFault[] = [];
  readonly #types: BerTypes;
  readonly #nodes = new Map<string, BerNode>();
  /** Tags that types bring along, as in `Call: application 9 CallParts`. */
  readonly #ownTags = new Map<string, number>();
  /** Types being looked up, for aliases that end in themselves. */
  readonly #under = new Set<string>();
  readonly #groups: { readonly group: Open; readonly at: string }[] = [];

  constructor(types: BerTypes) {
    this.#types = types;
  }

  root(record: string): BerGroup {
    for (const name of Object.keys(this.#types)) if (NAME.test(name)) this.#named(name, `types.${name}`);
    const group: Open = { is: 'transparent', parts: new Map(), byTag: new Map() };
    const read = this.#expression(record, 'record');
    if (read === undefined) return group;
    if (read.tag === undefined && read.node.is === 'choice') return read.node;
    this.#groups.push({ group, at: 'record' });
    this.#addPart(group, 'record', read);
    return group;
  }

  /** When all types are known: choices without a tag spread their tags over the group they stand in. */
  finish(): void {
    for (const { group, at } of this.#groups) {
      for (const part of group.parts.values()) if (part.tag === undefined) this.#spread(group, part, [], at, new Set());
    }
  }

  #spread(group: Open, part: BerPart, names: readonly string[], at: string, seen: Set<BerNode>): void {
    if (part.node.is !== 'choice' || seen.has(part.node)) return;
    seen.add(part.node);
    for (const alternative of part.node.parts.values()) {
      const path = [...names, part.name];
      if (alternative.tag === undefined) this.#spread(group, alternative, path, at, seen);
      else this.#claim(group, alternative.tag, { names: [...path, alternative.name], node: alternative.node }, at);
    }
  }

  #claim(group: Open, tag: number, tagged: BerTagged, at: string): void {
    const earlier = group.byTag.get(tag);
    if (earlier === undefined) group.byTag.set(tag, tagged);
    else if (earlier.names.join('.') !== tagged.names.join('.')) {
      this.#fault(`${at}.${tagged.names.join('.')}`, `has the same tag as ${earlier.names.join('.')}`);
    }
  }

  #fault(field: string, problem: string, value?: string): undefined {
    this.faults.push({ field, problem, ...(value === undefined ? {} : { value }) });
    return undefined;
  }

  #named(name: string, at: string): BerNode | undefined {
    const known = this.#nodes.get(name);
    if (known !== undefined) return known;
    const text = Object.hasOwn(this.#types, name) ? this.#types[name] : undefined;
    if (text === undefined) return this.#fault(at, 'names a type that is not declared', name);
    if (this.#under.has(name)) return this.#fault(`types.${name}`, 'is declared as itself');
    this.#under.add(name);
    const node = typeof text === 'string' ? this.#alias(name, text) : this.#structure(name, text);
    this.#under.delete(name);
    if (node !== undefined) this.#nodes.set(name, node);
    return node;
  }

  #alias(name: string, text: string): BerNode | undefined {
    const read = this.#expression(text, `types.${name}`);
    if (read?.tag !== undefined) this.#ownTags.set(name, read.tag);
    return read?.explicit === true && read.node.is !== 'choice' ? wrapped(read.node, read.universal) : read?.node;
  }

  #structure(name: string, text: Exclude<BerTypes[string], string>): BerNode | undefined {
    const written: Readonly<Record<string, Readonly<Record<string, string>> | undefined>> = text;
    const keys = Object.keys(written);
    const key = keys[0] ?? '';
    const entries = Object.entries(written[key] ?? {});
    const kind = berNamed.find((word) => word === key);
    if (kind !== undefined && keys.length === 1) return { is: 'value', kind, names: new Map(entries) };
    const is = berGroups.find((word) => word === key);
    if (is === undefined || keys.length !== 1)
      return this.#fault(`types.${name}`, `is not one of ${[...berGroups, ...berNamed].join(', ')}`);
    const group: Open = { is, parts: new Map(), byTag: new Map() };
    this.#nodes.set(name, group); // before its parts, which may contain it
    this.#groups.push({ group, at: `types.${name}` });
    for (const [part, expression] of entries) {
      if (!NAME.test(part)) this.#fault(`types.${name}.${part}`, 'is not a name: letters, digits and -, a letter first');
      const read = this.#expression(expression, `types.${name}.${part}`);
      if (read !== undefined) this.#addPart(group, part, read);
    }
    return group;
  }

  #addPart(group: Open, name: string, { explicit, tag, node, universal }: Expression): void {
    const at = group.is === 'transparent' ? 'record' : 'types';
    if (tag === undefined && node.is === 'choice') {
      group.parts.set(name, { name, tag: undefined, node });
      return;
    }
    const content = explicit && node.is !== 'choice' ? wrapped(node, universal) : node;
    const first = tag ?? tagOf(universal[0] ?? 0, 0);
    group.parts.set(name, { name, tag: first, node: content });
    const tags = tag === undefined ? universal.map((number) => tagOf(number, 0)) : [tag];
    for (const each of tags) this.#claim(group, each, { names: [name], node: content }, at);
  }

  #expression(text: string, at: string): Expression | undefined {
    const match = EXPRESSION.exec(text);
    if (match === null) return this.#fault(at, 'is not a type such as "3 tbcd", "6 list of Address" or "application 1 Call"', text);
    const [, explicit, tagClass, number, lists = '', name = ''] = match;
    if (tagClass !== undefined && number === undefined) return this.#fault(at, 'has the class of a tag and no number', text);
    if (Number(number ?? 0) > HIGHEST_TAG) return this.#fault(at, `has a tag above ${HIGHEST_TAG}`, text);
    const kind = berKinds.find((word) => word === name);
    let node: BerNode | undefined = kind === undefined ? this.#named(name, at) : { is: 'value', kind, names: undefined };
    if (node === undefined) return undefined;
    const own = lists === '' ? this.#ownTags.get(name) : undefined;
    const tag = number === undefined ? own : tagOf(Number(number), CLASSES[tagClass ?? 'context'] ?? 2);
    for (let depth = lists.length / 'list of '.length; depth > 0; depth--) {
      node = { is: 'list', element: node, elementTagged: node.is === 'choice' };
    }
    return { explicit: explicit !== undefined, tag, node, universal: universalOf(node) };
  }
}

function universalOf(node: BerNode): readonly number[] {
  if (node.is === 'value')
    return node.kind === 'utf8' || node.kind === 'ia5' ? [UNIVERSAL[node.kind], ...TEXT_TAGS] : [UNIVERSAL[node.kind]];
  if (node.is === 'list') return [SEQUENCE, SET];
  return [node.is === 'set' ? SET : SEQUENCE];
}

/** The content of an explicit tag: the value with its own tag. */
function wrapped(node: BerNode, universal: readonly number[]): BerGroup {
  const part: BerPart = { name: '', tag: tagOf(universal[0] ?? 0, 0), node };
  const byTag = new Map(universal.map((number) => [tagOf(number, 0), { names: [], node }]));
  return { is: 'transparent', parts: new Map([['', part]]), byTag };
}
