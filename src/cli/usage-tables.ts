/** How records, files and suspense look on the terminal. */

import type { CorrelateCounts } from '#app/usage/correlate.ts';
import { type KnownFile, passedRecords, type ShownRecord, type WaitingGroup } from '#app/usage/look-up.ts';
import type { RetryCounts } from '#app/usage/retry.ts';
import { formatNanos } from '#core/money/amount.ts';
import { visibleText } from '#core/refusals.ts';
import { formatInstant } from '#core/time/zoned.ts';
import { shownNumber } from '#core/usage/enrichment.ts';
import { cutStart, formatPairs, formatTable } from './table.ts';
import { hanging } from './wrap.ts';

const right = 'right' as const;
/** Of a path beside its title. */
export const MOST_PATH = 80;

export function printFiles(files: readonly KnownFile[], json: boolean): string {
  if (json) return lines(files.map((file) => ({ ...file, ...file.counts, counts: undefined, ...instants(file) })));
  if (files.length === 0) return 'no files are loaded\n';
  const passes = files.some(({ passedOver }) => passedRecords(passedOver) > 0);
  const columns = [
    { title: 'number', align: right },
    { title: 'file', cut: 'start' as const },
    { title: 'source' },
    ...['read', 'rated', 'held', 'duplicate', 'rejected', ...(passes ? ['passed over'] : [])].map((title) => ({ title, align: right })),
    { title: 'state' },
  ];
  const rows = files.map(({ fileId, name, source, counts, passedOver, state }) => [
    String(fileId),
    name,
    source,
    ...[counts.read, counts.rated, counts.held, counts.duplicate, counts.rejected, ...(passes ? [passedRecords(passedOver)] : [])].map(
      grouped,
    ),
    state,
  ]);
  return `${formatTable(columns, rows)}\n`;
}

function instants({ startedAtMicros, finishedAtMicros }: KnownFile): object {
  return {
    startedAtMicros: undefined,
    finishedAtMicros: undefined,
    startedAt: formatInstant(startedAtMicros),
    ...(finishedAtMicros === undefined ? {} : { finishedAt: formatInstant(finishedAtMicros) }),
  };
}

/** `terminal`: raw records with control characters written out; else as they were delivered. */
export function printRecords(
  records: readonly ShownRecord[],
  { json, raw, single, terminal }: { json: boolean; raw: boolean; single: boolean; terminal: boolean },
): string {
  if (json) return lines(records.map(recordJson));
  if (records.length === 0) return 'no records\n';
  const rawText = (text: string): string => (terminal ? visibleText(text) : text);
  if (single) return records.map((record) => printRecord(record, rawText)).join('\n');
  const columns = [
    { title: 'record', align: right },
    { title: 'status' },
    { title: 'start', cut: 'never' as const },
    { title: 'caller', cut: 'start' as const },
    { title: 'called', cut: 'never' as const },
    { title: 's', align: right },
    { title: 'in', align: right },
    { title: 'out', align: right },
    { title: 'why', cut: 'never' as const },
  ];
  const rows = records.map((record) => {
    const call = record.stored?.event ?? record.call;
    const amount = (leg: 'in' | 'out'): string => {
      const at = record.stored?.charges.findIndex((each) => each.leg === leg) ?? -1;
      return at < 0 ? '' : `${formatNanos(record.stored?.charges[at]?.amountNanos ?? 0n, 2)} ${record.names[at]?.currency ?? ''}`;
    };
    return [
      String(record.id),
      record.status,
      call === undefined ? '' : formatInstant(call.startMicros),
      callerText(record) ?? '',
      call?.called ?? '',
      call === undefined ? '' : String(call.durationMicros / 1_000_000),
      amount('in'),
      amount('out'),
      whyOf(record),
    ];
  });
  const filled = columns.map((_, index) => rows.some((row) => row[index] !== ''));
  const kept = <T>(cells: readonly T[]): T[] => cells.filter((_, index) => filled[index]);
  const table = `${formatTable(kept(columns), rows.map(kept))}\n`;
  return raw ? `${table}\n${records.map(({ id, raw: text }) => `${id}  ${rawText(text ?? '')}`).join('\n')}\n` : table;
}

