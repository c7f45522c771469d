/** A whole record as a tree of names and texts: what a person looks at, and what tests compare. */
import type { BerForm } from '#core/usage/ber-form.ts';
import type { BerGroup, BerNode, BerTagged } from '#core/usage/ber-schema.ts';
import { compileBer } from './compiled-form.ts';
import { CONTAINER_MARK } from './containers.ts';
import { MOST_NESTING, Tlv, tagText, tlvFaults } from './tlv.ts';
import { recordHeaderBytes } from './ts32297.ts';
import { hexDigits, joinedPieces, valueText } from './values.ts';

export interface BerTreeNode {
  /** Dotted, as a format writes it; `[22]` where the schema knows no name. */
  readonly path: string;
  readonly depth: number;
  /** Of a value; undefined for a group or a list. */
  readonly text: string | undefined;
  /** The schema has no name for it. */
  readonly unknown: boolean;
  /** Where its content begins in the record. */
  readonly from: number;
}

const MOST_SHOWN = 64;

/** In the order of the record, groups before what they contain; not more than `most`. Damage is the last node. */
export function berTree(form: BerForm, bytes: string, most = 10_000): readonly BerTreeNode[] {
  const nodes: BerTreeNode[] = [];
  const begin = form.framing === 'ts-32297' ? recordHeaderBytes(bytes, 0) : 0;
  const { schema } = compileBer(form);
  const marked = bytes.length > 0 && bytes.charCodeAt(bytes.length - 1) >= CONTAINER_MARK;
  grow({ bytes, nodes, most }, { group: schema.root, path: '', depth: 0 }, begin, marked ? bytes.length - 1 : bytes.length);
  return nodes;
}

interface Growing {
  readonly bytes: string;
  readonly nodes: BerTreeNode[];
  readonly most: number;
}

interface Branch {
  /** Undefined: unknown to the schema. */
  readonly group: BerGroup | undefined;
  readonly path: string;
  readonly depth: number;
}

function grow(growing: Growing, branch: Branch, from: number, to: number): void {
  const tlv = new Tlv();
  const { bytes } = growing;
  for (let at = from; at < to && growing.nodes.length < growing.most; at = tlv.next) {
    if (branch.depth === 0 && (bytes.charCodeAt(at) === 0 || bytes.charCodeAt(at) === 255)) return;
    if (!tlv.read(bytes, at, to)) {
      growing.nodes.push({
        path: join(branch.path, '!'),
        depth: branch.depth,
        text: `byte ${at + 1}: ${tlvFaults[tlv.fault]}`,
        unknown: true,
        from: at,
      });
      return;
    }
    const known = branch.group?.byTag.get(tlv.tag);
    if (known === undefined) growUnknown(growing, branch, tlv);
    else show(growing, known.node, join(branch.path, nameOf(branch, known)), branch.depth, tlv);
  }
}

/** A record that is one group has no name: the paths of fields begin inside. */
function nameOf(branch: Branch, known: BerTagged): string {
  return branch.depth === 0 && branch.group?.is === 'transparent' ? '' : known.names.join('.');
}

function show(growing: Growing, node: BerNode, path: string, depth: number, tlv: Tlv): void {
  const { bytes, nodes } = growing;
  const { from, to, next, constructed } = tlv;
  if (node.is === 'value') {
    const joined = constructed && node.kind !== 'any' ? joinedPieces(bytes, from, to) : undefined;
    const text = joined === undefined ? valueText(bytes, from, to, node) : valueText(joined, 0, joined.length, node);
    nodes.push({ path, depth, text, unknown: false, from });
    return;
  }
  if (depth >= MOST_NESTING) return;
  if (node.is === 'list') {
    nodes.push({ path, depth, text: undefined, unknown: false, from });
    const inner = new Tlv();
    let index = 0;
    for (let element = from; element < to && nodes.length < growing.most; element = inner.next) {
      if (!inner.read(bytes, element, to)) {
        nodes.push({
          path: `${path}.!`,
          depth: depth + 1,
          text: `byte ${element + 1}: ${tlvFaults[inner.fault]}`,
          unknown: true,
          from: element,
        });
        return;
      }
      const behind = inner.next;
      const place = `${path}.${index}`;
      if (node.elementTagged && node.element.is === 'choice')
        grow(growing, { group: node.element, path: place, depth: depth + 1 }, element, behind);
      else show(growing, node.element, place, depth + 1, inner);
      inner.next = behind;
      index += 1;
    }
    return;
  }
  if (node.is !== 'transparent' && path !== '') nodes.push({ path, depth, text: undefined, unknown: false, from });
  grow(growing, { group: node, path, depth: depth + 1 }, from, to);
  tlv.next = next;
}

function growUnknown(growing: Growing, branch: Branch, tlv: Tlv): void {
  const { bytes, nodes } = growing;
  const { from, to, next, constructed, tag } = tlv;
  const path = join(branch.path, tagText(tag));
  const octets = `${hexDigits(bytes, from, Math.min(to, from + MOST_SHOWN))}${to - from > MOST_SHOWN ? '…' : ''}`;
  nodes.push({ path, depth: branch.depth, text: constructed ? undefined : octets, unknown: true, from });
  if (constructed && branch.depth < MOST_NESTING) grow(growing, { group: undefined, path, depth: branch.depth + 1 }, from, to);
  tlv.next = next;
}

function join(path: string, name: string): string {
  return path === '' ? name : name === '' ? path : `${path}.${name}`;
}
