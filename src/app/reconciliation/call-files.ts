/** `carillon reconcile cdrs`: the calls of two files, or of the books and a file, against each other. */
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { createGunzip } from 'node:zlib';
import { CsvReader, formatCsvRow } from '#codecs/csv/csv.ts';
import { detectSeparator } from '#codecs/csv/separator.ts';
import { legRoles } from '#core/agreements/agreements.ts';
import { type Refusal, RefusedError, refuse, valueOrThrow } from '#core/refusals.ts';
import { CallList } from '#core/settlement/reconciliation/call-list.ts';
import { type CallField, CallTimes, callColumns, callFields, callSeconds } from '#core/settlement/reconciliation/call-times.ts';
import { type MatchedCalls, matchCalls } from '#core/settlement/reconciliation/match-calls.ts';
import { parseStatementPeriod } from '#core/settlement/statement-period.ts';
import { isZone } from '#core/time/zoned.ts';
import type { Database } from '#storage/database.ts';
import { settlementStore } from '#storage/settlement/settlement-store.ts';
import { writeWhole } from '../written-file.ts';

export interface CallsCommand {
  /** A file, or `agreement@2026-10`. */
  readonly ours: string;
  readonly theirs: string;
  readonly side: 'receivable' | 'payable';
  readonly ourZone: string;
  readonly theirZone: string;
  readonly map: readonly string[];
  readonly toleranceSeconds: number;
  readonly keepClock: boolean;
  /** CSV of what has no counterpart or differs in duration. */
  readonly out?: string;
}

export interface CallsOutcome {
  readonly clock: MatchedCalls['clock'];
  readonly ours: number;
  readonly theirs: number;
  readonly matched: number;
  readonly callerDiffers: number;
  readonly sameDuration: number;
  /** Theirs less ours over matched calls whose durations differ: seconds, and the difference most calls have, with how many do. */
  readonly durationOff: number;
  readonly commonDifference?: { readonly seconds: number; readonly calls: number };
  readonly missingWithThem: number;
  readonly missingWithUs: number;
  readonly theirDuplicates: number;
  readonly ourDuplicates: number;
  /** Rows that are no calls, by file, the first few. */
  readonly unreadable: readonly Refusal[];
  readonly unreadableCount: number;
}

const MOST_SHOWN = 20;
const BOOKED = /^([A-Za-z0-9][\w.-]*)@(\S+)$/;

/** Whether what is given as ours is an agreement and a period: then the database is needed. */
export function isOfTheBooks(ours: string): boolean {
  return BOOKED.test(ours);
}

/** Throws RefusedError (`reconcile.calls-*`, `declaration.option`). Memory grows by some 60 bytes a call. */
export async function reconcileCalls(command: CallsCommand, database?: Database): Promise<CallsOutcome> {
  const unreadable: Refusal[] = [];
  let unreadableCount = 0;
  const wrong = (refusal: Refusal): void => {
    unreadableCount += 1;
    if (unreadable.length < MOST_SHOWN) unreadable.push(refusal);
  };
  const mapping = new Map(command.map.map(readMap));
  const theirs = await readCalls(command.theirs, zoneOf(command.theirZone), mapping, wrong);
  const booked = BOOKED.exec(command.ours);
  const ours =
    booked === null || database === undefined
      ? await readCalls(command.ours, zoneOf(command.ourZone), mapping, wrong)
      : await readBooks(database, booked[1] ?? '', booked[2] ?? '', command.side);
  const { toleranceSeconds, keepClock } = command;
  const matched = matchCalls(ours, theirs, { toleranceSeconds, keepClock });
  if (command.out !== undefined) await writeWhole(command.out, differing(ours, theirs, matched));
  return { ...countsOf(ours, theirs, matched), unreadable, unreadableCount };
}

function countsOf(ours: CallList, theirs: CallList, found: MatchedCalls): Omit<CallsOutcome, 'unreadable' | 'unreadableCount'> {
  let [matched, sameDuration, durationOff] = [0, 0, 0];
  const differences = new Map<number, number>();
  for (let our = 0; our < ours.count; our += 1) {
    const their = found.theirOf[our] ?? -1;
    if (their === -1) continue;
    matched += 1;
    const off = Math.round(((theirs.durations[their] ?? 0) - (ours.durations[our] ?? 0)) * 1000) / 1000;
    if (off === 0) sameDuration += 1;
    else {
      durationOff += off;
      differences.set(off, (differences.get(off) ?? 0) + 1);
    }
  }
  const common = [...differences].toSorted((a, b) => b[1] - a[1] || a[0] - b[0])[0];
  return {
    ...{ clock: found.clock, ours: ours.count, theirs: theirs.count, matched, callerDiffers: found.callerDiffers, sameDuration },
    durationOff: Math.round(durationOff * 1000) / 1000,
    ...(common === undefined ? {} : { commonDifference: { seconds: common[0], calls: common[1] } }),
    missingWithThem: ours.count - matched,
    missingWithUs: theirs.count - matched,
    theirDuplicates: found.theirDuplicates.length,
    ourDuplicates: found.ourDuplicates.length,
  };
}

