/** Many of one change in one request: a body a line (application/x-ndjson), and an answer or a problem a line, as they are done. */
import { Readable } from 'node:stream';
import type { Refusal } from '#core/refusals.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import type { KeptAnswer } from '#operations/repetitions/ports.ts';
import { readBody } from './body.ts';
import { LINES_TYPE } from './lines.ts';
import type { Operation } from './operation.ts';
import { problemOf } from './problem.ts';

export const MOST_BULK_BYTES = 32 * 1024 * 1024;
export const MOST_BULK_LINES = 10_000;
const LINE_FEED = 0x0a;

/** What is made or booked by a body of JSON, is done at once, and has a name of its own for each. */
export function takesMany({ kind, method, repetition, body, takesFile, status }: Operation): boolean {
  return kind === 'json' && method === 'POST' && repetition === 'key' && body !== undefined && takesFile !== true && status !== 202;
}

/** Types of the body that an operation reads, the usual one first. */
export function bodyTypesOf(operation: Operation): readonly [string, ...string[]] {
  if (operation.takesFile === true) return ['application/octet-stream'];
  if (operation.takesStream !== undefined) return [LINES_TYPE];
  return takesMany(operation) ? ['application/json', LINES_TYPE] : ['application/json'];
}

export function isBulk(contentType: string | undefined): boolean {
  return contentType?.split(';')[0]?.trim().toLowerCase() === LINES_TYPE;
}

/** Throws RefusedError (`api.body-too-large`). Empty lines are none. */
function* linesIn(content: Buffer): Generator<readonly [line: number, bytes: Buffer]> {
  for (let [from, line] = [0, 1]; from < content.length; line += 1) {
    const end = content.indexOf(LINE_FEED, from);
    const bytes = content.subarray(from, end < 0 ? content.length : end);
    from = end < 0 ? content.length : end + 1;
    if (bytes.some((byte) => byte > 0x20)) yield [line, bytes];
  }
}

/** Throws RefusedError (`api.body-too-large`, `api.body-malformed`) before anything is done. */
export function bulkLines(content: Buffer): readonly (readonly [line: number, bytes: Buffer])[] {
  const lines: (readonly [number, Buffer])[] = [];
  for (const line of linesIn(content)) {
    if (lines.length === MOST_BULK_LINES)
      throw new RefusedError(refuse('api.body-too-large', `there are more than ${MOST_BULK_LINES} lines: send them in several requests`));
    lines.push(line);
  }
  if (lines.length === 0) throw new RefusedError(refuse('api.body-malformed', 'there is no line'));
  return lines;
}

/** One after another, each by itself: what is refused leaves the others. `refusalsOf`: undefined for faults of ours, which end the answer. */
export function bulkAnswers(
  lines: readonly (readonly [line: number, bytes: Buffer])[],
  requestId: string,
  work: (line: number, body: unknown) => Promise<KeptAnswer>,
  refusalsOf: (error: unknown) => readonly [Refusal, ...Refusal[]],
): Readable {
  async function* answers(): AsyncGenerator<string> {
    for (const [line, bytes] of lines) yield `${await answerOf(line, bytes)}\n`;
  }
  const answerOf = async (line: number, bytes: Buffer): Promise<string> => {
    try {
      const { status, body } = await work(line, readBody(bytes));
      return `{"line":${line},"status":${status},"answer":${body}}`;
    } catch (error) {
      const [first, ...others] = refusalsOf(error);
      const problem = problemOf([first, ...others], requestId);
      return JSON.stringify({ line, status: problem.status, problem });
    }
  };
  return Readable.from(answers());
}
