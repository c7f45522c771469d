import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decimal, formatDecimal } from '../../money/decimal.ts';
import type { Rate, RateTerms } from '../tariff.ts';
import { countChanges, difference, largestFirst } from './difference.ts';
import type { SheetRate } from './sheet-rate.ts';

const OPEN = Number.POSITIVE_INFINITY;
const terms = (price: string): RateTerms => ({ price: decimal(price), firstSeconds: 60, nextSeconds: 60 });

function inForce(id: number, code: string, price: string, from: number, to = OPEN, band?: string): Rate {
  return {
    id,
    match: { code, destination: `to ${code}`, ...(band === undefined ? {} : { band }) },
    terms: terms(price),
    validFromMicros: from,
    validToMicros: to,
  };
}

function row(code: string, price: string | undefined, from: number, to = OPEN, band?: string): SheetRate {
  return {
    row: 1,
    column: 'C',
    code,
    destination: `to ${code}`,
    band,
    terms: price === undefined ? undefined : terms(price),
    fromMicros: from,
    toMicros: to,
    word: undefined,
  };
}

function sheet(...rows: SheetRate[]): Map<string, SheetRate[]> {
  const byKey = new Map<string, SheetRate[]>();
  for (const each of rows) {
    const key = `${each.code}|${each.band ?? ''}`;
    byKey.set(key, [...(byKey.get(key) ?? []), each]);
  }
  return byKey;
}

/** What is in force afterwards: `44 0.05 100-200`. */
function after(
  rates: readonly Rate[],
  rows: Map<string, SheetRate[]>,
  mode: 'full' | 'amendment' = 'amendment',
  closeFromMicros = 100,
): string[] {
  const found = difference(rows, rates, { mode, closeFromMicros });
  const gone = new Set(found.superseded);
  const kept = rates
    .filter((rate) => !gone.has(rate))
    .map(({ match, terms: { price }, validFromMicros, validToMicros }) => ({ match, price, from: validFromMicros, to: validToMicros }));
  const added = found.added.map(({ match, span }) => ({ match, price: span.terms.price, from: span.fromMicros, to: span.toMicros }));
  return [...kept, ...added]
    .map(
      ({ match, price, from, to }) =>
        `${match.code}${match.band === undefined ? '' : ` ${match.band}`} ${formatDecimal(price)} ${from}-${to === OPEN ? 'open' : to}`,
    )
    .sort();
}

const kinds = (rates: readonly Rate[], rows: Map<string, SheetRate[]>, mode: 'full' | 'amendment' = 'amendment') =>
  difference(rows, rates, { mode, closeFromMicros: 100 }).changes.map(({ kind, hundredthsOfPercent }) =>
    hundredthsOfPercent === undefined || hundredthsOfPercent === 0 ? kind : `${kind} ${hundredthsOfPercent}`,
  );

test('a new price ends the old one when it begins', () => {
  assert.deepEqual(after([inForce(1, '44', '0.04', 0)], sheet(row('44', '0.05', 100))), ['44 0.04 0-100', '44 0.05 100-open']);
  assert.deepEqual(kinds([inForce(1, '44', '0.04', 0)], sheet(row('44', '0.05', 100))), ['increase 2500']);
});

test('the same price changes nothing, whenever it is said to begin later', () => {
  const found = difference(sheet(row('44', '0.0400', 100)), [inForce(1, '44', '0.04', 0)], { mode: 'full', closeFromMicros: 100 });
  assert.deepEqual([found.superseded, found.added], [[], []]);
  assert.equal(found.changes[0]?.kind, 'unchanged');
});

test('a price announced for later is replaced by one that begins before it', () => {
  const rates = [inForce(1, '44', '0.04', 0, 200), inForce(2, '44', '0.06', 200)];
  assert.deepEqual(after(rates, sheet(row('44', '0.05', 100))), ['44 0.04 0-100', '44 0.05 100-open']);
  const found = difference(sheet(row('44', '0.05', 100)), rates, { mode: 'amendment', closeFromMicros: 0 });
  assert.equal(found.futureReplaced.length, 1);
});

test('a sheet with the price now and the one announced before changes nothing', () => {
  const rates = [inForce(1, '44', '0.04', 0, 200), inForce(2, '44', '0.06', 200)];
  const found = difference(sheet(row('44', '0.04', 0), row('44', '0.06', 200)), rates, { mode: 'full', closeFromMicros: 100 });
  assert.deepEqual([found.superseded, found.added, found.futureReplaced], [[], [], []]);
});

test('an end date leaves the code without a price after it', () => {
  assert.deepEqual(after([inForce(1, '44', '0.04', 0)], sheet(row('44', '0.05', 100, 200))), ['44 0.04 0-100', '44 0.05 100-200']);
});

test('a closed code ends, and one that never was stays out', () => {
  assert.deepEqual(after([inForce(1, '44', '0.04', 0)], sheet(row('44', undefined, 100))), ['44 0.04 0-100']);
  assert.deepEqual(kinds([inForce(1, '44', '0.04', 0)], sheet(row('44', undefined, 100))), ['closed']);
  assert.deepEqual(kinds([], sheet(row('44', undefined, 100))), ['unchanged']);
});

test('a full replacement ends what it leaves out, an amendment does not', () => {
  const rates = [inForce(1, '44', '0.04', 0), inForce(2, '33', '0.03', 0), inForce(3, '49', '0.02', 0, 50)];
  assert.deepEqual(after(rates, sheet(row('44', '0.04', 0)), 'full'), ['33 0.03 0-100', '44 0.04 0-open', '49 0.02 0-50']);
  assert.deepEqual(after(rates, sheet(row('44', '0.04', 0))), ['33 0.03 0-open', '44 0.04 0-open', '49 0.02 0-50']);
  assert.deepEqual(kinds(rates, sheet(row('44', '0.04', 0)), 'full'), ['unchanged', 'closed']);
});