function* differing(ours: CallList, theirs: CallList, found: MatchedCalls): Generator<string> {
  yield 'state,our_line,their_line,our_start,their_start,our_seconds,their_seconds\r\n';
  const time = (list: CallList, at: number): string => new Date((list.starts[at] ?? 0) * 1000).toISOString();
  const row = (state: string, our: number, their: number): string =>
    `${formatCsvRow([
      ...[state, our === -1 ? '' : String(ours.lines[our]), their === -1 ? '' : String(theirs.lines[their])],
      ...[our === -1 ? '' : time(ours, our), their === -1 ? '' : time(theirs, their)],
      ...[our === -1 ? '' : String(ours.durations[our]), their === -1 ? '' : String(theirs.durations[their])],
    ])}\r\n`;
  for (let our = 0; our < ours.count; our += 1) {
    const their = found.theirOf[our] ?? -1;
    if (their === -1) yield row('missing-theirs', our, -1);
    else if (ours.durations[our] !== theirs.durations[their]) yield row('duration', our, their);
  }
  const repeated = new Set(found.theirDuplicates);
  for (let their = 0; their < theirs.count; their += 1)
    if (found.ourOf[their] === -1) yield row(repeated.has(their) ? 'duplicate-theirs' : 'missing-ours', -1, their);
}

async function readBooks(database: Database, agreement: string, label: string, side: CallsCommand['side']): Promise<CallList> {
  const period = valueOrThrow(parseStatementPeriod(label));
  return settlementStore(database).read(async (books) => {
    const terms = await books.findAgreement(agreement);
    if (terms === undefined)
      throw new RefusedError(
        refuse('statement.agreement-unknown', `there is no agreement ${JSON.stringify(agreement)}`, { value: agreement }),
      );
    const list = new CallList();
    for await (const { role, answered, correction, service, calling, called, startMicros, raw, eventId } of books.chargedLegs({
      terms,
      period,
    })) {
      if (legRoles[role] !== side || !answered || correction !== undefined || service !== 'voice') continue;
      list.add(calling ?? '', called, Math.round(startMicros / 1000) / 1000, Number(raw) / 1_000_000, Number(eventId));
    }
    return list;
  });
}

/** Text in CSV of any separator, gzip when the name ends in .gz. */
async function readCalls(
  path: string,
  zone: string,
  mapping: ReadonlyMap<string, CallField>,
  wrong: (refusal: Refusal) => void,
): Promise<CallList> {
  const name = basename(path);
  const list = new CallList();
  const times = new CallTimes(zone);
  let reader: CsvReader | undefined;
  let columns: Readonly<Record<CallField, number>> | undefined;
  const take = (rows: ReturnType<CsvReader['push']>): void => {
    for (const { line, fields, fault } of rows) {
      if (fault !== undefined)
        throw new RefusedError(refuse('reconcile.calls-unreadable', fault.message, { file: name, line: fault.line }));
      if (columns === undefined) {
        const found = callColumns(fields, mapping);
        if ('missing' in found)
          throw new RefusedError(
            refuse(
              'reconcile.calls-columns',
              `the first line names no column for ${found.missing}: give --map "Their header=${found.missing}"`,
              { file: name, line },
            ),
          );
        columns = found.columns;
        continue;
      }
      const called = (fields[columns.called] ?? '').trim();
      const start = times.seconds((fields[columns.start] ?? '').trim());
      const repeated = times.repeatedSeconds;
      const duration = callSeconds((fields[columns.duration] ?? '').trim());
      if (called === '' || start === undefined || duration === undefined) {
        const field: CallField = called === '' ? 'called' : start === undefined ? 'start' : 'duration';
        const value = (fields[columns[field]] ?? '').slice(0, 120);
        wrong(refuse('reconcile.calls-unreadable', `the row is no call: its ${field} cannot be read`, { file: name, line, field, value }));
      } else list.add(columns.calling === -1 ? '' : (fields[columns.calling] ?? ''), called, start, duration, line, repeated);
    }
  };
  const file = createReadStream(path, { highWaterMark: 1 << 20 });
  const bytes = path.endsWith('.gz') ? file.pipe(createGunzip()) : file;
  file.on('error', (error) => bytes.destroy(error));
  try {
    const decoder = new TextDecoder();
    for await (const piece of bytes) {
      const text = decoder.decode(piece as Buffer, { stream: true }); // no encoding is set, so Buffers come
      reader ??= new CsvReader({ separator: detectSeparator(text.slice(0, 65_536)) });
      take(reader.push(text));
    }
  } catch (error) {
    if (error instanceof RefusedError) throw error;
    throw new RefusedError(
      refuse('reconcile.calls-unreadable', `the file cannot be read: ${error instanceof Error ? error.message : String(error)}`, {
        file: path,
      }),
    );
  }
  if (reader !== undefined) take(reader.end());
  if (list.count === 0) throw new RefusedError(refuse('reconcile.calls-unreadable', 'no row of the file is a call', { file: name }));
  return list;
}

function readMap(text: string): [string, CallField] {
  const at = text.lastIndexOf('=');
  const field = callFields.find((each) => each === text.slice(at + 1).trim());
  if (at < 1 || field === undefined)
    throw new RefusedError(
      refuse('declaration.option', `expected "Header=field" with one of ${callFields.join(', ')}`, {
        field: 'map',
        value: text.slice(0, 120),
      }),
    );
  return [text.slice(0, at), field];
}

function zoneOf(zone: string): string {
  if (isZone(zone)) return zone;
  throw new RefusedError(
    refuse('declaration.option', 'not an IANA zone such as Europe/Berlin', { field: 'zone', value: zone.slice(0, 120) }),
  );
}
