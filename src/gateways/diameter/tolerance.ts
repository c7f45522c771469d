/**
 * Faults of requests that nothing is wrong by, as peers in wide use have them: Kamailio's module ims_charging says who it is twice, and names the application of credit
 * control within Vendor-Specific-Application-Id alone. Whoever looks at a message (`carillon diameter decode`) is told of them all the same.
 */
import { AvpCursor } from '#codecs/diameter/avp-cursor.ts';
import { HEADER_BYTES, type Header } from '#codecs/diameter/header.ts';
import type { DiameterFault } from '#codecs/diameter/results.ts';

const AUTH_APPLICATION = 258;
const VENDOR_SPECIFIC_APPLICATION = 260;

export function isTolerated(fault: DiameterFault, { application }: Header, message: Uint8Array): boolean {
  if (fault.error === 'DIAMETER_AVP_OCCURS_TOO_MANY_TIMES') return isRepetition(fault, message);
  const { error, missing, chain } = fault;
  if (error !== 'DIAMETER_MISSING_AVP' || missing?.code !== AUTH_APPLICATION || missing.vendor !== 0 || chain.length > 0) return false;
  return namesWithin(message, application);
}

/** An AVP of the message itself that may stand there once: all of its code have the same octets. */
function isRepetition({ chain }: DiameterFault, message: Uint8Array): boolean {
  const [at] = chain;
  if (at === undefined || chain.length !== 1) return false;
  const cursor = avpsOf(message);
  const found: { code: number; vendor: number; at: number; octets: Uint8Array }[] = [];
  while (cursor.next())
    found.push({ code: cursor.code, vendor: cursor.vendor, at: cursor.at, octets: message.subarray(cursor.from, cursor.to) });
  const repeated = found.find((each) => each.at === at);
  if (repeated === undefined) return false;
  return found.every(
    ({ code, vendor, octets }) => code !== repeated.code || vendor !== repeated.vendor || Buffer.compare(octets, repeated.octets) === 0,
  );
}

/** Whether the application of the header stands within Vendor-Specific-Application-Id. */
function namesWithin(message: Uint8Array, application: number): boolean {
  const outer = avpsOf(message);
  const inner = avpsOf(message);
  while (outer.next()) {
    if (outer.code !== VENDOR_SPECIFIC_APPLICATION || outer.vendor !== 0) continue;
    inner.enter(outer.from, outer.to);
    while (inner.next())
      if (inner.code === AUTH_APPLICATION && inner.vendor === 0 && inner.to - inner.from === 4)
        if (inner.view.getUint32(inner.from) === application) return true;
  }
  return false;
}

function avpsOf(message: Uint8Array): AvpCursor {
  return new AvpCursor(new DataView(message.buffer, message.byteOffset, message.byteLength)).enter(HEADER_BYTES, message.length);
}