function whyOf({ reason, duplicateOf, partOf, takenBack }: ShownRecord): string {
  if (takenBack !== undefined) return takenBack.replacedBy === undefined ? 'taken back' : `now ${takenBack.replacedBy}`;
  if (reason !== undefined) return reason;
  return duplicateOf !== undefined ? `repeats ${duplicateOf}` : partOf === undefined ? '' : `part of ${partOf}`;
}

/** Without the last digits where the caller may not be shown. */
function callerText({ stored, call }: ShownRecord): string | undefined {
  const calling = stored?.event.calling ?? call?.calling;
  return calling === undefined ? undefined : shownNumber(calling, stored?.event.enriched);
}

/** Who said what, when and why. */
export function correctionWords({ fields, why, by, atMicros }: ShownRecord['corrections'][number]): string {
  const said = Object.entries(fields).map(([field, value]) => `${field}=${value}`);
  return `${said.join(', ')} by ${by}, ${formatInstant(atMicros)}: ${why}`;
}

/** Where the charges of an event are now, by whom and why. */
export function takenBackWords({ replacedBy, run }: NonNullable<ShownRecord['takenBack']>): string {
  const now = replacedBy === undefined ? 'its records wait again' : `event ${replacedBy} is charged instead`;
  return `${now}; run ${run.id} by ${run.by}: ${run.why}`;
}

function printRecord(record: ShownRecord, rawText: (text: string) => string): string {
  const { stored } = record;
  const call = stored?.event ?? record.call;
  const pairs: (readonly [string, string])[] = [
    ['record', String(record.id)],
    ['status', record.status],
    ['file', cutStart(record.file, MOST_PATH)],
    ['place', `file ${record.fileId}, source ${record.source}, bytes ${record.byteFrom} to ${record.byteFrom + record.byteLength - 1}`],
  ];
  if (record.key !== undefined) pairs.push(['key', record.key]);
  if (record.reason !== undefined) pairs.push(['reason', `${record.reason}: ${record.detail ?? ''}`]);
  if (record.partOf !== undefined) pairs.push(['part of', `event ${record.partOf}`]);
  if (record.takenBack !== undefined) pairs.push(['taken back', takenBackWords(record.takenBack)]);
  if (record.duplicateOf !== undefined) pairs.push(['repeats', `record ${record.duplicateOf}`]);
  if (call !== undefined) {
    pairs.push([
      'call',
      `${call.service}, ${callerText(record) ?? 'no caller'} → ${call.called}, ${call.answered ? 'answered' : 'not answered'}`,
    ]);
    pairs.push(['start', `${formatInstant(call.startMicros)}, ${call.durationMicros / 1_000_000} s`]);
    pairs.push(['trunks', `${call.trunkIn ?? '–'} → ${call.trunkOut ?? '–'}`]);
  }
  for (const [at, charge] of (stored?.charges ?? []).entries()) {
    const names = record.names[at];
    if (names === undefined) continue;
    const { agreement, validFrom, tariff, destination, currency, code, price } = names;
    const rate = price === undefined ? 'no rate' : `${[code, destination].filter(Boolean).join(' ')} at ${price}`;
    const billed = `billed ${charge.billed}${call?.service === 'voice' ? ' s' : ''}`;
    const version = `agreement ${agreement} from ${validFrom}`;
    pairs.push([
      `${record.id}/${charge.leg}`,
      `${formatNanos(charge.amountNanos, 2)} ${currency}, ${charge.role}, ${version}, tariff ${tariff}, ${rate}, ${billed}`,
    ]);
  }
  const { correlated } = record;
  if (correlated !== undefined) {
    const { correlation, group, missing, parts } = correlated;
    pairs.push([
      'made of',
      `${parts.length} parts of ${group}, correlation ${correlation}${missing === undefined ? '' : `; without ${missing}`}`,
    ]);
    for (const part of parts) {
      const number = part.sequence === undefined ? '' : ` ${part.sequence}`;
      const bytes = `bytes ${part.byteFrom} to ${part.byteFrom + part.byteLength - 1}`;
      pairs.push([`part ${part.id}`, `${part.kind}${number}, file ${part.fileId}, ${bytes}, key ${part.key}`]);
    }
  }
  for (const { leg, events, amountNanos, currency, knownAtMicros, reason, run } of record.adjustments) {
    const what = events < 0 ? 'taken back' : events > 0 ? 'charged anew' : 'adjusted';
    const cause = run === undefined ? '' : ` in run ${run.id} by ${run.by}: ${run.why}`;
    const amount = `${amountNanos > 0n ? '+' : ''}${formatNanos(amountNanos, 2)} ${currency}`;
    pairs.push([`${record.id}/${leg}`, `${what} ${formatInstant(knownAtMicros)}, ${amount}, ${reason}${cause}`]);
  }
  for (const correction of record.corrections) pairs.push(['corrected', correctionWords(correction)]);
  const text = hanging(formatPairs(pairs));
  // Never broken into lines, so that it can be copied.
  const raw = record.rawParts ?? (record.raw === undefined ? undefined : [record.raw]);
  return raw === undefined ? `${text}\n` : `${text}\nraw\n${raw.map(rawText).join('\n')}\n`;
}

