/** `carillon usage trace`: one record of a file at each step, without booking anything. */
import type { UsageDraft } from '#codecs/cdr/draft.ts';
import { families } from '#codecs/cdr/families.ts';
import { type InspectedRecord, makeInspector } from '#codecs/cdr/inspect-record.ts';
import { textOfBytes } from '#codecs/cdr/text-of-bytes.ts';
import type { HeldReason, RatedEvent } from '#core/rating/charge.ts';
import { rateEvent } from '#core/rating/rate-event.ts';
import type { HoldReason } from '#core/refusals/usage.ts';
import { RefusedError, refuse, valueOrThrow } from '#core/refusals.ts';
import type { Source } from '#core/usage/source.ts';
import type { UsageEvent } from '#core/usage/usage-event.ts';
import { openNormaliser } from '#pipeline/normalise.ts';
import { RecordStream, readHead } from '#pipeline/record-stream.ts';
import { findStoredKey, type StoredKey } from '#storage/usage/find-key.ts';
import { openContent } from '../file-content.ts';
import { currentConfiguration, findSource } from './configuration.ts';
import type { UsageHome } from './home.ts';

export interface TraceRequest {
  readonly file: string;
  readonly source: string;
  /** One of both, from 1: a line of the file, headers counted; or a record. */
  readonly line?: number;
  readonly record?: number;
}

/** A value that normalising changed, and by which rule. */
export interface NormalisedValue {
  readonly what: 'calling' | 'called' | 'trunk in' | 'trunk out';
  readonly from: string;
  readonly to: string;
  readonly why: string;
}

export interface RollupPlace {
  readonly leg: 'in' | 'out';
  readonly agreement: string;
  readonly role: string;
  readonly day: string;
  readonly tariff: string;
  readonly rateId: number | undefined;
  readonly destination: string;
  readonly band: string | undefined;
  readonly currency: string;
}

export interface TracedRecord {
  readonly file: string;
  readonly source: string;
  readonly record: number;
  /** Undefined where records are not found by lines. */
  readonly line: number | undefined;
  readonly byteFrom: number;
  /** Text, or for binary families one character a byte. */
  readonly raw: string;
  readonly inspected: InspectedRecord;
  /** What the rest needs and a rejected or skipped record does not have. */
  readonly normalised: readonly NormalisedValue[];
  readonly event: UsageEvent | undefined;
  readonly enriching: readonly (readonly [what: string, found: string])[];
  readonly held: { readonly reason: HoldReason | HeldReason; readonly detail: string } | undefined;
  readonly rated: RatedEvent | undefined;
  readonly rollups: readonly RollupPlace[];
  /** Records in the books with the same key. */
  readonly stored: readonly StoredKey[];
}

/**
 * Throws RefusedError: an unknown source, a file that cannot be read, no such line or record (`usage.record-unknown`), faults
 * of the configuration. Counters read as 0: with tiers, the amount is that of the first event of the period.
 */
export async function traceRecord({ database }: UsageHome, request: TraceRequest): Promise<TracedRecord> {
  const source = await findSource(database, request.source);
  const { compiled } = await currentConfiguration(database, [source.id]);
  const found = await findRecord(request, source);
  const { decoded } = found.inspected;
  const nothing = { normalised: [], event: undefined, enriching: [], held: undefined, rated: undefined, rollups: [], stored: [] };
  if (decoded.kind !== 'draft') return { ...found, ...nothing };
  const normaliser = openNormaliser(source, compiled);
  const { event, hold } = normaliser.normalise(decoded.draft);
  const held = decoded.hold ?? hold;
  const rated = held === undefined ? rateEvent(compiled, event, () => 0n, true) : undefined;
  const stored = await findStoredKey(database.pool, source.id, event.id, event.startMicros);
  return {
    ...found,
    normalised: changes(decoded.draft, event, normaliser.readingOf(decoded.draft).whose),
    event,
    enriching: findings(event),
    held: held ?? (rated?.kind === 'held' ? { reason: rated.reason, detail: rated.detail } : undefined),
    rated,
    rollups: rated?.kind === 'rated' ? rated.charges.map(rollupOf) : [],
    stored,
  };
}

type Found = Pick<TracedRecord, 'file' | 'source' | 'record' | 'line' | 'byteFrom' | 'raw' | 'inspected'>;

