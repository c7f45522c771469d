/**
 * Statements that are prepared, as octets in one piece: a Bind and an Execute for each, and one Sync behind them (PostgreSQL's documentation, "Message Formats"). The driver makes
 * a piece of each message, which grows with its values, and the socket takes them one by one.
 */
import type { Step } from './pipeline.ts';

const [BIND, EXECUTE, SYNC] = [0x42, 0x45, 0x53];
const [TEXT, BINARY] = [0, 1];
/** Its kind and length. */
const HEAD_BYTES = 5;
/** Of a Bind without the statement's name and its values: the ends of both names, how many formats, values and formats of what comes back, and that one. */
const BIND_BYTES = HEAD_BYTES + 2 + 8;
/** Of each value its format and length. */
const VALUE_BYTES = 6;
/** Portal and how many rows. */
const EXECUTE_BYTES = HEAD_BYTES + 5;

/** Numbers and texts are sent as text, Buffers as binary; what comes back is text. */
export function pipelineMessage(steps: readonly Step[]): Buffer {
  const values = steps.map((step) => step.values.map(octetsOf));
  const message = Buffer.allocUnsafe(
    steps.reduce((sum, step, index) => sum + bindBytes(step, values[index] ?? []) + EXECUTE_BYTES, HEAD_BYTES),
  );
  let at = 0;
  for (const [index, step] of steps.entries()) {
    at = writeBind(message, at, step, values[index] ?? []);
    at = writeExecute(message, at);
  }
  writeHead(message, at, SYNC, HEAD_BYTES);
  return message;
}

function octetsOf(value: Step['values'][number]): Buffer {
  return Buffer.isBuffer(value) ? value : Buffer.from(String(value));
}

function bindBytes({ statement }: Step, values: readonly Buffer[]): number {
  return values.reduce((sum, { length }) => sum + VALUE_BYTES + length, BIND_BYTES + statement.name.length);
}

/** `values`: those of the step as octets. Returns what is behind it. */
function writeBind(message: Buffer, from: number, step: Step, values: readonly Buffer[]): number {
  let at = writeHead(message, from, BIND, bindBytes(step, values));
  message[at] = 0; // a portal without a name
  at += 1 + message.write(step.statement.name, at + 1, 'latin1');
  message[at] = 0;
  at = message.writeInt16BE(values.length, at + 1);
  for (const value of step.values) at = message.writeInt16BE(Buffer.isBuffer(value) ? BINARY : TEXT, at);
  at = message.writeInt16BE(values.length, at);
  for (const value of values) {
    at = message.writeInt32BE(value.length, at);
    at += value.copy(message, at);
  }
  return message.writeInt16BE(TEXT, message.writeInt16BE(1, at));
}

function writeExecute(message: Buffer, from: number): number {
  const at = writeHead(message, from, EXECUTE, EXECUTE_BYTES);
  message[at] = 0;
  return message.writeInt32BE(0, at + 1); // all rows
}

function writeHead(message: Buffer, at: number, kind: number, octets: number): number {
  message[at] = kind;
  return message.writeInt32BE(octets - 1, at + 1);
}
