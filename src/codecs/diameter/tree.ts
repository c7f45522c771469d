/** A whole message by name, for people and tests. */
import { AvpCursor, MANDATORY, PROTECTED, VENDOR } from './avp-cursor.ts';
import { MOST_NESTING } from './check.ts';
import type { AvpDefinition, Dictionary } from './dictionary.ts';
import { HEADER_BYTES, type Header, readHeader } from './header.ts';
import { valueText } from './values.ts';

/** AVPs of a message that are shown. */
export const MOST_NODES = 65_536;

export interface AvpNode {
  /** Of the header of the AVP, from the start of the message. */
  readonly offset: number;
  readonly code: number;
  /** 0: none. */
  readonly vendor: number;
  /** `VMP` of those set. */
  readonly flags: string;
  readonly length: number;
  readonly definition: AvpDefinition | undefined;
  /** Undefined for a group. */
  readonly value: string | undefined;
  readonly members: readonly AvpNode[];
}

export interface MessageTree {
  readonly header: Header;
  readonly avps: readonly AvpNode[];
  /** AVPs that were too many to show. */
  readonly cut: boolean;
}

/** Undefined without a header. What is behind a broken length is left out: `checkMessage` names it. */
export function messageTree(dictionary: Dictionary, bytes: Uint8Array): MessageTree | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const header = readHeader(view, 0);
  if (header === undefined) return undefined;
  let left = MOST_NODES;
  const walk = (from: number, to: number, depth: number): AvpNode[] => {
    const nodes: AvpNode[] = [];
    const cursor = new AvpCursor(view).enter(from, to);
    while (left > 0 && cursor.next()) {
      left -= 1;
      const definition = dictionary.avp(cursor.code, cursor.vendor);
      const group = definition?.type === 'Grouped' && depth < MOST_NESTING;
      nodes.push({
        offset: cursor.at,
        code: cursor.code,
        vendor: cursor.vendor,
        flags: flagsText(cursor.flags),
        length: cursor.length,
        definition,
        value: group ? undefined : valueText(definition, view, cursor.from, cursor.to),
        members: group ? walk(cursor.from, cursor.to, depth + 1) : [],
      });
    }
    return nodes;
  };
  const avps = walk(HEADER_BYTES, Math.max(header.length, HEADER_BYTES), 0);
  return { header, avps, cut: left === 0 };
}

function flagsText(flags: number): string {
  return `${(flags & VENDOR) === 0 ? '' : 'V'}${(flags & MANDATORY) === 0 ? '' : 'M'}${(flags & PROTECTED) === 0 ? '' : 'P'}`;
}
