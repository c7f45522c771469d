/** Messages between engines: four octets of length, and the message as V8 writes data, with whole numbers of any size. Only after the key was shown. */
import { deserialize, serialize } from 'node:v8';

const LENGTH_BYTES = 4;
/** A request has some kilobytes. */
export const MOST_FRAME_BYTES = 1_048_576;

export function frameOf(message: unknown): Buffer {
  const data = serialize(message);
  const frame = Buffer.allocUnsafe(LENGTH_BYTES + data.length);
  frame.writeUInt32BE(data.length, 0);
  data.copy(frame, LENGTH_BYTES);
  return frame;
}

/** Takes pieces as they come and gives whole messages. Throws a RangeError for one that is too long. */
export class FrameReader {
  #kept: Buffer = Buffer.alloc(0);

  push(piece: Buffer): unknown[] {
    this.#kept = this.#kept.length === 0 ? piece : Buffer.concat([this.#kept, piece]);
    const messages: unknown[] = [];
    let at = 0;
    while (this.#kept.length >= at + LENGTH_BYTES) {
      const length = this.#kept.readUInt32BE(at);
      if (length > MOST_FRAME_BYTES) throw new RangeError(`a message of ${length} octets`);
      if (this.#kept.length < at + LENGTH_BYTES + length) break;
      messages.push(deserialize(this.#kept.subarray(at + LENGTH_BYTES, at + LENGTH_BYTES + length)));
      at += LENGTH_BYTES + length;
    }
    this.#kept = this.#kept.subarray(at);
    return messages;
  }
}
