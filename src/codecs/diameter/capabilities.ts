/** What two peers have in common (RFC 6733 §5.3). */
import { AvpCursor } from './avp-cursor.ts';
import { HEADER_BYTES } from './header.ts';
import type { DiameterFault } from './results.ts';

/** A relay does any application (§2.4). */
export const RELAY = 0xffff_ffff;
const AUTH_APPLICATION = 258;
const ACCT_APPLICATION = 259;
const VENDOR_SPECIFIC_APPLICATION = 260;

export interface Capabilities {
  /** Of ours, those that the peer has too, in our order. */
  readonly common: readonly number[];
  /** Those of them that the peer names within Vendor-Specific-Application-Id, whatever kind they are. */
  readonly grouped: readonly number[];
  /** DIAMETER_NO_COMMON_APPLICATION, when there is none. */
  readonly fault: DiameterFault | undefined;
}

/** The applications of a CER or CEA that are ours as well, named alone or within Vendor-Specific-Application-Id. */
export function readCapabilities(message: Uint8Array, ours: readonly number[]): Capabilities {
  const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
  const theirs = new Set<number>();
  const within = new Set<number>();
  const outer = new AvpCursor(view).enter(HEADER_BYTES, message.length);
  const inner = new AvpCursor(view);
  while (outer.next()) {
    take(view, outer, theirs);
    if (outer.code !== VENDOR_SPECIFIC_APPLICATION || outer.vendor !== 0) continue;
    inner.enter(outer.from, outer.to);
    while (inner.next()) take(view, inner, within);
  }
  for (const application of within) theirs.add(application);
  const common = theirs.has(RELAY) || ours.includes(RELAY) ? ours : ours.filter((application) => theirs.has(application));
  if (common.length > 0) return { common, grouped: common.filter((application) => within.has(application)), fault: undefined };
  const named = theirs.size === 0 ? 'none' : [...theirs].join(', ');
  const words = `the peer has the applications ${named}, of which none is ours`;
  return {
    common,
    grouped: [],
    fault: { error: 'DIAMETER_NO_COMMON_APPLICATION', fatal: true, offset: 0, path: '', message: words, chain: [] },
  };
}

function take(view: DataView, { code, vendor, from, to }: AvpCursor, applications: Set<number>): void {
  if ((code === AUTH_APPLICATION || code === ACCT_APPLICATION) && vendor === 0 && to - from === 4) applications.add(view.getUint32(from));
}
