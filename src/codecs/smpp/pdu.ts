/** PDUs of SMPP 3.4 as a client (ESME) writes and reads them. Bytes to typed messages and back; no sockets. */

export const commands = {
  generic_nack: 0x80000000,
  bind_transmitter: 0x02,
  bind_transmitter_resp: 0x80000002,
  submit_sm: 0x04,
  submit_sm_resp: 0x80000004,
  deliver_sm: 0x05,
  deliver_sm_resp: 0x80000005,
  unbind: 0x06,
  unbind_resp: 0x80000006,
  bind_transceiver: 0x09,
  bind_transceiver_resp: 0x80000009,
  enquire_link: 0x15,
  enquire_link_resp: 0x80000015,
} as const;
export type CommandName = keyof typeof commands;

/** SMPP 3.4 §5.1.3, those that change what is done about them. */
export const statuses = {
  ESME_ROK: 0x00,
  ESME_RINVCMDLEN: 0x02,
  ESME_RINVCMDID: 0x03,
  ESME_RINVBNDSTS: 0x04,
  ESME_RALYBND: 0x05,
  ESME_RSYSERR: 0x08,
  ESME_RINVDSTADR: 0x0b,
  ESME_RBINDFAIL: 0x0d,
  ESME_RINVPASWD: 0x0e,
  ESME_RINVSYSID: 0x0f,
  ESME_RMSGQFUL: 0x14,
  ESME_RSUBMITFAIL: 0x45,
  ESME_RTHROTTLED: 0x58,
  ESME_RX_T_APPN: 0x64,
} as const;

/** Its name, or the number. */
export function statusName(status: number): string {
  return Object.entries(statuses).find(([, code]) => code === status)?.[0] ?? `status 0x${status.toString(16).padStart(8, '0')}`;
}

export const HEADER_OCTETS = 16;
/** A PDU is shorter than this, or it is none. */
export const MOST_OCTETS = 65_536;

export interface Bind {
  readonly systemId: string;
  readonly password: string;
  /** With receipts: transceiver; else transmitter. */
  readonly receives: boolean;
}

export interface Address {
  /** Type of number and numbering plan (§5.2.5, §5.2.6). */
  readonly ton: number;
  readonly npi: number;
  readonly digits: string;
}

export interface Submit {
  readonly source: Address;
  readonly destination: Address;
  /** The user data begins with a header. */
  readonly hasHeader: boolean;
  readonly wantsReceipt: boolean;
  readonly dataCoding: number;
  readonly content: Uint8Array;
}

/** A number is international, a name alphanumeric, few digits a short code. */
export function addressOf(text: string): Address {
  const digits = text.replace(/^\+/, '');
  if (!/^\d+$/.test(digits)) return { ton: 5, npi: 0, digits: text };
  return digits.length <= 6 ? { ton: 3, npi: 0, digits } : { ton: 1, npi: 1, digits };
}

export function encodeBind(sequence: number, { systemId, password, receives }: Bind): Uint8Array {
  const body = [...cOctets(systemId, 15), ...cOctets(password, 8), 0, 0x34, 0, 0, 0];
  return pdu(receives ? 'bind_transceiver' : 'bind_transmitter', 0, sequence, Uint8Array.from(body));
}

/** §4.4.1. What is left out has its default. */
export function encodeSubmit(sequence: number, { source, destination, hasHeader, wantsReceipt, dataCoding, content }: Submit): Uint8Array {
  if (content.length > 254) throw new RangeError('a short message has at most 254 octets');
  const body = [
    0, // service_type
    ...[source.ton, source.npi, ...cOctets(source.digits, 20)],
    ...[destination.ton, destination.npi, ...cOctets(destination.digits, 20)],
    ...[hasHeader ? 0x40 : 0, 0, 0], // esm_class, protocol_id, priority_flag
    ...[0, 0], // schedule_delivery_time, validity_period
    ...[wantsReceipt ? 1 : 0, 0, dataCoding, 0, content.length],
    ...content,
  ];
  return pdu('submit_sm', 0, sequence, Uint8Array.from(body));
}

/** enquire_link, unbind, and answers without a body; deliver_sm_resp has an empty message_id. */
export function encodePlain(name: CommandName, sequence: number, status = 0): Uint8Array {
  return pdu(name, status, sequence, name === 'deliver_sm_resp' ? Uint8Array.of(0) : new Uint8Array());
}

function pdu(name: CommandName, status: number, sequence: number, body: Uint8Array): Uint8Array {
  const octets = new Uint8Array(HEADER_OCTETS + body.length);
  const view = new DataView(octets.buffer);
  view.setUint32(0, octets.length);
  view.setUint32(4, commands[name]);
  view.setUint32(8, status);
  view.setUint32(12, sequence);
  octets.set(body, HEADER_OCTETS);
  return octets;
}

