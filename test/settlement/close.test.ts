/** Periods closed over real books: statements, documents, the ledger, late traffic, approvals, two at once. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { issuedEInvoice } from '#app/einvoice/write-issued.ts';
import { invoiceOf } from '#app/invoicing/books.ts';
import { proposeNetted } from '#app/payments/netting.ts';
import { accrue, approve, closeDue, periodBoard, recordedStatement } from '#app/periods/closing.ts';
import { dealsOf } from '#app/periods/deals.ts';
import { RefusedError } from '#core/refusals.ts';
import type { Database } from '#storage/database.ts';
import { withTestDatabase } from '../support/database.ts';
import { type FixtureEvent, writeConfiguration, writeEvents, writeRate } from '../support/settlement-fixture.ts';

const settings = { tax: { url: '', token: '', countries: '', timeoutMs: 1000, attempts: 1 } };
const nowMicros = Date.parse('2026-12-31T12:00:00Z') * 1000;
const request = { on: '2026-11-03', nowMicros, by: 'ann' };

interface World {
  readonly database: Database;
  readonly home: { readonly database: Database; readonly settings: typeof settings };
  load(...events: readonly FixtureEvent[]): Promise<void>;
  call(day: string, owed: string, owing?: string): FixtureEvent;
}

/** One partner in Sweden, 0.01 owed to us and 0.005 by us; `settlement` is its agreement's. */
async function withWorld(settlement: object | undefined, work: (world: World) => Promise<void>): Promise<void> {
  await withTestDatabase(async (database) => {
    const version = await writeConfiguration(database);
    await database.pool.query(
      `update config_version set body = body || '{"country": "SE", "taxId": "SE556000000001"}' where kind = 'parties'`,
    );
    await database.pool.query(
      `update config_version set body = body || '{"taxId": "DE111111125", "currency": "USD"}' where kind = 'legalEntities'`,
    );
    if (settlement !== undefined) {
      const whole = {
        ...{
          relation: 'bilateral',
          graceDays: 0,
          dueFrom: 'issue-day',
          netting: 'gross',
          receivableBy: 'us',
          payableBy: 'them',
          approval: 'none',
        },
        ...{
          deals: [],
          checks: {
            'sequence-gap': 'block',
            alarm: 'warn',
            suspense: 'block',
            unpriced: 'warn',
            loading: 'block',
            'failing-file': 'block',
          },
        },
        ...settlement,
      };
      await database.pool.query(`update config_version set body = jsonb_set(body, '{settlement}', $1) where kind = 'agreements'`, [
        JSON.stringify(whole),
      ]);
    }
    const sell = await writeRate(database, 'sell', 'Germany', '0.01');
    const buy = await writeRate(database, 'buy', 'France', '0.005');
    const events: FixtureEvent[] = [];
    await work({
      database,
      home: { database, settings },
      call: (day, owed, owing) => ({
        ...{ start: `${day}T12:00:00Z`, day, seconds: 60, in: { rate: sell, billed: 60, amount: owed } },
        ...(owing === undefined ? {} : { out: { rate: buy, billed: 60, amount: owing } }),
      }),
      // The fixture makes all rollups anew from all events.
      load: async (...more) => {
        events.push(...more);
        await writeEvents(database, version, more);
      },
    });
  });
}

const ledger = async ({ database }: World): Promise<string[]> => {
  const { rows } = await database.pool.query<{ row: string }>(
    `select format('%s %s %s %s', e.day, cause_kind, ledger_account, trim_scale(sum(amount_nanos) / 1e9)) as row
       from ledger_entry e join ledger_posting using (entry_id) group by e.entry_id, e.day, cause_kind, ledger_account order by e.entry_id, ledger_account`,
  );
  return rows.map(({ row }) => row);
};