async function findRecord({ file, line: wantedLine, record: wanted }: TraceRequest, source: Source): Promise<Found> {
  const inspector = valueOrThrow(makeInspector(source));
  const content = openContent(file);
  const head = await readHead(content, source);
  if ('code' in head) throw new RefusedError({ ...head, at: { file, ...head.at } });
  if (head.headerLine !== undefined) valueOrThrow(inspector.header(head.headerLine));
  const stream = new RecordStream(content, source, head, head.bodyFrom);
  let record = 0;
  let line = source.skipLines + (source.header ? 1 : 0);
  const inLines = source.family === 'delimited' || source.family === 'fixed';
  try {
    for (;;) {
      const next = stream.next();
      if (!(next === true || (await next))) break;
      const { splitter, byteFrom, tooLong } = stream;
      record += 1;
      const firstLine = line + 1;
      line += Math.max(1, splitter.text.split('\n').length);
      if (wanted === undefined ? (wantedLine ?? 0) < firstLine || (wantedLine ?? 0) > line : record !== wanted) continue;
      const raw = splitter.text;
      const inspected: InspectedRecord =
        tooLong === undefined ? inspector.inspect(raw, splitter.ended) : { decoded: tooLong, fields: [], empty: [], unmapped: [] };
      const text = families[source.family].binary
        ? Buffer.from(raw.replace(/[\u0100-\uffff]$/, ''), 'latin1').toString('hex')
        : (textOfBytes(raw, source.encoding) ?? raw);
      return { file, source: source.id, record, line: inLines ? firstLine : undefined, byteFrom, raw: text, inspected };
    }
  } finally {
    await stream.close();
  }
  const what = wanted === undefined ? `record in line ${wantedLine}` : `record ${wanted}`;
  throw new RefusedError(
    refuse('usage.record-unknown', `the file has no ${what}: it has ${record} records, the last in line ${line}`, { file }),
  );
}

export function changes(draft: UsageDraft, event: UsageEvent, whose: string): readonly NormalisedValue[] {
  const natures = draft.marks;
  const number = (what: 'calling' | 'called', from: string, to: string, nature: string | undefined): NormalisedValue[] => {
    const said = nature === undefined || nature === '' ? '' : `nature of address ${nature}; `;
    return from === to ? [] : [{ what, from, to, why: `${said}${whose}` }];
  };
  const trunk = (what: 'trunk in' | 'trunk out', from: string, to: string | undefined): NormalisedValue[] =>
    from === '' || from === to ? [] : [{ what, from, to: to ?? '', why: 'a name or host of the trunk' }];
  return [
    ...trunk('trunk in', draft.trunkIn, event.trunkIn),
    ...trunk('trunk out', draft.trunkOut, event.trunkOut),
    ...number('calling', draft.calling, event.calling ?? '', natures?.callingNature),
    ...number('called', draft.called, event.called, natures?.calledNature),
  ];
}

/** What each look-up found, in words. */
export function findings({ enriched = {}, called, calling, cause }: UsageEvent): readonly (readonly [string, string])[] {
  const { tag, sender, withheld, numberTable, owner, routing, callingOwner, country, callType, causeClass, place, network, tadig, bins } =
    enriched;
  const rows: (readonly [string, string | undefined])[] = [
    ['technical prefix', tag],
    ['sender', sender],
    ['caller withheld', withheld === true ? 'priced with, shown masked' : undefined],
    [
      'number table',
      numberTable === undefined
        ? undefined
        : `${numberTable}: ${called}${owner === undefined ? '' : ` is of ${owner}`}${routing === undefined ? '' : `, routed to ${routing}`}`,
    ],
    ['caller’s owner', callingOwner === undefined ? undefined : `${calling} is of ${callingOwner}`],
    ['country', country],
    ['call type', callType],
    ['cause class', causeClass === undefined ? undefined : `${causeClass}${cause === undefined ? '' : ` (cause ${cause})`}`],
    ['place', place],
    ['network', network],
    ['TADIG', tadig],
    ['bins', bins?.join(', ')],
  ];
  return rows.flatMap(([what, found]): (readonly [string, string])[] => (found === undefined ? [] : [[what, found]]));
}

function rollupOf(charge: Extract<RatedEvent, { kind: 'rated' }>['charges'][number]): RollupPlace {
  const { leg, agreement, role, day, tariff, rateId, destination, band, currency } = charge;
  return { leg, agreement, role, day, tariff, rateId, destination, band, currency };
}
