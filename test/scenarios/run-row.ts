/** Runs one row of a table: the expected figures against the engine and against the oracle, and the two against each other. */
import assert from 'node:assert/strict';
import { formatRefusal } from '#core/refusals.ts';
import { volumeAdjustments } from '#core/settlement/volume-tiers.ts';
import type { Book } from '#core/tariffs/book.ts';
import { periodOf } from '#core/time/period.ts';
import { volumeAdjustmentNanos } from '../oracle/adjustment.ts';
import { statesBy } from '../oracle/choose.ts';
import { difference, keyPairs } from '../oracle/compare.ts';
import { compileWithStates, move, rateByEngine } from '../oracle/engine.ts';
import { rateByOracle } from '../oracle/oracle.ts';
import { nanosOf, parseEvents } from './events.ts';
import type { Row } from './tables.ts';
import { parseScenario } from './terms.ts';

/** Both legs have the same terms, so both must come to the figures of the row. */
export function runRow(row: Row): void {
  const scenario = parseScenario(row.cells.get('terms') ?? '');
  const events = parseEvents(row.cells.get('call') ?? row.cells.get('event') ?? '', scenario);
  const billed = list(row.cells.get('billed'));
  const amounts = list(row.cells.get('amount'));
  assert.equal(amounts.length, events.length, 'one amount for each event');
  const compiled = compileWithStates(scenario.book, scenario.states);
  assert.ok(compiled.ok, compiled.ok ? '' : compiled.refusals.map(formatRefusal).join('\n'));
  const pairs = keyPairs();
  const engineCounters = new Map<string, bigint>();
  const oracleCounters = new Map<string, bigint>();
  for (const [index, event] of events.entries()) {
    const engine = rateByEngine(compiled.value, event, engineCounters, true);
    const oracle = rateByOracle(scenario.book, event, oracleCounters, statesBy(scenario.states));
    if (oracle.kind === 'rated') for (const { moves } of oracle.charges) move(oracleCounters, moves);
    const expected = { billed: billed[index] ?? '', amount: amounts[index] ?? '' };
    checkFigures('the oracle', oracle, expected);
    checkFigures('the engine', engine, expected);
    assert.equal(difference(engine, oracle, pairs), undefined);
  }
  checkAdjustment(row, scenario.book, oracleCounters);
}

/** What volume tiers owe once the period's quantity is known; the counter is that of one leg, and all of it one rate's. */
function checkAdjustment(row: Row, book: Book, counters: ReadonlyMap<string, bigint>): void {
  const expected = row.cells.get('adjustment') ?? '';
  if (expected === '') return;
  const [tariff, agreement] = [book.tariffs[0], book.agreements[0]];
  const rate = tariff?.rates[0];
  assert.ok(tariff !== undefined && agreement !== undefined && rate !== undefined && counters.size === 2);
  for (const quantity of counters.values()) {
    assert.equal(
      volumeAdjustmentNanos(tariff, rate, quantity, quantity, agreement.rounding),
      nanosOf(expected),
      'adjustment by the oracle',
    );
    const usage = {
      versionId: 0,
      role: 'incoming',
      tariff: tariff.id,
      rateId: rate.id,
      currency: tariff.currency,
      day: '2026-10-14',
    } as const;
    const adjusted = volumeAdjustments(agreement.id, periodOf('month', usage.day), {
      usage: [{ ...usage, billed: quantity }],
      rates: new Map([[rate.id, rate]]),
      tariffs: new Map([[tariff.id, tariff]]),
      rounding: new Map([[0, agreement.rounding]]),
      moneyCounters: new Map(),
    });
    assert.deepEqual(
      adjusted.map(({ amountNanos }) => amountNanos),
      [nanosOf(expected)],
      'adjustment on the statement',
    );
  }
}

type Outcome =
  | { readonly kind: 'held'; readonly reason: string }
  | {
      readonly kind: 'rated';
      readonly charges: readonly { readonly amountNanos: bigint; readonly billed?: { n: bigint }; readonly billedQuantity?: number }[];
    };

function checkFigures(who: string, outcome: Outcome, expected: { readonly billed: string; readonly amount: string }): void {
  if (expected.amount.startsWith('held ')) {
    assert.equal(outcome.kind === 'held' ? `held ${outcome.reason}` : 'rated', expected.amount, who);
    return;
  }
  assert.equal(outcome.kind, 'rated', `${who}: ${outcome.kind === 'held' ? outcome.reason : ''}`);
  if (outcome.kind !== 'rated') return;
  assert.equal(outcome.charges.length, 2, `${who}: both legs`);
  for (const { amountNanos, billed, billedQuantity } of outcome.charges) {
    assert.equal(amountNanos, nanosOf(expected.amount), `${who}: amount in nanos`);
    if (expected.billed !== '') assert.equal(billed?.n ?? BigInt(billedQuantity ?? -1), BigInt(expected.billed), `${who}: billed quantity`);
  }
}

function list(cell: string | undefined): readonly string[] {
  return (cell ?? '').split(';').map((part) => part.trim());
}