/** Of the charges of each line of the rollup: what statements have, and what is left. */
async function unstated({ database }: World): Promise<number> {
  const { rows } = await database.pool.query<{ nanos: string }>(
    `select trim_scale(coalesce((select sum(amount_nanos) from rollup_sum), 0) - coalesce((select sum(amount_nanos) from statement_charge), 0)) as nanos`,
  );
  return Number(rows[0]?.nanos);
}

function refusedAs(code: string): (error: unknown) => boolean {
  return (error) => error instanceof RefusedError && error.refusals.some((refusal) => refusal.code === code);
}

test('a month is closed once: statement, invoice, what they will invoice; and its days are closed', () =>
  withWorld(undefined, async (world) => {
    await world.load(world.call('2026-10-05', '100.005', '40.5'), world.call('2026-10-20', '20'));
    const [closed, ...others] = await closeDue(world.home, request);
    assert.deepEqual(others, []);
    assert.deepEqual([closed?.state, closed?.refusals], ['closed', []]);
    assert.equal(closed?.statement, 'borealis-2026@2026-10@1');
    assert.deepEqual(
      closed?.sides.map(({ side, outcome }) => [side, outcome]),
      [
        ['receivable', 'issued'],
        ['payable', 'expected'],
      ],
    );
    // 120.005 is invoiced as 120.01 (reverse charge: no tax); the half cent is rounding. They will invoice 40.50.
    assert.deepEqual(await ledger(world), [
      '2026-11-03 invoice receivable 120.01',
      '2026-11-03 invoice revenue -120.005',
      '2026-11-03 invoice rounding -0.005',
      '2026-11-03 accrual cost 40.5',
      '2026-11-03 accrual unbilled-payable -40.5',
    ]);
    const { rows } = await world.database.pool.query('select agreement, day from usage_closed_until');
    assert.deepEqual(rows, [{ agreement: 'borealis-2026', day: '2026-11-01' }]);
    assert.equal(await unstated(world), 0);
    const { content, sha256 } = await recordedStatement(world.home, 'borealis-2026', '2026-10');
    assert.match(sha256, /^[0-9a-f]{64}$/);
    assert.equal(JSON.parse(content).lines.length, 2);
    assert.deepEqual(await closeDue(world.home, request), []);
    await assert.rejects(closeDue(world.home, { ...request, agreements: ['borealis-2026'] }), refusedAs('period.nothing-due'));
    await assert.rejects(world.database.pool.query(`update statement_recorded set content = '{}'`), /never changed/);
    const board = await periodBoard(world.home, '2026-11-03', '2026-01-01');
    assert.deepEqual([board.due, board.recorded.map(({ id }) => id)], [[], ['borealis-2026@2026-10@1']]);
  }));

test('traffic that comes after its month was closed is in the next statement, and nothing is billed twice or never', () =>
  withWorld(undefined, async (world) => {
    await world.load(world.call('2026-10-05', '100'));
    await closeDue(world.home, request);
    await world.load(world.call('2026-10-06', '7'), world.call('2026-11-06', '50'));
    assert.equal(await unstated(world), 57e9);
    const [november] = await closeDue(world.home, { ...request, on: '2026-12-02' });
    const { lines } = JSON.parse((await recordedStatement(world.home, 'borealis-2026', '2026-11')).content);
    assert.deepEqual(
      lines.map(({ kind, amountNanos }: { kind: string; amountNanos: string }) => [kind, amountNanos]),
      [
        ['usage', '50000000000'],
        ['adjustment', '7000000000'],
      ],
    );
    assert.match(lines[1].explanation, /October 2026 that came after it was closed/);
    assert.equal(november?.state, 'closed');
    assert.equal(await unstated(world), 0);
    assert.ok((await ledger(world)).includes('2026-12-02 invoice receivable 57'));
  }));

const commitment = {
  id: 'c26',
  kind: 'commitment',
  side: 'receivable',
  service: 'voice',
  measure: 'minutes',
  quantity: '100',
  price: '0.5',
  from: '2026-10-01',
  to: '2027-01-01',
  every: 'month',
};

