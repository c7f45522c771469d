/** Prices events without booking them: `carillon rate`. */
import { createReadStream } from 'node:fs';
import type { CompiledBook } from '#core/rating/compile-book.ts';
import { ratedEventJson } from '#core/rating/rated-event-json.ts';
import { RatingRun } from '#core/rating/rating-run.ts';
import { formatRefusal, type Refusal, RefusedError, refuse, valueOrThrow } from '#core/refusals.ts';
import type { Book } from '#core/tariffs/book.ts';
import type { UsageEvent } from '#core/usage/usage-event.ts';
import { parseUsageEvent } from '#core/usage/usage-event-json.ts';
import { type Line, readLines } from '#gateways/files/lines.ts';
import { loadBook } from '#storage/configuration/load-book.ts';
import { compileConfiguration, readConfiguration } from './configuration.ts';
import { type InstallationOptions, withInstallation } from './installation.ts';

export interface RateOptions {
  /** Folder of configuration files; undefined: the database. */
  readonly config: string | undefined;
  /** File of events, one JSON object a line; `-` for standard input. */
  readonly events: string;
  /** Microseconds: prices by what the database knew then. */
  readonly knownAtMicros: number | undefined;
  readonly explain: boolean;
  readonly installation: InstallationOptions;
  /** Takes a sentence about what cannot be priced, before the first event is. */
  readonly onNotice: (notice: string) => void;
}

export interface RateCounts {
  readonly read: number;
  readonly rated: number;
  readonly held: number;
  readonly rejected: number;
}

/** Prices every event of the input and writes one JSON line for each. Read = rated + held + rejected. */
export async function rateEvents(options: RateOptions, write: (line: string) => void | Promise<void>): Promise<RateCounts> {
  const book = await readBook(options);
  const compiled = valueOrThrow(compileConfiguration(book));
  return rateInput(compiled, options, write);
}

async function readBook({ config, knownAtMicros, installation, onNotice }: RateOptions): Promise<Book> {
  if (config !== undefined) {
    const { book } = valueOrThrow(readConfiguration(config));
    const bare = book.tariffs.filter(({ ratesBy, rates }) => ratesBy === 'sheets' && rates.length === 0).map(({ id }) => id);
    if (bare.length > 0)
      onNotice(
        `without a rate here: ${bare.join(', ')} (ratesBy: sheets); rates from sheets are in the database only, leave out --config to use them`,
      );
    return book;
  }
  return withInstallation(installation, ({ database }) => loadBook(database, knownAtMicros));
}

async function rateInput(
  book: CompiledBook,
  { events, explain }: RateOptions,
  write: (line: string) => void | Promise<void>,
): Promise<RateCounts> {
  const counts = { read: 0, rated: 0, held: 0, rejected: 0 };
  const run = new RatingRun(book, explain);
  const put = async (event: UsageEvent, rated: ReturnType<RatingRun['rate']>): Promise<void> => {
    if (rated === undefined) return;
    counts[rated.kind] += 1;
    await write(JSON.stringify(ratedEventJson(event.id, event.service, rated)));
  };
  for await (const { number, text } of linesOf(events)) {
    counts.read += 1;
    const parsed = text === undefined ? { ok: false as const, refusals: [tooLong] } : parseUsageEvent(text);
    if (parsed.ok) {
      await put(parsed.value, run.rate(parsed.value));
      continue;
    }
    counts.rejected += 1;
    const faults = parsed.refusals.map((refusal) => formatRefusal({ ...refusal, at: { ...refusal.at, file: events, line: number } }));
    await write(JSON.stringify({ line: number, status: 'rejected', faults }));
  }
  for (const [event, rated] of run.finish()) await put(event, rated);
  return counts;
}

const tooLong: Refusal = refuse('usage.event-invalid', 'the line is longer than 1 MiB');

/** Throws RefusedError (`usage.file-unreadable`) when the file is not there or cannot be read to its end. */
async function* linesOf(path: string): AsyncGenerator<Line> {
  const input = path === '-' ? process.stdin : createReadStream(path);
  try {
    yield* readLines(input);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new RefusedError(refuse('usage.file-unreadable', `the file cannot be read: ${error.message}`, { file: path }));
  }
}