/** Printable ASCII, ended by a zero octet. Throws RangeError for what does not fit. */
function cOctets(text: string, most: number): readonly number[] {
  if (text.length > most || !/^[\x20-\x7e]*$/.test(text))
    throw new RangeError(`"${text.slice(0, 8)}…" has more than ${most} characters, or others than ASCII`);
  return [...text].map((character) => character.charCodeAt(0)).concat(0);
}

export interface Header {
  /** Undefined: none that a client knows. */
  readonly command: CommandName | undefined;
  readonly id: number;
  readonly status: number;
  readonly sequence: number;
}

export type Pdu =
  | (Header & { readonly kind: 'plain' })
  /** message_id is empty where the status is not 0. */
  | (Header & { readonly kind: 'submit-resp'; readonly messageId: string })
  | (Header & { readonly kind: 'deliver'; readonly deliver: Deliver });

export interface Deliver {
  readonly source: string;
  readonly destination: string;
  readonly esmClass: number;
  readonly dataCoding: number;
  readonly content: Uint8Array;
  /** Optional parameters, by tag. */
  readonly optional: ReadonlyMap<number, Uint8Array>;
}

/** The length that a PDU states; undefined while its header is not all there. It may be one that cannot be. */
export function statedLength(octets: Uint8Array): number | undefined {
  if (octets.length < 4) return undefined;
  return new DataView(octets.buffer, octets.byteOffset, octets.byteLength).getUint32(0);
}

/** One whole PDU. Undefined: its body is not what its header says (answer ESME_RINVCMDLEN). */
export function decodePdu(octets: Uint8Array): Pdu | { readonly kind: 'faulty'; readonly sequence: number; readonly id: number } {
  const view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength);
  const [id, status, sequence] = [view.getUint32(4), view.getUint32(8), view.getUint32(12)];
  const command = names.get(id);
  const header: Header = { command, id, status, sequence };
  const reader = new Reader(octets.subarray(HEADER_OCTETS));
  const faulty = { kind: 'faulty', sequence, id } as const;
  switch (command) {
    case 'submit_sm_resp': {
      // With an error the body may be left out (§4.4.2).
      const messageId = reader.isAtEnd ? '' : reader.text(65);
      return messageId === undefined ? faulty : { ...header, kind: 'submit-resp', messageId };
    }
    case 'deliver_sm': {
      const deliver = readDeliver(reader);
      return deliver === undefined ? faulty : { ...header, kind: 'deliver', deliver };
    }
    default:
      return { ...header, kind: 'plain' };
  }
}

const names: ReadonlyMap<number, CommandName> = new Map(Object.entries(commands).map(([name, id]) => [id, name as CommandName])); // keys of commands

function readDeliver(reader: Reader): Deliver | undefined {
  const serviceType = reader.text(6);
  reader.skip(2);
  const source = reader.text(21);
  reader.skip(2);
  const destination = reader.text(21);
  const esmClass = reader.octet();
  reader.skip(2);
  const [scheduled, validity] = [reader.text(17), reader.text(17)];
  reader.skip(2);
  const dataCoding = reader.octet();
  reader.skip(1);
  const length = reader.octet();
  const content = length === undefined ? undefined : reader.take(length);
  if (serviceType === undefined || source === undefined || destination === undefined || scheduled === undefined || validity === undefined)
    return undefined;
  if (esmClass === undefined || dataCoding === undefined || content === undefined) return undefined;
  const optional = new Map<number, Uint8Array>();
  while (!reader.isAtEnd) {
    const [tag, size] = [reader.pair(), reader.pair()];
    const value = tag === undefined || size === undefined ? undefined : reader.take(size);
    if (tag === undefined || value === undefined) return undefined;
    optional.set(tag, value);
  }
  return { source, destination, esmClass, dataCoding, content, optional };
}

/** Reads a body; each read beyond its end is undefined, and so is everything after it. */
class Reader {
  readonly #octets: Uint8Array;
  #at = 0;

  constructor(octets: Uint8Array) {
    this.#octets = octets;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#octets.length;
  }

  octet(): number | undefined {
    return this.take(1)?.[0];
  }

  pair(): number | undefined {
    const octets = this.take(2);
    return octets === undefined ? undefined : ((octets[0] ?? 0) << 8) | (octets[1] ?? 0);
  }

  skip(count: number): void {
    this.take(count);
  }

  take(count: number): Uint8Array | undefined {
    const from = this.#at;
    this.#at += count;
    return this.#at > this.#octets.length ? undefined : this.#octets.subarray(from, this.#at);
  }

  /** Up to a zero octet, at most so many with it. */
  text(most: number): string | undefined {
    const end = this.#octets.indexOf(0, this.#at);
    if (end < 0 || end - this.#at >= most) {
      this.#at = Number.MAX_SAFE_INTEGER;
      return undefined;
    }
    const text = String.fromCharCode(...this.#octets.subarray(this.#at, end));
    this.#at = end + 1;
    return text;
  }
}