test('late traffic gets a further statement of its own period where that is agreed, with its part of the deals; what comes too late is refused', () =>
  withWorld({ late: 'own-statement', lateDays: 45, deals: [commitment] }, async (world) => {
    await world.load(world.call('2026-10-05', '100'));
    await closeDue(world.home, request);
    await world.load(world.call('2026-10-06', '7'), world.call('2026-11-06', '50'));
    const [late, ...others] = await closeDue(world.home, { ...request, on: '2026-11-20' });
    // 7.00 that came late, and 0.50 less for what was missing of the commitment.
    assert.deepEqual([late?.statement, late?.state, others], ['borealis-2026@2026-10@2', 'closed', []]);
    assert.ok((await ledger(world)).includes('2026-11-20 invoice receivable 6.5'), (await ledger(world)).join('\n'));
    assert.equal(JSON.parse((await recordedStatement(world.home, 'borealis-2026', '2026-10@1')).content).lines.length, 2);
    await assert.rejects(recordedStatement(world.home, 'borealis-2026', '2026-10@x'), refusedAs('period.not-closed'));
    // 31 October and 45 days are 15 December. What came by then is taken, though the close runs later.
    await world.load(
      { ...world.call('2026-10-07', '3'), cameOn: '2026-12-16' },
      { ...world.call('2026-10-08', '2'), cameOn: '2026-12-15' },
    );
    const closed = await closeDue(world.home, { ...request, on: '2026-12-16' });
    assert.deepEqual(
      closed.map(({ label, state, sides }) => [label, state, sides.map(({ amount, outcome }) => `${amount ?? ''} ${outcome}`)]),
      [
        ['2026-10', 'late-refused', ['3 refused']],
        ['2026-10', 'closed', [' issued']],
        ['2026-11', 'closed', [' issued']],
      ],
    );
    assert.ok((await ledger(world)).includes('2026-12-16 invoice receivable 1.5'));
    assert.ok((await ledger(world)).includes('2026-12-16 invoice receivable 99.5'));
    assert.equal(await unstated(world), 3e9);
    assert.deepEqual(await closeDue(world.home, { ...request, on: '2026-12-17' }), []);
  }));

test('two persons approve before anything is issued, and the same one does not count twice', () =>
  withWorld({ approval: 'two', payableBy: 'us' }, async (world) => {
    await world.load(world.call('2026-10-05', '100', '30'));
    const [closed] = await closeDue(world.home, request);
    assert.equal(closed?.state, 'awaiting');
    assert.deepEqual(await ledger(world), []);
    const approval = { agreement: 'borealis-2026', label: '2026-10', on: '2026-11-04' };
    assert.deepEqual((await approve(world.home, { ...approval, by: 'ann' })).sides, []);
    await assert.rejects(approve(world.home, { ...approval, by: 'ann' }), refusedAs('period.approved-before'));
    const { sides, given } = await approve(world.home, { ...approval, by: 'ben' });
    assert.deepEqual([given, sides.map(({ side, outcome }) => `${side} ${outcome}`)], [2, ['receivable issued', 'payable issued']]);
    await assert.rejects(approve(world.home, { ...approval, by: 'cy' }), refusedAs('period.not-awaited'));
    await assert.rejects(approve(world.home, { ...approval, label: '2026-09', by: 'cy' }), refusedAs('period.not-closed'));
    const posted = await ledger(world);
    assert.ok(posted.includes('2026-11-04 payable payable -30'), posted.join('\n'));
  }));

test('both sides of an agreement that is settled netted are proposed to be set off, once', () =>
  withWorld({ payableBy: 'us', netting: 'netted' }, async (world) => {
    const propose = () => proposeNetted(world.database, { day: '2026-11-03', by: 'ann' });
    assert.deepEqual(await propose(), []);
    await world.load(world.call('2026-10-05', '100', '30'));
    await closeDue(world.home, request);
    const proposed = await propose();
    assert.deepEqual(
      proposed.map(({ party, state, proposal: { currency, setOffNanos, remainderNanos } }) => [
        party,
        state,
        currency,
        setOffNanos,
        remainderNanos,
      ]),
      [['borealis', 'proposed', 'USD', 30_000_000_000n, 70_000_000_000n]],
    );
    assert.deepEqual(await propose(), []);
  }));

