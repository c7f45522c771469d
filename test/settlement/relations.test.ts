/**
 * Agreements of every relation, from the CDR file to the closed month: one call and its several parties, each at its own terms
 * (hubbing, refile), wholesale of an MVNO, a network that is shared by bins. Sums are worked out here from the lines of the file.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { closeDue, recordedStatement } from '#app/periods/closing.ts';
import { formatNanos } from '#core/money/amount.ts';
import { fileOf, line, loadOne, operator, type TestHome, withHome, write } from '../usage/home.ts';
import { diceOf } from './model/world.ts';

const settings = { tax: { url: '', token: '', countries: '', timeoutMs: 1000, attempts: 1 } };
const request = { on: '2026-11-03', nowMicros: Date.parse('2026-11-03T12:00:00Z') * 1000, by: 'ann' };

const agreement = (id: string, services: string, more = ''): string => `
  - id: ${id}
    name: ${id}
    account: ${id}
    zone: Europe/Berlin
    currency: EUR
    validFrom: 2026-01-01
    rounding: {decimals: 4, mode: half-up}
    services: ${services}
    ${more}`;

const tariff = (id: string, rates: string): string =>
  `  - {id: ${id}, name: ${id}, service: voice, currency: EUR, defaults: {validFrom: 2026-01-01, increments: 60/60}, rates: [${rates}]}\n`;

const NUMBERING = '{internationalPrefix: "00", countryCode: "49", nationalPrefix: "0"}';
const PARTIES = ['origin', 'next', 'finder', 'virtual', 'sharer'];

/** The sites that are shared are told apart by the called range here; with records that have cells, by the cell. */
const files: Readonly<Record<string, string>> = {
  'sources.yaml': `sources:${(operator['operator.yaml'] ?? '').split('sources:')[1]}`.replace(
    '    key: id',
    '    enrichment: places\n    key: id',
  ),
  'operator.yaml': `
legalEntities: [{id: own, name: Own, country: DE, currency: EUR, zone: Europe/Berlin, address: [Street 1], taxId: DE1}]
parties: [${PARTIES.map((id) => `{id: ${id}, name: ${id}, kind: ${id === 'virtual' ? 'mvno' : 'carrier'}, country: FR, taxId: FR${id}}`)}]
accounts: [${PARTIES.map((id) => `{id: ${id}, party: ${id}, legalEntity: own, currency: EUR}`)}]
trunks: [${PARTIES.filter((id) => id !== 'finder').map((id) => `{id: ${id}, account: ${id}, names: [${id}], numbering: ${NUMBERING}}`)}, {id: home, names: [home], numbering: ${NUMBERING}}]
bins: [{id: sites, rules: [{bin: shared, called: ["4930"]}], otherwise: own}]
enrichments: [{id: places, bins: [sites]}]
agreements:${[
    agreement('origin', '[{service: voice, role: incoming, tariff: from-origin}]', 'settlement: {relation: hubbing}'),
    agreement('next', '[{service: voice, role: outgoing, tariff: to-next}]', 'settlement: {relation: hubbing, payableBy: us}'),
    agreement(
      'finder',
      '[{service: voice, role: outgoing, tariff: to-next}]',
      `settlement:
      relation: hubbing
      payableBy: us
      deals:
        - {id: found, kind: share, side: payable, of: origin, ofSide: receivable, percent: 5, from: 2026-10-01}
        - {id: carried, kind: share, side: payable, of: next, ofSide: payable, service: voice, measure: minutes, price: 0.0003, from: 2026-10-01}`,
    ),
    agreement(
      'virtual',
      '[{service: voice, role: network-access, tariff: access}, {service: voice, role: outgoing, tariff: to-next}]',
      'settlement: {relation: mvno, deals: [{id: floor, kind: minimum-revenue, side: receivable, amount: 3, from: 2026-10-01}]}',
    ),
    agreement(
      'sharer',
      '[{service: voice, role: network-access, tariff: access}]',
      `settlement:
      relation: network-access
      deals:
        - {id: shared, kind: retroactive, side: receivable, service: voice, bins: [sites/shared], measure: minutes, tiers: [{from: 0, price: 0.001}], from: 2026-10-01}`,
    ),
  ].join('')}
`,
  'tariffs.yaml': `tariffs:\n${[
    tariff('from-origin', '{code: "49", destination: Germany, price: 0.02}, {code: "44", destination: United Kingdom, price: 0.03}'),
    tariff('to-next', '{code: "49", destination: Germany, price: 0.015}, {code: "44", destination: United Kingdom, price: 0.021}'),
    tariff('access', '{code: "49", destination: Germany, price: 0.004}, {code: "44", destination: United Kingdom, price: 0.005}'),
  ].join('')}`,
};

interface Call {
  readonly in: string;
  readonly out: string;
  readonly b: string;
  readonly seconds: number;
}

