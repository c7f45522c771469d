/** What a person has of Diameter, into messages: a capture, or octets of one message behind the other. */

import { type Frame, readCapture } from '../captures/capture-file.ts';
import { type Packet, readPacket } from '../captures/packets.ts';
import { SctpDirection } from '../captures/sctp.ts';
import { TcpDirection } from '../captures/tcp.ts';
import { ipv4Text, ipv6Text } from '../octet-texts.ts';
import { HEADER_BYTES, RESERVED_HEADER_BITS, readHeader, VERSION } from './header.ts';
import { DEFAULT_MOST_BYTES, MessageStream } from './stream.ts';

export interface FoundMessage {
  /** `192.0.2.10:40000 → 192.0.2.1:3868`; undefined where the input says nothing of it. */
  readonly from: string | undefined;
  /** Number of the frame that completed it, from 1. */
  readonly frame: number | undefined;
  readonly bytes: Uint8Array;
}

export interface InputFault {
  readonly from: string | undefined;
  readonly frame: number | undefined;
  readonly message: string;
}

export type Found = { readonly kind: 'message'; readonly message: FoundMessage } | { readonly kind: 'fault'; readonly fault: InputFault };

/** Directions of connections that are followed at the same time. */
const MOST_DIRECTIONS = 10_000;

interface Direction {
  readonly label: string;
  readonly tcp: TcpDirection;
  readonly sctp: SctpDirection;
  stream: MessageStream;
  /** Nothing that looks like Diameter has come yet. */
  searching: boolean;
}

/** Messages of a capture; undefined when the octets are none. What does not look like Diameter is passed over. */
export function messagesOfCapture(bytes: Uint8Array): Generator<Found, void, undefined> | undefined {
  const frames = readCapture(bytes);
  return frames === undefined ? undefined : follow(frames);
}

function* follow(frames: Iterable<Frame>): Generator<Found, void, undefined> {
  const directions = new Map<string, Direction>();
  let frame = 0;
  for (const one of frames) {
    frame += 1;
    const packet = readPacket(one);
    if (packet === undefined) continue;
    const direction = directionOf(packet, directions);
    if (direction === undefined) continue;
    if (packet.protocol === 'tcp')
      for (const { data, afterGap } of direction.tcp.push(packet.view)) yield* read(direction, data, afterGap, frame);
    else for (const data of direction.sctp.push(packet.view)) if (looksRight(data, 0)) yield found(direction.label, frame, data);
  }
  for (const direction of directions.values()) {
    for (const { data, afterGap } of direction.tcp.finish()) yield* read(direction, data, afterGap, frame);
    if (direction.stream.waiting > 0)
      yield fault(direction.label, undefined, `the capture ends in a message of which ${direction.stream.waiting} octets are there`);
  }
}

function directionOf(packet: Packet, directions: Map<string, Direction>): Direction | undefined {
  const [source, destination] = [packet.view.getUint16(0), packet.view.getUint16(2)];
  const key = `${packet.protocol} ${packet.source} ${source} ${packet.destination} ${destination}`;
  const known = directions.get(key);
  if (known !== undefined || directions.size >= MOST_DIRECTIONS) return known;
  const direction = {
    label: `${hostText(packet.source)}:${source} → ${hostText(packet.destination)}:${destination} ${packet.protocol}`,
    tcp: new TcpDirection(),
    sctp: new SctpDirection(),
    stream: new MessageStream(),
    searching: true,
  };
  directions.set(key, direction);
  return direction;
}

function hostText(hex: string): string {
  const view = new DataView(Uint8Array.from(hex.match(/../g) ?? [], (octet) => Number.parseInt(octet, 16)).buffer);
  return view.byteLength === 4 ? ipv4Text(view, 0) : `[${ipv6Text(view, 0)}]`;
}

/** A capture may begin in the middle of a message, or lose a part: then a segment is looked for that begins with a header. */
function* read(direction: Direction, data: Uint8Array, afterGap: boolean, frame: number): Generator<Found, void, undefined> {
  if (afterGap && !direction.searching) yield fault(direction.label, frame, 'the capture has lost octets of the connection in front of it');
  if (afterGap) lose(direction);
  if (direction.searching) {
    if (!couldBegin(data)) return;
    direction.searching = false;
  }
  for (const bytes of direction.stream.push(data)) yield found(direction.label, frame, bytes);
  if (direction.stream.fault !== undefined) {
    yield fault(
      direction.label,
      frame,
      `${direction.stream.fault.error}: ${direction.stream.fault.message}; the rest of the segment is passed over`,
    );
    lose(direction);
  }
}

function lose(direction: Direction): void {
  direction.stream = new MessageStream();
  direction.searching = true;
}

const found = (from: string | undefined, frame: number | undefined, bytes: Uint8Array): Found => ({
  kind: 'message',
  message: { from, frame, bytes },
});
const fault = (from: string | undefined, frame: number | undefined, message: string): Found => ({
  kind: 'fault',
  fault: { from, frame, message },
});

/** As far as its octets go. */
function couldBegin(data: Uint8Array): boolean {
  if (data.length >= HEADER_BYTES) return looksRight(data, 0);
  return data[0] === VERSION && data.length > 0;
}

function looksRight(data: Uint8Array, at: number): boolean {
  const header = readHeader(new DataView(data.buffer, data.byteOffset, data.byteLength), at);
  if (header === undefined) return false;
  const { version, length, flags } = header;
  return (
    version === VERSION &&
    (flags & RESERVED_HEADER_BITS) === 0 &&
    length % 4 === 0 &&
    length >= HEADER_BYTES &&
    length <= DEFAULT_MOST_BYTES
  );
}

/**
 * Messages of octets that a text had. A block that begins with no header of Diameter may be a whole frame, as tshark prints it.
 */
export function messagesOfBlocks(blocks: readonly Uint8Array[]): readonly Found[] {
  if (!blocks.some((block) => looksRight(block, 0))) {
    const carried = [...follow(blocks.map((data) => ({ link: 1, data })))];
    if (carried.length > 0) return carried;
  }
  return blocks.flatMap((block) => [...messagesOfOctets(block)]);
}

/** Octets of one message behind the other. What is left at the end, or is no message, is the last, so that its faults are shown. */
function* messagesOfOctets(bytes: Uint8Array): Generator<Found, void, undefined> {
  let at = 0;
  while (at < bytes.length) {
    const header = readHeader(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), at);
    const whole = header !== undefined && header.version === VERSION && header.length >= HEADER_BYTES && header.length % 4 === 0;
    const end = whole ? Math.min(at + header.length, bytes.length) : bytes.length;
    yield found(undefined, undefined, bytes.subarray(at, end));
    at = end;
  }
}
