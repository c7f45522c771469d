/** The event that records in the archive make today: one record, or the parts of a call. */
import { RefusedError, refuse } from '#core/refusals.ts';
import { compareParts, missingOf, partsOfSource, type WaitingKind, type WaitingPart } from '#core/usage/correlation.ts';
import type { UsageEvent } from '#core/usage/usage-event.ts';
import { mergeParts, type ReadPart } from '#pipeline/correlating/merge-parts.ts';
import type { EventPart } from '#pipeline/correlating/ports.ts';
import { PartReader } from '#pipeline/correlating/read-parts.ts';
import { openNormaliser } from '#pipeline/normalise.ts';
import { type Configuration, rateFirst, readRecord } from '#pipeline/read-record.ts';
import { textAgain } from '#pipeline/record-again.ts';
import type { ReopenedFile } from '#pipeline/retry-records.ts';

export interface ComposedAgain {
  readonly event: UsageEvent;
  /** The part that begins the call. */
  readonly base: EventPart;
  readonly endMicros: number;
  /** What of the call is not there, in words. */
  readonly missing: string | undefined;
}

type Reopen = (fileId: number) => Promise<ReopenedFile>;

/** Throws RefusedError (`usage.correction-unratable`) when it cannot be read, or not be priced. */
export async function composeEvent(parts: readonly EventPart[], configuration: Configuration, reopen: Reopen): Promise<ComposedAgain> {
  const [only] = parts;
  const composed =
    only?.kind === 'single' ? await composeRecord(only, configuration, reopen) : await composeCall(parts, configuration, reopen);
  const rated = rateFirst(configuration.compiled, composed.event);
  if (rated.kind === 'held') throw unratable(`${rated.reason}, ${rated.detail}`);
  return composed;
}

async function composeRecord(record: EventPart, configuration: Configuration, reopen: Reopen): Promise<ComposedAgain> {
  const { source, decoder, read: readBytes } = await reopen(record.fileId);
  const text = await textAgain((from, length) => readBytes(from, length), source, record.byteFrom, record.byteLength);
  const { compiled, correlations } = configuration;
  const rule = partsOfSource(correlations, source.id);
  const read = readRecord(text, true, decoder, openNormaliser(source, compiled), compiled, rule, record.corrected);
  if (read.kind === 'skipped') throw unratable('the format passes over records of its type');
  if (read.kind !== 'rated') throw unratable(`${read.reason}, ${read.detail}`);
  const event = { ...read.event, id: record.key };
  return { event, base: record, endMicros: event.startMicros + event.durationMicros, missing: undefined };
}

async function composeCall(parts: readonly EventPart[], configuration: Configuration, reopen: Reopen): Promise<ComposedAgain> {
  const waiting: WaitingPart[] = [];
  const drafts = new Map<number, ReadPart>();
  const known = parts.flatMap((part) => (part.kind === 'single' ? [] : [{ ...part, kind: part.kind satisfies WaitingKind }]));
  for (const [id, read] of await new PartReader(configuration, reopen).read(known)) {
    if (typeof read === 'string') throw unratable(read);
    drafts.set(id, read);
    const { startMicros, durationMicros, answered, service } = read.draft;
    const sequence = parts.find((part) => part.id === id)?.sequence;
    const voice = service === 'voice';
    waiting.push({ id, kind: read.kind, sequence, startMicros, durationMicros, answered, voice, arrivedMicros: 0 });
  }
  waiting.sort(compareParts);
  const inOrder = waiting.flatMap(({ id }) => drafts.get(id) ?? []);
  const first = waiting.find(({ kind }) => kind === 'start' || kind === 'a') ?? waiting[0];
  const base = parts.find(({ id }) => id === first?.id);
  if (base === undefined) throw new Error('an event without parts');
  const { event, hold } = mergeParts(inOrder);
  if (hold !== undefined) throw unratable(`${hold.reason}, ${hold.detail}`);
  const endMicros = waiting.reduce((end, part) => Math.max(end, part.startMicros + part.durationMicros), event.startMicros);
  return { event, base, endMicros, missing: missingOf(waiting) };
}

function unratable(why: string): RefusedError {
  return new RefusedError(refuse('usage.correction-unratable', `nothing is changed: it could not be charged then: ${why}`));
}