test('an open gap blocks the close until it is overridden with a reason, which is kept', () =>
  withWorld(undefined, async (world) => {
    await world.load(world.call('2026-10-05', '100'));
    await world.database.pool.query(
      `insert into collecting_alarm (source, kind, subject, detail, raised_at) values ('switch', 'gap', '17-19', 'missing', now()), ('switch', 'silent', '', 'silent', now())`,
    );
    const [blocked] = await closeDue(world.home, request);
    assert.deepEqual(
      [blocked?.state, blocked?.findings.map(({ check, detail }) => [check, detail])],
      ['blocked', [['sequence-gap', 'switch: gap 17-19']]],
    );
    assert.deepEqual(await ledger(world), []);
    const [closed] = await closeDue(world.home, { ...request, override: 'confirmed by the switch team' });
    assert.equal(closed?.state, 'closed');
    const { rows } = await world.database.pool.query('select override, jsonb_array_length(findings) as findings from statement_recorded');
    assert.deepEqual(rows, [{ override: 'confirmed by the switch team', findings: 2 }]);
  }));

test('less than the minimum is carried forward until it is enough', () =>
  withWorld({ minimum: '25' }, async (world) => {
    await world.load(world.call('2026-10-05', '10'), world.call('2026-11-05', '10'), world.call('2026-12-05', '10'));
    const closed = await closeDue(world.home, { ...request, on: '2027-01-02' });
    assert.deepEqual(
      closed.map(({ label, sides }) => [label, sides.map(({ outcome }) => outcome)]),
      [
        ['2026-10', ['carried']],
        ['2026-11', ['carried']],
        ['2026-12', ['issued']],
      ],
    );
    assert.deepEqual(
      (await ledger(world)).filter((row) => row.includes('receivable')),
      ['2027-01-02 invoice receivable 30'],
    );
  }));

test('closed from two places at once, each period is closed once', () =>
  withWorld(undefined, async (world) => {
    await world.load(world.call('2026-09-05', '10'), world.call('2026-10-05', '20'));
    const both = await Promise.all([closeDue(world.home, request), closeDue(world.home, { ...request, by: 'ben' })]);
    assert.deepEqual(
      both
        .flat()
        .map(({ label }) => label)
        .sort(),
      ['2026-09', '2026-10'],
    );
    const { rows } = await world.database.pool.query('select count(*) as invoices from invoice');
    assert.deepEqual(rows, [{ invoices: 2n }]);
    assert.equal(await unstated(world), 0);
  }));

test('a period whose documents are refused stays open, with the reason', () =>
  withWorld(undefined, async (world) => {
    await world.load(world.call('2026-10-05', '10'));
    await world.database.pool.query(`update config_version set body = body - 'country' where kind = 'parties'`);
    const [refused] = await closeDue(world.home, request);
    assert.deepEqual([refused?.state, refused?.refusals[0]?.code], ['refused', 'tax.country-missing']);
    assert.equal(await unstated(world), 10e9);
    assert.deepEqual((await world.database.pool.query('select agreement from usage_closed_until')).rows, []);
  }));

test('what the ledger refuses is told of the agreement, and nothing of it is closed', () =>
  withWorld(undefined, async (world) => {
    await world.load(world.call('2026-10-05', '10'));
    await world.database.pool.query(`update config_version set body = body || '{"currency": "EUR"}' where kind = 'legalEntities'`);
    const [refused] = await closeDue(world.home, request);
    assert.deepEqual([refused?.state, refused?.refusals[0]?.code], ['refused', 'ledger.rate-missing']);
    assert.equal(await unstated(world), 10e9);
    assert.deepEqual((await world.database.pool.query('select id from statement_recorded')).rows, []);
  }));

