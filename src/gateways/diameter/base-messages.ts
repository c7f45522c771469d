/** Messages that every Diameter node sends: capabilities, watchdog, disconnection (RFC 6733 §5), and answers that only say what is wrong (§7). */
import { AvpCursor } from '#codecs/diameter/avp-cursor.ts';
import { type AvpValues, buildMessage, type MessageInput } from '#codecs/diameter/build.ts';
import type { Dictionary } from '#codecs/diameter/dictionary.ts';
import { failedAvp } from '#codecs/diameter/failed-avp.ts';
import { ERROR, HEADER_BYTES, type Header, PROXIABLE } from '#codecs/diameter/header.ts';
import { type DiameterFault, type ResultName, resultCodes } from '#codecs/diameter/results.ts';
import { MessageWriter } from '#codecs/diameter/writer.ts';
import { readUtf8 } from '#codecs/octet-texts.ts';
import { NO_VENDOR, type NodeIdentity } from './settings.ts';

export const CAPABILITIES = 257;
export const WATCHDOG = 280;
export const DISCONNECT = 282;
export const SUCCESS = 2001;

/** RFC 6733 §5.4.3. */
export const disconnectCauses = { rebooting: 0, busy: 1, doNotWantToTalk: 2 } as const;

/** The vendor of 3GPP: applications with a number of its own are announced with it. */
const VENDOR_3GPP = 10_415;
const FIRST_VENDOR_APPLICATION = 16_777_216;

/** What a node says no to by itself, without an AVP that is wrong. */
export interface NodeFault {
  readonly error: ResultName;
  readonly message: string;
}

/** For what should not happen. */
export const FAULT_OF_OURS: NodeFault = { error: 'DIAMETER_UNABLE_TO_COMPLY', message: 'a fault of ours' };

const SESSION_ID = 263;
const PROXY_INFO = 284;

export class BaseMessages {
  readonly #dictionary: Dictionary;
  readonly #identity: NodeIdentity;
  readonly #writer = new MessageWriter();
  readonly #avps;

