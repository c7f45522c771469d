/** Packets to octets. */
import { HEADER_OCTETS, MESSAGE_AUTHENTICATOR, MOST_OCTETS, VENDOR_SPECIFIC } from './packet.ts';

const MOST_VALUE = 253;

/** Writes one packet; its authenticators are left zero for whoever has the secret. */
export class PacketWriter {
  readonly #octets = new Uint8Array(MOST_OCTETS);
  readonly #view = new DataView(this.#octets.buffer);
  #length = HEADER_OCTETS;

  constructor(code: number, identifier: number) {
    this.#view.setUint8(0, code);
    this.#view.setUint8(1, identifier);
  }

  /** False when it does not fit: a value has 253 octets at most, 247 of a vendor, a packet 4,096. */
  octets(code: number, value: Uint8Array, vendor = 0): boolean {
    const head = vendor === 0 ? 2 : 8;
    if (value.length > MOST_VALUE + 2 - head || this.#length + head + value.length > MOST_OCTETS) return false;
    if (vendor === 0) {
      this.#octet(code).#octet(head + value.length);
    } else {
      this.#octet(VENDOR_SPECIFIC).#octet(head + value.length);
      this.#view.setUint32(this.#length, vendor);
      this.#length += 4;
      this.#octet(code).#octet(2 + value.length);
    }
    this.#octets.set(value, this.#length);
    this.#length += value.length;
    return true;
  }

  integer(code: number, value: number, vendor = 0): boolean {
    const octets = new Uint8Array(4);
    new DataView(octets.buffer).setUint32(0, value);
    return this.octets(code, octets, vendor);
  }

  /** Sixteen zeros, for the sum. */
  messageAuthenticator(): boolean {
    return this.octets(MESSAGE_AUTHENTICATOR, new Uint8Array(16));
  }

  /** The packet; nothing more may be written. */
  finish(): Uint8Array {
    this.#view.setUint16(2, this.#length);
    return this.#octets.slice(0, this.#length);
  }

  #octet(value: number): this {
    this.#view.setUint8(this.#length, value);
    this.#length += 1;
    return this;
  }
}