function recordJson(record: ShownRecord): object {
  const { stored, call, names, adjustments, corrections, ...rest } = record;
  const event = stored?.event ?? call;
  return {
    ...rest,
    ...(corrections.length === 0
      ? {}
      : { corrections: corrections.map(({ atMicros, ...said }) => ({ ...said, at: formatInstant(atMicros) })) }),
    ...(adjustments.length === 0
      ? {}
      : {
          adjustments: adjustments.map(({ leg, events, amountNanos, currency, reason, knownAtMicros, run }) => ({
            ...{ leg, events, amount: formatNanos(amountNanos), currency, reason, run, knownAt: formatInstant(knownAtMicros) },
          })),
        }),
    ...(event === undefined ? {} : { event: { ...event, start: formatInstant(event.startMicros) } }),
    ...(stored === undefined
      ? {}
      : {
          knownAt: formatInstant(stored.knownAtMicros),
          charges: stored.charges.map((charge, at) => ({
            id: `${stored.eventId}/${charge.leg}`,
            ...charge,
            ...names[at],
            amount: formatNanos(charge.amountNanos),
          })),
        }),
  };
}

export function printWaiting(groups: readonly WaitingGroup[], json: boolean): string {
  if (json) return lines(groups);
  if (groups.length === 0) return 'nothing waits\n';
  const columns = [
    { title: 'records', align: right },
    { title: 'minutes', align: right },
    { title: 'source' },
    { title: 'reason', cut: 'never' as const },
    { title: 'about' },
    { title: 'for example', align: right },
  ];
  const rows = groups.map(({ count, durationMicros, source = '', reason, detail, first }) => [
    grouped(count),
    grouped(Number(durationMicros / 60_000_000n)),
    source,
    reason,
    detail,
    String(first),
  ]);
  const hidden = [
    ...(groups.every(({ durationMicros }) => durationMicros === 0n) ? ['minutes'] : []),
    ...(groups.every(({ source }) => source === undefined) ? ['source'] : []),
  ];
  const kept = <T>(cells: readonly T[]): T[] => cells.filter((_, index) => !hidden.includes(columns[index]?.title ?? ''));
  return `${formatTable(kept(columns), rows.map(kept))}\n`;
}

export function printRetry(counts: RetryCounts, json: boolean, dryRun = false): string {
  if (json) return lines([counts]);
  const { taken, rated, held, duplicate, rejected } = counts;
  return `${grouped(taken)} ${dryRun ? 'would be taken up' : 'taken up'}: ${grouped(rated)} rated, ${grouped(held)} held, ${grouped(duplicate)} duplicate, ${grouped(rejected)} rejected\n`;
}

export function printCorrelated(counts: CorrelateCounts, json: boolean): string {
  if (json) return lines([counts]);
  const { events, rated, waiting, missing, late, held } = counts;
  const others = [
    `${grouped(waiting)} wait`,
    `${grouped(missing)} held with others missing`,
    `${grouped(late)} late`,
    `${grouped(held)} held`,
  ];
  return `${grouped(events)} ${events === 1 ? 'event' : 'events'} rated of ${grouped(rated)} parts; ${others.join(', ')}\n`;
}

/** JSON lines; whole numbers that may be large as texts. */
function lines(objects: readonly object[]): string {
  return objects
    .map((object) => `${JSON.stringify(object, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value))}\n`)
    .join('');
}

function grouped(value: number): string {
  return value.toLocaleString('en');
}