test('a row without a band replaces the bands of its code, and bands a rate without one', () => {
  const banded = [inForce(1, '44', '0.05', 0, OPEN, 'peak'), inForce(2, '44', '0.03', 0, OPEN, 'off-peak')];
  assert.deepEqual(after(banded, sheet(row('44', '0.04', 100))), ['44 0.04 100-open', '44 off-peak 0.03 0-100', '44 peak 0.05 0-100']);
  assert.deepEqual(after([inForce(1, '44', '0.04', 0)], sheet(row('44', '0.05', 100, OPEN, 'peak'))), [
    '44 0.04 0-100',
    '44 peak 0.05 100-open',
  ]);
  assert.deepEqual(after(banded, sheet(row('44', '0.06', 100, OPEN, 'peak'))), [
    '44 off-peak 0.03 0-open',
    '44 peak 0.05 0-100',
    '44 peak 0.06 100-open',
  ]);
});

test('the largest change comes first, a price from zero before all', () => {
  const rates = [inForce(1, '1', '0.10', 0), inForce(2, '2', '0.10', 0), inForce(3, '3', '0', 0), inForce(4, '4', '0.10', 0)];
  const found = difference(sheet(row('1', '0.11', 100), row('2', '0.30', 100), row('3', '0.01', 100), row('4', '0.01', 100)), rates, {
    mode: 'amendment',
    closeFromMicros: 100,
  });
  assert.deepEqual(
    largestFirst(found.changes).map(({ code }) => code),
    ['3', '2', '4', '1'],
  );
  assert.deepEqual(countChanges(found.changes), { new: 0, increase: 3, decrease: 1, changed: 0, unchanged: 0, closed: 0 });
});

/** The plain model: the price of a code at an instant, asked of the sheet first and then of what was. */
function priceAt(rates: readonly Rate[], entries: readonly SheetRate[], at: number): string | undefined {
  const begun = entries.filter(({ fromMicros }) => fromMicros <= at).at(-1);
  if (begun !== undefined) return begun.terms === undefined || at >= begun.toMicros ? undefined : formatDecimal(begun.terms.price);
  const known = rates.find(({ validFromMicros, validToMicros }) => validFromMicros <= at && at < validToMicros);
  return known === undefined ? undefined : formatDecimal(known.terms.price);
}

test('at every instant the price is that of the sheet from its first row on, and what it was before', () => {
  const price = fc.constantFrom('0.01', '0.02', '0.03');
  const cuts = fc
    .uniqueArray(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 6 })
    .map((values) => values.sort((a, b) => a - b));
  const timeline = fc.tuple(cuts, fc.array(fc.option(price, { nil: undefined }), { minLength: 6, maxLength: 6 }));
  const entries = fc.tuple(
    cuts,
    fc.array(
      fc.record({ price: fc.option(price, { nil: undefined }), length: fc.option(fc.integer({ min: 1, max: 8 }), { nil: undefined }) }),
      { minLength: 6, maxLength: 6 },
    ),
  );
  fc.assert(
    fc.property(timeline, entries, ([oldCuts, oldPrices], [newCuts, said]) => {
      const rates = oldCuts.flatMap((from, index) => {
        const written = oldPrices[index];
        return written === undefined ? [] : [inForce(index + 1, '44', written, from, oldCuts[index + 1] ?? OPEN)];
      });
      const rows = newCuts.map((from, index) => {
        const each = said[index];
        return row('44', each?.price, from, each?.length === undefined || each.price === undefined ? OPEN : from + each.length);
      });
      const found = difference(new Map([['44|', rows]]), rates, { mode: 'amendment', closeFromMicros: 0 });
      const gone = new Set(found.superseded);
      const now: Rate[] = [
        ...rates.filter((rate) => !gone.has(rate)),
        ...found.added.map(({ match, span }, index) => ({
          id: 100 + index,
          match,
          terms: span.terms,
          validFromMicros: span.fromMicros,
          validToMicros: span.toMicros,
        })),
      ];
      for (let at = 0; at <= 30; at += 1) {
        const fitting = now.filter(({ validFromMicros, validToMicros }) => validFromMicros <= at && at < validToMicros);
        assert.ok(fitting.length <= 1, `two prices at ${at}`);
        assert.equal(fitting[0] === undefined ? undefined : formatDecimal(fitting[0].terms.price), priceAt(rates, rows, at), `at ${at}`);
      }
      const again = difference(new Map([['44|', rows]]), now, { mode: 'amendment', closeFromMicros: 0 });
      assert.deepEqual([again.superseded, again.added], [[], []], 'the same sheet again changes nothing');
    }),
    { seed: 20_261_101, numRuns: 3000 },
  );
});

test('percentages are rounded half up, away from zero', () => {
  for (const [old, now, expected] of [
    ['0.2900', '0.9500', 22_759],
    ['0.0210', '0.0250', 1905],
    ['0.0250', '0.0210', -1600],
    ['3', '4', 3333],
    ['3', '5', 6667],
    ['3', '1', -6667],
    ['8000', '8000.2', 0],
    ['8000', '8000.4', 1],
    ['8000', '7999.6', -1],
  ] as const) {
    const { changes } = difference(sheet(row('39', now, 10)), [inForce(1, '39', old, 0)], { mode: 'amendment', closeFromMicros: 10 });
    assert.equal(changes[0]?.hundredthsOfPercent, expected, `${old} to ${now}`);
  }
});