function randomCalls(seed: number): Call[] {
  const dice = diceOf(seed);
  return Array.from({ length: 120 }, () => ({
    ...dice.pick([
      { in: 'origin', out: 'next' },
      { in: 'virtual', out: 'home' },
      { in: 'sharer', out: 'home' },
      { in: 'sharer', out: 'next' },
    ]),
    b: dice.pick(['004930123456', '004989123456', '00442079460000']),
    seconds: 1 + dice.whole(900),
  }));
}

const minutes = ({ seconds }: Call): number => Math.ceil(seconds / 60);
/** Prices have three decimals and minutes are whole: thousandths are exact. */
const thousandths = (calls: readonly Call[], german: number, british: number): number =>
  calls.reduce((sum, call) => sum + minutes(call) * (call.b.startsWith('0049') ? german : british), 0);

async function statementsOf(home: TestHome): Promise<(id: string) => Promise<string[]>> {
  const closed = await closeDue({ database: home.database, settings }, request);
  assert.deepEqual(
    closed.map(({ agreement: id, state, refusals }) => [id, state, refusals.map(({ message }) => message)]),
    PARTIES.toSorted().map((id) => [id, 'closed', []]),
  );
  return async (id) => {
    const { content } = await recordedStatement({ database: home.database, settings }, id, '2026-10');
    const lines = JSON.parse(content).lines as { side: string; kind: string; amountNanos: string; destination: string }[];
    return lines.map(({ side, kind, destination, amountNanos }) => `${side} ${kind} ${destination} ${formatNanos(BigInt(amountNanos))}`);
  };
}

test('one call, several parties: each is settled at its own terms, and who handles no leg gets its share; lines add up to the file', () =>
  withHome(async (home) => {
    const calls = randomCalls(7);
    const content = fileOf(calls.map((call, at) => line({ id: `c${at}`, ...call, a: '+33123456789' })));
    const report = await loadOne(home, write(home, 'october.csv', content));
    assert.deepEqual([report.counts.rated, report.counts.held], [calls.length, 0], JSON.stringify(report.reasons));
    const lines = await statementsOf(home);
    const of = (test: (call: Call) => boolean) => calls.filter(test);
    const german = (call: Call): boolean => call.b.startsWith('0049');
    const line1 = (side: string, destination: string, thousandth: number): string =>
      `${side} usage ${destination} ${formatNanos(BigInt(thousandth) * 1_000_000n)}`;
    const origin = of((call) => call.in === 'origin');
    assert.deepEqual(await lines('origin'), [
      line1('receivable', 'Germany', thousandths(origin.filter(german), 20, 0)),
      line1(
        'receivable',
        'United Kingdom',
        thousandths(
          origin.filter((call) => !german(call)),
          0,
          30,
        ),
      ),
    ]);
    const next = of((call) => call.out === 'next');
    assert.deepEqual(await lines('next'), [
      line1('payable', 'Germany', thousandths(next.filter(german), 15, 0)),
      line1(
        'payable',
        'United Kingdom',
        thousandths(
          next.filter((call) => !german(call)),
          0,
          21,
        ),
      ),
    ]);
    // 5 % of what the origin is charged, and 0.0003 for each minute that is handed on; both rounded once to four decimals, half up.
    const found = Math.round((thousandths(origin, 20, 30) * 5 * 10) / 100);
    const carried = next.reduce((sum, call) => sum + minutes(call), 0) * 3;
    assert.deepEqual(await lines('finder'), [
      `payable adjustment carried ${formatNanos(BigInt(carried) * 100_000n)}`,
      `payable adjustment found ${formatNanos(BigInt(found) * 100_000n)}`,
    ]);
  }, files));

test('an MVNO pays for access to the network, at least its minimum; what is shared is told apart by bins, and has its own price', () =>
  withHome(async (home) => {
    const calls = randomCalls(8);
    await loadOne(home, write(home, 'october.csv', fileOf(calls.map((call, at) => line({ id: `c${at}`, ...call, a: '+33123456789' })))));
    const lines = await statementsOf(home);
    const adjustments = async (id: string): Promise<string[]> => (await lines(id)).filter((each) => each.includes('adjustment'));
    const virtual = thousandths(
      calls.filter((call) => call.in === 'virtual'),
      4,
      5,
    );
    const missing = Math.max(3000 - virtual, 0);
    assert.ok(missing > 0, 'the minimum is not reached by these calls');
    assert.deepEqual(await adjustments('virtual'), [`receivable adjustment floor ${formatNanos(BigInt(missing) * 1_000_000n)}`]);
    // Calls over shared sites were charged 0.004 and cost 0.001 a minute.
    const shared = calls.filter((call) => call.in === 'sharer' && call.b.startsWith('004930'));
    const back = shared.reduce((sum, call) => sum + minutes(call), 0) * -3;
    assert.ok(back < 0);
    assert.deepEqual(await adjustments('sharer'), [`receivable adjustment shared ${formatNanos(BigInt(back) * 1_000_000n)}`]);
  }, files));