test('what is not billed at the end of the month is accrued once and takes itself back', () =>
  withWorld(undefined, async (world) => {
    await world.load(world.call('2026-09-05', '10'), world.call('2026-10-05', '20', '8'));
    await closeDue(world.home, { ...request, on: '2026-10-03' });
    assert.deepEqual(await accrue(world.home, '2026-11-02', 'ann'), { month: '2026-10', agreements: 1, booked: 2 });
    assert.deepEqual((await accrue(world.home, '2026-11-02', 'ann')).booked, 0);
    assert.deepEqual(
      (await ledger(world)).filter((row) => row.includes('accrual')),
      [
        '2026-10-31 accrual cost 8',
        '2026-10-31 accrual revenue -20',
        '2026-10-31 accrual unbilled-payable -8',
        '2026-10-31 accrual unbilled-receivable 20',
        '2026-11-01 accrual-reversal cost -8',
        '2026-11-01 accrual-reversal revenue 20',
        '2026-11-01 accrual-reversal unbilled-payable 8',
        '2026-11-01 accrual-reversal unbilled-receivable -20',
      ],
    );
  }));

test('a shortfall is a line of the statement and of the invoice; late traffic takes its part back', () =>
  withWorld({ deals: [commitment] }, async (world) => {
    await world.load(world.call('2026-10-05', '10'));
    const {
      progress: [progress],
    } = await dealsOf(world.database, 'borealis-2026', '2026-10-11');
    assert.deepEqual([progress?.daysOver, progress?.sides[0]?.soFar.amountNanos], [10, 49_500_000_000n]);
    await closeDue(world.home, request);
    assert.ok((await ledger(world)).includes('2026-11-03 invoice receivable 59.5'));
    const { rows: lines } = await world.database.pool.query(
      `select line ->> 'kind' as kind, line ->> 'description' as words, line ->> 'netNanos' as nanos
         from invoice, jsonb_array_elements(content::jsonb -> 'lines') line order by line ->> 'number'`,
    );
    assert.deepEqual(lines, [
      { kind: 'usage', words: 'Germany', nanos: '10000000000' },
      { kind: 'commitment', words: 'Commitment c26', nanos: '49500000000' },
    ]);
    await world.load(world.call('2026-10-06', '10'), ...Array.from({ length: 100 }, () => world.call('2026-11-06', '1')));
    await closeDue(world.home, { ...request, on: '2026-12-02' });
    // 100 of November, 10 that came late, and half a unit of the shortfall less.
    assert.ok((await ledger(world)).includes('2026-12-02 invoice receivable 109.5'), (await ledger(world)).join('\n'));
    await assert.rejects(dealsOf(world.database, 'borealis-2026', '2027-02-01'), refusedAs('deal.none'));
  }));

const ports = {
  id: 'ports',
  name: 'Ports',
  kind: 'fee',
  side: 'receivable',
  price: '40.00',
  quantity: '12',
  every: 'month',
  due: 'advance',
};
const theirs = { id: 'rack', kind: 'fee', side: 'payable', price: '31', from: '2026-10-15', every: 'month', due: 'arrears' };

