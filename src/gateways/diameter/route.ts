/** Whether a request is for this node (RFC 6733 §6.1.4 to §6.1.6), by the AVPs of the message itself. */
import { AvpCursor } from '#codecs/diameter/avp-cursor.ts';
import { HEADER_BYTES } from '#codecs/diameter/header.ts';
import { printable } from '#codecs/octet-texts.ts';
import { sameName } from './admission.ts';
import type { NodeFault } from './base-messages.ts';
import type { NodeIdentity } from './settings.ts';

const DESTINATION_REALM = 283;
const DESTINATION_HOST = 293;
const ROUTE_RECORD = 282;

/** AVPs that decide it. */
export const ROUTING = [DESTINATION_REALM, DESTINATION_HOST, ROUTE_RECORD];

export function routeFault(message: Uint8Array, { host, realm, others }: NodeIdentity): NodeFault | undefined {
  const cursor = new AvpCursor(new DataView(message.buffer, message.byteOffset, message.byteLength)).enter(HEADER_BYTES, message.length);
  while (cursor.next()) {
    if (cursor.vendor !== 0) continue;
    const { code } = cursor;
    if (code !== DESTINATION_REALM && code !== DESTINATION_HOST && code !== ROUTE_RECORD) continue;
    const name = printable(cursor.view, cursor.from, cursor.to) ?? '';
    if (code === DESTINATION_REALM && !sameName(name, realm))
      return { error: 'DIAMETER_REALM_NOT_SERVED', message: `the realm ${name} is not served here, only ${realm}` };
    if (code === DESTINATION_HOST && !sameName(name, host) && !others.some((other) => sameName(name, other)))
      return { error: 'DIAMETER_UNABLE_TO_DELIVER', message: `it is for the host ${name}; this is ${host} and routes nothing on` };
    if (code === ROUTE_RECORD && sameName(name, host))
      return { error: 'DIAMETER_LOOP_DETECTED', message: 'it has been here before, says its Route-Record' };
  }
  return undefined;
}