  constructor(dictionary: Dictionary, identity: NodeIdentity) {
    this.#dictionary = dictionary;
    this.#identity = identity;
    const named = (name: string) => dictionary.named(name);
    this.#avps = {
      ...{ result: named('Result-Code'), host: named('Origin-Host'), realm: named('Origin-Realm') },
      ...{ text: named('Error-Message'), failed: named('Failed-AVP'), application: named('Auth-Application-Id') },
    };
  }

  capabilitiesRequest(hopByHop: number, endToEnd: number, localAddress: string): Uint8Array {
    return this.#built({ command: 'CER', hopByHop, endToEnd }, this.#capabilities(localAddress));
  }

  /**
   * `fault`: why the connection will not be. `grouped`: applications that the peer named within Vendor-Specific-Application-Id are answered so too: there are
   * peers (Kamailio) that send requests of credit control only to who has it as an application of 3GPP.
   */
  capabilitiesAnswer(request: Header, localAddress: string, fault: NodeFault | undefined, grouped: readonly number[] = []): Uint8Array {
    return this.#built(
      { command: 'CEA', hopByHop: request.hopByHop, endToEnd: request.endToEnd, error: isProtocolError(fault?.error) },
      {
        'Result-Code': fault === undefined ? SUCCESS : resultCodes[fault.error],
        ...this.#capabilities(localAddress, grouped),
        ...(fault === undefined ? {} : { 'Error-Message': fault.message }),
      },
    );
  }

  watchdogRequest(hopByHop: number, endToEnd: number): Uint8Array {
    return this.#built({ command: 'DWR', hopByHop, endToEnd }, this.#origin());
  }

  watchdogAnswer({ hopByHop, endToEnd }: Header): Uint8Array {
    return this.#built({ command: 'DWA', hopByHop, endToEnd }, { 'Result-Code': SUCCESS, ...this.#origin() });
  }

  disconnectRequest(hopByHop: number, endToEnd: number, cause: number): Uint8Array {
    const { host, realm } = this.#identity;
    return this.#built({ command: 'DPR', hopByHop, endToEnd }, { 'Origin-Host': host, 'Origin-Realm': realm, 'Disconnect-Cause': cause });
  }

  disconnectAnswer({ hopByHop, endToEnd }: Header): Uint8Array {
    const { host, realm } = this.#identity;
    return this.#built({ command: 'DPA', hopByHop, endToEnd }, { 'Result-Code': SUCCESS, 'Origin-Host': host, 'Origin-Realm': realm });
  }

  /**
   * The answer to a request that cannot be done: Session-Id and Proxy-Info as they came, the result, what is wrong and the
   * AVP that is. 3xxx are protocol errors and have the E bit; others keep `kept` (codes of AVPs without vendor) of the
   * request, so that a command's rules hold as far as the request did.
   */
  errorAnswer(header: Header, message: Uint8Array, fault: NodeFault | DiameterFault, kept: readonly number[] = []): Uint8Array {
    const { result, host, realm, text, failed, application } = this.#avps;
    const asProtocol = isProtocolError(fault.error);
    const flags = (header.flags & PROXIABLE) | (asProtocol ? ERROR : 0);
    const writer = this.#writer.start(flags, header.command, header.application, header.hopByHop, header.endToEnd);
    const copied = copies(message, asProtocol ? [SESSION_ID, PROXY_INFO] : [SESSION_ID, PROXY_INFO, ...kept]);
    for (const avp of copied.get(SESSION_ID)?.slice(0, 1) ?? []) writer.raw(avp);
    writer.unsigned32(result, resultCodes[fault.error]);
    writer.text(host, this.#identity.host).text(realm, this.#identity.realm);
    if (!asProtocol && header.application !== 0) writer.unsigned32(application, header.application);
    for (const code of asProtocol ? [] : kept) for (const avp of copied.get(code)?.slice(0, 1) ?? []) writer.raw(avp);
    writer.text(text, faultText(fault));
    const wrong = 'path' in fault ? failedAvp(this.#dictionary, message, fault) : undefined;
    if (wrong !== undefined) writer.open(failed).raw(wrong).close();
    for (const avp of copied.get(PROXY_INFO) ?? []) writer.raw(avp);
    return writer.finish();
  }

  #origin(): AvpValues {
    const { host, realm, originState } = this.#identity;
    return { 'Origin-Host': host, 'Origin-Realm': realm, 'Origin-State-Id': originState };
  }

  #capabilities(localAddress: string, grouped: readonly number[] = []): AvpValues {
    const { product, applications } = this.#identity;
    const ofVendor = applications.filter((id) => id >= FIRST_VENDOR_APPLICATION && id !== 0xffff_ffff);
    const named = applications.filter((id) => ofVendor.includes(id) || grouped.includes(id));
    return {
      ...this.#origin(),
      'Host-IP-Address': localAddress,
      'Vendor-Id': NO_VENDOR,
      'Product-Name': product,
      'Supported-Vendor-Id': VENDOR_3GPP,
      'Auth-Application-Id': applications.filter((id) => !ofVendor.includes(id)),
      'Vendor-Specific-Application-Id': named.map((id) => ({ 'Vendor-Id': VENDOR_3GPP, 'Auth-Application-Id': id })),
    };
  }

  /** A message that the program makes itself: what is wrong with it is the program's mistake. */
  #built(input: MessageInput, values: AvpValues): Uint8Array {
    const built = buildMessage(this.#dictionary, this.#writer, input, values);
    if (!built.ok) throw new TypeError(built.refusals.map(({ message, at }) => `${at?.field ?? ''} ${message}`).join('; '));
    return built.value;
  }
}

/** What is wrong, and with which AVP. */
export function faultText(fault: NodeFault | DiameterFault): string {
  return 'path' in fault && fault.path !== '' ? `${fault.path}: ${fault.message}` : fault.message;
}

export function isProtocolError(error: ResultName | undefined): boolean {
  return error !== undefined && resultCodes[error] >= 3000 && resultCodes[error] < 4000;
}

/** The name in Session-Id, whatever else is in the message; empty without. */
export function sessionOf(message: Uint8Array): string {
  const [avp] = copies(message, [SESSION_ID]).get(SESSION_ID) ?? [];
  if (avp === undefined) return '';
  const view = new DataView(avp.buffer, avp.byteOffset, avp.byteLength);
  const cursor = new AvpCursor(view).enter(0, avp.length);
  return cursor.next() ? (readUtf8(view, cursor.from, cursor.to) ?? '') : '';
}

/** AVPs of the message by their code, headers and all; as many as stand before a length that cannot be. */
function copies(message: Uint8Array, codes: readonly number[]): Map<number, Uint8Array[]> {
  const found = new Map<number, Uint8Array[]>();
  const cursor = new AvpCursor(new DataView(message.buffer, message.byteOffset, message.byteLength)).enter(HEADER_BYTES, message.length);
  while (cursor.next()) {
    if (cursor.vendor !== 0 || !codes.includes(cursor.code)) continue;
    const avp = message.subarray(cursor.at, cursor.to);
    const list = found.get(cursor.code);
    if (list === undefined) found.set(cursor.code, [avp]);
    else list.push(avp);
  }
  return found;
}