test('an agreement with fees alone is closed: each window once, in advance and in arrears, in accounts of their own', () =>
  withWorld({ deals: [{ ...ports, from: '2026-10-15' }, theirs] }, async (world) => {
    const [first] = await closeDue(world.home, request);
    assert.deepEqual([first?.label, first?.state], ['2026-10', 'closed']);
    assert.deepEqual(await closeDue(world.home, request), []);
    const lines = async () =>
      (
        await world.database.pool.query(
          `select line ->> 'kind' as kind, line ->> 'description' as words, line ->> 'netNanos' as nanos, line ->> 'unitPrice' is null as summed,
                  line ->> 'service' as service, line -> 'period' ->> 'from' as day
             from invoice, jsonb_array_elements(content::jsonb -> 'lines') line order by issue_day, line ->> 'number'`,
        )
      ).rows;
    const fee = { kind: 'fee', words: 'Ports', service: null };
    assert.deepEqual(await lines(), [
      { ...fee, nanos: '263230000000', summed: true, day: '2026-10-15' },
      { ...fee, nanos: '480000000000', summed: false, day: '2026-11-01' },
    ]);
    // Three ports less from the 16th: 15 of November's 30 days are given back with December's fee.
    await world.database.pool.query(
      `update config_version set body = jsonb_set(body, '{settlement,deals,0,to}', '"2026-11-16"') where kind = 'agreements'`,
    );
    await closeDue(world.home, { ...request, on: '2026-12-02' });
    assert.deepEqual((await lines()).slice(2), [{ ...fee, nanos: '240000000000', summed: true, day: '2026-11-01' }]);
    // As electronic invoices: prorated, whole, in advance of the document's period, and the credit; nothing leaves that breaks a rule.
    await world.database.pool.query(
      `update config_version set body = body || '{"electronicAddress": "0088:7300010000001", "companyNumber": "HRB 1"}' where kind in ('legalEntities', 'parties')`,
    );
    const { rows: numbers } = await world.database.pool.query<{ number: string }>('select number from invoice order by issue_day, number');
    const written = await Promise.all(
      numbers.map(async ({ number }) => issuedEInvoice(world.database, await invoiceOf(world.database, number, undefined))),
    );
    assert.deepEqual(
      written.map((text) =>
        [...text.matchAll(/<cbc:Name>Ports<|<cbc:LineExtensionAmount currencyID="USD">([0-9.]+)</g)].map(([, net = 'Ports']) => net),
      ),
      [
        ['743.23', '263.23', 'Ports', '480.00', 'Ports'],
        ['240.00', '240.00', 'Ports'],
      ],
    );
    const booked = (await ledger(world)).filter((line) => / fee/.test(line)).sort();
    assert.deepEqual(booked, [
      '2026-11-03 accrual fee-cost 17',
      '2026-11-03 invoice fees -743.225806',
      '2026-12-02 accrual fee-cost 31',
      '2026-12-02 credit-note fees 240',
    ]);
    const { progress, fees } = await dealsOf(world.database, 'borealis-2026', '2026-11-10');
    assert.deepEqual(
      [progress, fees.map(({ dueDay, amountNanos }) => [dueDay, amountNanos])],
      [
        [],
        [
          ['2026-10-31', 240_000_000_000n],
          ['2026-11-30', 31_000_000_000n],
        ],
      ],
    );
  }));

test('fees of windows that cross the month are accrued for the days that are over, and take themselves back', () =>
  withWorld(
    { deals: [{ ...ports, from: '2026-10-01', every: 'quarter', quantity: '1', price: '92', due: 'arrears' }, theirs] },
    async (world) => {
      const accrued = async (on: string) => {
        await accrue(world.home, on, 'ann');
        return (await ledger(world)).filter((row) => row.includes(`${on.slice(0, 7)}-01 accrual-reversal`)).map((row) => row.slice(28));
      };
      // 31 of 92 days, and theirs from the 15th.
      assert.deepEqual(await accrued('2026-11-02'), ['fee-cost -17', 'fees 31', 'unbilled-payable 17', 'unbilled-receivable -31']);
      await closeDue(world.home, request);
      await closeDue(world.home, { ...request, on: '2026-12-02' });
      // What they will invoice for October was booked on 3 November; November is open, as it was booked in December.
      assert.deepEqual(await accrued('2026-12-02'), ['fee-cost -31', 'fees 61', 'unbilled-payable 31', 'unbilled-receivable -61']);
      await closeDue(world.home, { ...request, on: '2027-01-02' });
      assert.deepEqual(await accrued('2027-01-05'), ['fee-cost -31', 'fees 92', 'unbilled-payable 31', 'unbilled-receivable -92']);
      // All is billed: nothing but January's days of theirs and of the next quarter.
      assert.deepEqual(await accrued('2027-02-01'), [
        'fee-cost -31',
        'fees 31.688889',
        'unbilled-payable 31',
        'unbilled-receivable -31.688889',
      ]);
      const { rows } = await world.database.pool.query(
        `select trim_scale(sum(amount_nanos) / 1e9)::float8 as fees from ledger_posting join ledger_entry using (entry_id) where ledger_account = 'fees' and day < '2027-02-01'`,
      );
      assert.deepEqual(rows, [{ fees: -92 - 31.688889 }]);
    },
  ));

