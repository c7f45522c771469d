/**
 * Loading as plainly as it can be said: one record after the other, in the order of the files, with maps and bigints. It knows
 * nothing of pieces, batches, threads, hashes, encoded rows, numbers for names or transactions. What it decodes and rates with has plain
 * models of its own (test/oracle, the tests of decoders).
 */
import { readFileSync } from 'node:fs';
import { makeDecoder } from '#codecs/cdr/record-decoder.ts';
import type { CounterKey } from '#core/rating/charge.ts';
import { rateEvent } from '#core/rating/rate-event.ts';
import { valueOrThrow } from '#core/refusals.ts';
import type { Source } from '#core/usage/source.ts';
import type { UsageEvent } from '#core/usage/usage-event.ts';
import { openNormaliser } from '#pipeline/normalise.ts';
import type { Configuration } from '#pipeline/read-record.ts';

/** What must be in the books. Texts, so that they can be compared. */
export interface PlainBooks {
  /** `place status …` of each record, places being `file:byte+length`. */
  readonly records: readonly string[];
  /** `agreement role day tariff rate band: events answered raw billed nanos`. */
  readonly rollup: readonly string[];
}

/** Files of lines with a header, of a source without a window: no two keys are equal by chance. */
export function loadPlainly(files: readonly string[], source: Source, { compiled }: Configuration): PlainBooks {
  const records: string[] = [];
  const owners = new Map<string, string>();
  const counted: { readonly place: string; readonly event: UsageEvent }[] = [];
  const sums = new Map<string, bigint[]>();
  const normaliser = openNormaliser(source, compiled);
  const book = (place: string, event: UsageEvent, read: (key: CounterKey) => bigint): readonly CounterKey[] => {
    const asked: CounterKey[] = [];
    const rated = rateEvent(compiled, event, (key) => {
      asked.push(key);
      return read(key);
    });
    if (rated.kind === 'held') records.push(`${place} held ${rated.reason}`);
    else if (asked.length === 0 || read !== ZERO) {
      const told = rated.charges.map(
        ({ leg, rateId, day, billedQuantity, amountNanos }) => `${leg} ${rateId} ${day} ${billedQuantity} ${amountNanos}`,
      );
      records.push(
        `${place} rated ${event.id} ${event.startMicros} ${event.calling} ${event.called} ${event.trunkIn} ${event.trunkOut} ${told.join(', ')}`,
      );
      for (const { agreement, role, day, tariff, rateId, band, rawQuantity, billedQuantity, amountNanos } of rated.charges) {
        const line = `${agreement} ${role} ${day} ${tariff} ${rateId} ${band}`;
        const sum = sums.get(line) ?? [0n, 0n, 0n, 0n, 0n];
        const more = [1n, event.answered ? 1n : 0n, BigInt(rawQuantity), BigInt(billedQuantity), amountNanos];
        sums.set(
          line,
          sum.map((value, index) => value + (more[index] ?? 0n)),
        );
      }
      for (const { key, added } of rated.charges.flatMap(({ counterMoves }) => counterMoves))
        counters.set(key, (counters.get(key) ?? 0n) + added);
    }
    return asked;
  };
  const counters = new Map<CounterKey, bigint>();
  for (const file of files) {
    const decoder = valueOrThrow(makeDecoder(source));
    let at = 0;
    for (const [index, line] of readFileSync(file, 'latin1').split('\n').entries()) {
      const from = at;
      at += line.length + 1;
      const text = line.replace(/\r$/, '');
      if (index === 0) valueOrThrow(decoder.header(text));
      if (index === 0 || text === '') continue;
      const place = `${file}:${from}+${line.length + 1}`;
      const decoded = decoder.decode(text, true);
      if (decoded.kind === 'rejected') records.push(`${place} rejected ${decoded.reason}`);
      if (decoded.kind !== 'draft') continue;
      const { event, hold } = normaliser.normalise(decoded.draft);
      const owner = owners.get(event.id);
      if (owner !== undefined) {
        records.push(`${place} duplicate of ${owner}`);
        continue;
      }
      owners.set(event.id, place);
      const held = decoded.hold ?? hold;
      if (held !== undefined) records.push(`${place} held ${held.reason}`);
      else if (book(place, event, ZERO).length > 0) counted.push({ place, event });
    }
  }
  counted.sort((a, b) => a.event.startMicros - b.event.startMicros || (a.event.id < b.event.id ? -1 : 1));
  for (const { place, event } of counted) book(place, event, (key) => counters.get(key) ?? 0n);
  const rollup = [...sums].map(([line, values]) => `${line}: ${values.join(' ')}`);
  return { records: records.sort(), rollup: rollup.sort() };
}

const ZERO = (): bigint => 0n;
