import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import type { ChargingEvent } from '#core/charging/decision.ts';
import { explainRecord } from '#core/charging/explain-record.ts';
import { formatNanos } from '#core/money/amount.ts';
import { formatInstant } from '#core/time/zoned.ts';
import { type Row, readTables } from '../scenarios/tables.ts';
import { catalogOf, showAmount } from './plan-words.ts';
import { World } from './world.ts';

const rows = readTables(readFileSync(new URL('scenarios.md', import.meta.url), 'utf8'));

describe('charging answers and balances are those of the tables', () => {
  for (const row of rows) test(`${row.heading}: ${row.name} (line ${row.line})`, () => runRow(row));
});

test('the worked examples of online charging are in the tables, and 60 scenarios at least', () => {
  const names = rows.map(({ name }) => name);
  for (const name of ['O1', 'O2', 'O3', 'O4', 'O5', 'O6', 'O7']) assert.ok(names.includes(name), name);
  assert.ok(new Set(names).size >= 60, `${names.length} scenarios`);
});

test('who changes the plan and comes back is given nothing again, and pays no fee again, before the next period', () => {
  for (const [fee, first, after] of [
    ['', '20.00; 20.00; 20.00; 20.00', '20.00'],
    ['; fee 5.00 a month', '15.00; 10.00; 10.00; 10.00', '5.00'],
  ] as const) {
    const catalog = catalogOf('0.01/MB', `allowance big = 100 MB a month; gives big${fee}`);
    const [plan] = catalog.plans.get('plan') ?? [];
    assert.ok(plan);
    const plans = new Map([...catalog.plans, ['other', [{ ...plan, id: 'other', version: plan.version + 1, allowances: [] }]]]);
    const world = new World({ ...catalog, plans });
    world.open('20.00');
    assert.match(world.balances(), /^big 100 MB; /);
    assert.equal(world.step('event 100 MB'), '100 MB');
    const money = (): string => world.balances().replace(/.*main /, '');
    const seen = [money()];
    for (const id of ['other', 'plan', 'other']) {
      assert.equal(world.step(`plan ${id}`), 'done');
      assert.doesNotMatch(world.balances(), /big [1-9]/, `given again with ${id}`);
      seen.push(money());
    }
    assert.equal(seen.join('; '), first);
    assert.equal(world.step('plan plan'), 'done');
    world.step('sweep at 2026-11-01T00:00:00Z');
    assert.equal(world.balances(), `big 100 MB; main ${after}`, 'the next period begins');
  }
});

function runRow({ cells }: Row): void {
  const cell = (title: string): string => cells.get(title) ?? '';
  const world = new World(catalogOf(cell('prices'), cell('plan')));
  world.open(cell('before'));
  const got: string[] = [];
  for (const step of cell('steps')
    .split(';')
    .map((part) => part.trim()))
    got.push(world.step(step));
  assert.equal(got.join('; '), cell('answers'), 'answers');
  assert.equal(world.balances(), cell('after'), 'balances after');
  for (const record of world.records) {
    if (record.charge === undefined) continue;
    assert.equal(
      explainRecord(world.catalog, record)?.amount,
      formatNanos(record.chargedNanos, roundingOf(world)),
      'the explanation comes to the charge',
    );
  }
  const events = cells.get('events');
  if (events !== undefined) assert.equal(shownEvents(world), events, 'events');
}

function roundingOf({ catalog }: World): number {
  const [plan] = catalog.plans.get('plan') ?? [];
  const [service] = [...(plan?.services.values() ?? [])].flat().filter(({ terms }) => terms !== undefined);
  return service?.terms?.agreement.rounding.decimals ?? 0;
}

function shownEvents({ events }: World): string {
  return events
    .map(shownEvent)
    .filter((text) => text !== '')
    .join('; ');
}

function shownEvent(event: ChargingEvent): string {
  switch (event.kind) {
    case 'threshold-crossed':
      return `${event.of} ${event.threshold}${event.notify === undefined ? '' : ` tells ${event.notify}`}`;
    case 'counter-status':
      return `${event.counter} is ${event.status}`;
    case 'account-closed':
      return `${event.account} closed`;
    case 'add-on-bought':
      return `bought ${event.addOn}`;
    case 'renewal-failed':
      return `not paid ${event.of}`;
    case 'bucket-expired':
      return `lost ${event.lost} of ${event.definition}`;
    case 'bucket-ending':
      return `${showAmount(event.left, event.unit)} of ${event.definition} until ${formatInstant(event.toMicros)}`;
    case 'used-beyond-grant':
      return 'beyond its grant';
    case 'session-closed':
      return `${event.session} closed`;
    case 'reauthorise':
      return event.sessions === 'all-members'
        ? 'members ask again'
        : `${event.sessions.join(' ')} ask again${event.groups === undefined ? '' : ` of ${event.groups.join(' ')}`}`;
    case 'use-refused':
      return event.control === undefined ? 'refused' : `refused by ${event.control}`;
    case 'roaming-entered':
      return `in ${event.network}`;
    // Every top-up is told: the tables have them among the steps.
    case 'topped-up':
      return '';
    case 'abort':
      return `${event.sessions.join(' ')} abort`;
  }
}