test('documents of a close are numbered by the series of the legal entity', () =>
  withWorld(undefined, async (world) => {
    const series = [{ id: 'own', kinds: ['invoice'], pattern: 'OWN-{number:3}', firstNumber: '7' }];
    await world.database.pool.query(`update config_version set body = body || $1 where kind = 'legalEntities'`, [
      JSON.stringify({ invoicing: { series } }),
    ]);
    await world.load(world.call('2026-10-05', '100'));
    const [closed] = await closeDue(world.home, request);
    assert.deepEqual(
      closed?.sides.map(({ document }) => document),
      ['OWN-007'],
    );
  }));

test('documents in another currency than the charges: converted at the rate of the last day, which they state, or refused without one', () =>
  withWorld({ currency: 'EUR', minimum: '50' }, async (world) => {
    await world.load(world.call('2026-10-05', '108.50', '54.25'));
    const [refused] = await closeDue(world.home, request);
    assert.deepEqual(
      refused?.refusals.map(({ code }) => code),
      ['exchange.rate-missing'],
    );
    assert.deepEqual((await world.database.pool.query('select id from statement_recorded')).rows, []);
    await world.database.pool.query(
      `insert into exchange_rate (source, day, "of", "into", rate, loaded_by)
       values ('ecb', '2026-10-30', 'EUR', 'USD', '1.0850', 'ann'), ('ecb', '2026-11-02', 'EUR', 'USD', '1.0900', 'ann')`,
    );
    const [closed] = await closeDue(world.home, request);
    assert.equal(closed?.state, 'closed', JSON.stringify(closed));
    // 108.50 / 1.0850 and 54.25 / 1.0850. The legal entity keeps its books in USD: 100.00 × 1.0900 on the day of issue.
    assert.deepEqual(await ledger(world), [
      '2026-11-03 invoice receivable 100',
      '2026-11-03 invoice revenue -100',
      '2026-11-03 accrual cost 50',
      '2026-11-03 accrual unbilled-payable -50',
    ]);
    const { rows } = await world.database.pool.query(
      `select content::jsonb -> 'conversions' as stated, content::jsonb -> 'lines' -> 0 -> 'original' as original,
              (select trim_scale(sum(entity_amount_nanos) / 1e9)::float8 from ledger_posting where ledger_account = 'receivable') as worth from invoice`,
    );
    assert.deepEqual(rows, [
      {
        stated: [{ currency: 'USD', day: '2026-10-30', made: '1/1.0850', rate: '0.9216589862', source: 'ecb' }],
        original: { currency: 'USD', exactNanos: '108500000000' },
        worth: 109,
      },
    ]);
  }));

test('an accrual in a foreign currency is taken back at the worth at which it was booked, whatever the rate is by then', () =>
  withWorld({ minimum: '1000' }, async (world) => {
    await world.database.pool.query(`update config_version set body = body || '{"currency": "EUR"}' where kind = 'legalEntities'`);
    await world.database.pool.query(
      `insert into exchange_rate (source, day, "of", "into", rate, loaded_by)
       values ('ecb', '2026-10-30', 'EUR', 'USD', '1.0850', 'ann'), ('ecb', '2026-11-01', 'EUR', 'USD', '1.2000', 'ann')`,
    );
    await world.load(world.call('2026-09-05', '100'), world.call('2026-10-05', '8.5'));
    // September is less than the minimum: carried forward, so that it is not billed at the end of October either.
    await closeDue(world.home, { ...request, on: '2026-10-03' });
    await world.load(world.call('2026-09-06', '0.5'));
    assert.equal((await accrue(world.home, '2026-11-02', 'ann')).booked, 2);
    const { rows } = await world.database.pool.query(
      `select e.day, trim_scale(amount_nanos / 1e9)::float8 as usd, trim_scale(entity_amount_nanos / 1e9)::float8 as eur
         from ledger_posting join ledger_entry e using (entry_id) where ledger_account = 'unbilled-receivable' order by 1`,
    );
    // 100.00 carried, 0.50 that came late, 8.50 of October.
    assert.deepEqual(rows, [
      { day: '2026-10-31', usd: 109, eur: 100.46 },
      { day: '2026-11-01', usd: -109, eur: -100.46 },
    ]);
  }));

test('a month without traffic stays open while nothing later is loaded; days that usually have traffic are told', () =>
  withWorld(undefined, async (world) => {
    const days = Array.from({ length: 31 }, (_, at) => `2026-10-${String(at + 1).padStart(2, '0')}`).filter((day) => day !== '2026-10-28');
    await world.load(...days.map((day) => world.call(day, '1')));
    const [october, november, ...others] = await closeDue(world.home, { ...request, on: '2026-12-03' });
    assert.deepEqual(others, []);
    assert.deepEqual(
      [october?.state, october?.findings],
      [
        'closed',
        [
          {
            ...{ check: 'missing-days', detail: 'nothing incoming on 2026-10-28, and there usually is' },
            said: [{ code: 'finding.missing-days', values: { role: 'incoming', days: '2026-10-28' } }],
          },
        ],
      ],
    );
    assert.deepEqual([november?.state, november?.findings.map(({ check }) => check)], ['blocked', ['no-traffic']]);
    // Of December something is loaded: then November had none.
    await world.load(world.call('2026-12-01', '1'));
    const [closed] = await closeDue(world.home, { ...request, on: '2026-12-03' });
    assert.deepEqual([closed?.label, closed?.state, closed?.sides], ['2026-11', 'closed', []]);
    assert.match(closed?.findings[0]?.detail ?? '', /^nothing incoming on 2026-11-01, .* and \d+ more days, and there usually is$/);
  }));

test('deals that begin before the first traffic are not billed unasked, and settling begins on the day that is named', () =>
  withWorld({ deals: [{ ...commitment, from: '2026-08-01' }] }, async (world) => {
    await world.load(world.call('2026-09-29', '50'), world.call('2026-10-05', '10'));
    const [blocked, ...others] = await closeDue(world.home, request);
    assert.deepEqual([blocked?.label, blocked?.state, blocked?.findings[0]?.check, others], ['2026-08', 'blocked', 'deals-first', []]);
    assert.deepEqual(await ledger(world), []);
    await world.database.pool.query(
      `update config_version set body = jsonb_set(body, '{settlement,from}', '"2026-10-01"') where kind = 'agreements'`,
    );
    const closed = await closeDue(world.home, request);
    assert.deepEqual(
      closed.map(({ label, state }) => [label, state]),
      [['2026-10', 'closed']],
    );
    // 10 of October and 99 units that are missing at 0.5; September was settled elsewhere, and stays there.
    assert.ok((await ledger(world)).includes('2026-11-03 invoice receivable 59.5'), (await ledger(world)).join('\n'));
    await world.load(world.call('2026-11-06', '200'));
    await closeDue(world.home, { ...request, on: '2026-12-02' });
    const { lines } = JSON.parse((await recordedStatement(world.home, 'borealis-2026', '2026-11')).content);
    assert.deepEqual(
      lines.filter(({ days }: { days?: { from: string } }) => days !== undefined && days.from < '2026-10-01'),
      [],
    );
  }));
