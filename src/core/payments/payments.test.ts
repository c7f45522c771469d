import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decimal } from '../money/decimal.ts';
import { type Conversion, conversionOf } from '../money/exchange.ts';
import { allocateAmount } from './allocation.ts';
import { lateInterest } from './late-interest.ts';
import { OpenDocuments, Payers } from './match-index.ts';
import { matchPayment, type OpenDocument, type Payer, type Remittance } from './matching.ts';
import { partsOf, proposeNetting, remainderAsOne } from './netting.ts';
import { carryingShare, type OpenBalance, settleEntry } from './settle.ts';

const money = (text: string): bigint => BigInt(text.replace(/[.,]/g, '')) * 10_000_000n;

function open(document: string, amount: string, more: Partial<OpenBalance> = {}): OpenBalance {
  const openNanos = money(amount);
  return {
    ledgerAccount: openNanos < 0n ? 'payable' : 'receivable',
    account: 'a',
    document,
    currency: 'EUR',
    firstDay: '2026-10-01',
    openNanos,
    openEntityNanos: openNanos,
    ...more,
  };
}

const rate = (from: string, to: string, text: string): Conversion =>
  conversionOf(from, to, [{ from, to, rate: decimal(text), inverse: false }], 'agreed', '2026-10-31');

const request = {
  legalEntity: 'home',
  entityCurrency: 'EUR',
  day: '2026-10-31',
  cause: { kind: 'set-off', id: 'NET-1' },
  description: 'x',
  by: 'ann',
} as const;

// Example P6 of the worked examples that the project began with.
test('P6: 10,000.00 USD against 8,000.00 EUR at 1.0850: 8,680.00 USD are set off and 1,320.00 remain', () => {
  const usd = { currency: 'USD', openEntityNanos: money('9216.59') };
  const proposal = proposeNetting(
    [open('INV-1', '10000.00', usd), open('BILL-1', '-8000.00')],
    'USD',
    new Map([['EUR', rate('EUR', 'USD', '1.0850')]]),
  );
  assert.deepEqual(
    [proposal.receivableNanos, proposal.payableNanos, proposal.setOffNanos, proposal.remainderNanos],
    [money('10000.00'), money('8680.00'), money('8680.00'), money('1320.00')],
  );
  assert.deepEqual(
    partsOf(proposal).map(({ balance, nanos }) => [balance.document, nanos]),
    [
      ['BILL-1', money('-8000.00')],
      ['INV-1', money('8680.00')],
    ],
  );
  const entry = settleEntry(request, partsOf(proposal), new Map());
  const sums = Map.groupBy(entry.postings, ({ currency }) => currency);
  for (const [currency, postings] of sums)
    assert.equal(
      postings.reduce((sum, { amountNanos }) => sum + amountNanos, 0n),
      0n,
      currency,
    );
  assert.equal(
    entry.postings.reduce((sum, each) => sum + (each.entityAmountNanos ?? each.amountNanos), 0n),
    0n,
  );
  const clearing = entry.postings.filter(({ ledgerAccount }) => ledgerAccount === 'clearing');
  assert.equal(
    clearing.reduce((sum, each) => sum + (each.entityAmountNanos ?? each.amountNanos), 0n),
    0n,
    'nothing stays in clearing',
  );
});

// Microsoft, Business Central (MicrosoftDocs/dynamics365smb-docs, includes/finance-currencies-example.md): 1,000 booked at 1.123 and
// paid at 1.120 is a realised loss of 3.
test('1,000.00 booked at 1,123.00 and paid with 1,120.00 is a realised loss of 3.00; the other way round a gain', () => {
  const usd = (worth: string): Partial<OpenBalance> => ({ currency: 'USD', openEntityNanos: money(worth) });
  const lossOf = (invoice: string, paid: string): readonly [string | undefined, bigint | undefined] => {
    const receivable = open('INV-1', '1000.00', usd(invoice));
    const payment = { ...open('PAY-1', '-1000.00', usd(`-${paid}`)), ledgerAccount: 'unallocated' as const };
    const parts = [receivable, payment].map((balance) => ({ balance, nanos: balance.openNanos }));
    const difference = settleEntry(request, parts, new Map()).postings[2];
    return [difference?.ledgerAccount, difference?.entityAmountNanos];
  };
  assert.deepEqual(lossOf('1123.00', '1120.00'), ['exchange-loss', money('3.00')]);
  assert.deepEqual(lossOf('1120.00', '1123.00'), ['exchange-gain', money('-3.00')]);
  assert.deepEqual(lossOf('1120.00', '1120.00'), [undefined, undefined]);
});

test('parts of a foreign balance carry what it was booked at, and the last takes what is left, to the cent', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 3n, max: 10n ** 9n }),
      fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n }),
      fc.array(fc.bigInt({ min: 1n, max: 10n ** 8n }), { maxLength: 6 }),
      (units, worth, cuts) => {
        const cent = 10_000_000n;
        let balance = open('I', '1.00', { currency: 'USD', openNanos: units * cent, openEntityNanos: worth * cent });
        let carried = 0n;
        for (const cut of [...cuts, units]) {
          const nanos = cut * cent < balance.openNanos ? cut * cent : balance.openNanos;
          if (nanos === 0n) break;
          const share = carryingShare(balance, nanos, 'EUR');
          assert.equal(share % cent, 0n);
          carried += share;
          balance = { ...balance, openNanos: balance.openNanos - nanos, openEntityNanos: balance.openEntityNanos - share };
        }
        assert.deepEqual([balance.openNanos, carried], [0n, worth * cent]);
      },
    ),
    { seed: 1123, numRuns: 300 },
  );
});

test('the oldest comes first, by due day, and the last is paid in part', () => {
  const items = [
    open('C', '50.00', { dueDay: '2026-12-01' }),
    open('B', '30.00', { dueDay: '2026-11-01' }),
    open('A', '20.00', { firstDay: '2026-10-15' }),
  ];
  const { parts, leftNanos } = allocateAmount(money('60.00'), items, 'oldest-first');
  assert.deepEqual(
    [parts.map(({ balance, nanos }) => [balance.document, nanos]), leftNanos],
    [
      [
        ['A', money('20.00')],
        ['B', money('30.00')],
        ['C', money('10.00')],
      ],
      0n,
    ],
  );
});

test('R3: 100.00 over three equal documents is 33.34, 33.33, 33.33', () => {
  const items = ['A', 'B', 'C'].map((document) => open(document, '200.00'));
  const { parts } = allocateAmount(money('100.00'), items, 'pro-rata');
  assert.deepEqual(
    parts.map(({ nanos }) => nanos),
    [money('33.34'), money('33.33'), money('33.33')],
  );
});

test('allocation loses nothing and never settles more than is open, by either rule', () => {
  const items = fc.array(fc.bigInt({ min: 1n, max: 10n ** 12n }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(
      items,
      fc.bigInt({ min: 1n, max: 10n ** 13n }),
      fc.constantFrom('oldest-first', 'pro-rata'),
      fc.boolean(),
      (opens, amount, rule, whole) => {
        const unit = whole ? 10_000_000n : 1n; // documents in whole cents, and sums of nanos
        const balances = opens.map((nanos, index) => open(`D${index}`, '1.00', { openNanos: nanos * unit }));
        const { parts, leftNanos } = allocateAmount(amount * unit, balances, rule);
        const settled = parts.reduce((sum, { nanos }) => sum + nanos, 0n);
        assert.equal(settled + leftNanos, amount * unit);
        for (const { balance, nanos } of parts) assert.ok(nanos > 0n && nanos <= balance.openNanos);
        const all = opens.reduce((sum, each) => sum + each * unit, 0n);
        assert.ok(leftNanos === 0n || settled === all, 'something is left only when everything is paid');
      },
    ),
    { seed: 333, numRuns: 500 },
  );
});

test('netting over random items and rates sets the smaller side off whole and balances', () => {
  const item = fc.record({ cents: fc.bigInt({ min: -(10n ** 8n), max: 10n ** 8n }).filter((each) => each !== 0n), usd: fc.boolean() });
  fc.assert(
    fc.property(fc.array(item, { minLength: 2, maxLength: 10 }), fc.integer({ min: 5_000, max: 20_000 }), (items, tenThousandths) => {
      const usd = rate('USD', 'EUR', `${Math.floor(tenThousandths / 10_000)}.${String(tenThousandths % 10_000).padStart(4, '0')}`);
      const balances = items.map(({ cents, usd: isUsd }, index) =>
        open(`D${index}`, '1.00', {
          ledgerAccount: cents < 0n ? 'payable' : 'receivable',
          openNanos: cents * 10_000_000n,
          openEntityNanos: cents * 9_000_000n,
          ...(isUsd ? { currency: 'USD' } : { openEntityNanos: cents * 10_000_000n }),
        }),
      );
      const proposal = proposeNetting(balances, 'EUR', new Map([['USD', usd]]));
      const worth = proposal.items.reduce((sum, { setOffWorthNanos }) => sum + setOffWorthNanos, 0n);
      assert.equal(worth, 0n);
      for (const { balance, setOffNanos } of proposal.items)
        assert.ok(
          setOffNanos === 0n ||
            (setOffNanos > 0n === balance.openNanos > 0n && setOffNanos * setOffNanos <= balance.openNanos * balance.openNanos),
        );
      const entry = settleEntry(request, partsOf(proposal), new Map([['USD', usd]]));
      assert.equal(
        entry.postings.reduce((sum, each) => sum + (each.entityAmountNanos ?? each.amountNanos), 0n),
        0n,
      );
    }),
    { seed: 6, numRuns: 400 },
  );
});

const documents: readonly OpenDocument[] = [
  { ...open('INV-2026-000017', '119.00'), account: 'bor-eur' },
  { ...open('INV-2026-000018', '50.00'), account: 'bor-eur' },
  { ...open('INV-2026-000170', '75.00'), account: 'cyg-eur' },
  { ...open('INV-2026-000171', '75.00'), account: 'cyg-eur' },
];
const payers: readonly Payer[] = [
  { party: 'borealis', name: 'Borealis Networks AB', bankAccounts: ['SE1'], accounts: [{ id: 'bor-eur', currency: 'EUR' }] },
  { party: 'cygnus', name: 'Cygnus Móvel, S.A.', bankAccounts: ['PT1'], accounts: [{ id: 'cyg-eur', currency: 'EUR' }] },
];

const matches: readonly (readonly [
  what: string,
  payment: Partial<Remittance> & { amount: string },
  expected: readonly (readonly [string, string])[],
])[] = [
  ['a number as it stands', { amount: '119.00', said: ['INV-2026-000017'] }, [['certain', 'INV-2026-000017']]],
  [
    'a number with other signs, in a sentence',
    { amount: '119.00', said: ['payment of inv 2026/000017, thank you'] },
    [['certain', 'INV-2026-000017']],
  ],
  [
    'a number without its signs, against other text',
    { amount: '119.00', said: ['REF:INV2026000017EUR'] },
    [['certain', 'INV-2026-000017']],
  ],
  ['two numbers', { amount: '169.00', said: ['INV-2026-000017 and INV-2026-000018'] }, [['certain', 'INV-2026-000017 INV-2026-000018']]],
  ['less than what is open of the number', { amount: '100.00', said: ['INV-2026-000017'] }, [['certain', 'INV-2026-000017']]],
  ['a number inside a longer one is not named', { amount: '11.00', said: ['INV-2026-0000171'] }, []],
  [
    'a number, from the bank account of somebody else',
    { amount: '119.00', said: ['INV-2026-000017'], iban: 'PT1' },
    [
      ['likely', 'INV-2026-000017'],
      ['likely', ''],
    ],
  ],
  [
    'numbers of two parties',
    { amount: '194.00', said: ['INV-2026-000017 INV-2026-000170'] },
    [
      ['likely', 'INV-2026-000017'],
      ['likely', 'INV-2026-000170'],
    ],
  ],
  [
    'no reference, but the amount of one document of the payer’s',
    { amount: '50.00', said: ['thank you'], iban: 'SE1' },
    [
      ['certain', 'INV-2026-000018'],
      ['likely', ''],
    ],
  ],
  [
    'the amount of two documents of the payer’s',
    { amount: '75.00', iban: 'PT1' },
    [
      ['likely', ''],
      ['possible', 'INV-2026-000170'],
      ['possible', 'INV-2026-000171'],
    ],
  ],
  [
    'another reference, and the amount of one document',
    { amount: '50.00', said: ['INV-9999'], iban: 'SE1' },
    [
      ['likely', 'INV-2026-000018'],
      ['likely', ''],
    ],
  ],
  [
    'a number without its letters, from a known bank account',
    { amount: '50.00', said: ['Rechnung 2026/000017'], iban: 'SE1' },
    [
      ['certain', 'INV-2026-000017'],
      ['likely', 'INV-2026-000018'],
      ['likely', ''],
    ],
  ],
  ['a number without its letters, from anybody', { amount: '1.00', said: ['factura 2026-000017.'] }, [['likely', 'INV-2026-000017']]],
  ['its digits inside another number', { amount: '1.00', said: ['12026000017'] }, []],
  ['only a name, written otherwise', { amount: '1.00', name: 'CYGNUS MOVEL SA' }, [['possible', '']]],
  ['only an amount', { amount: '119.00' }, [['possible', 'INV-2026-000017']]],
  ['nothing that is known', { amount: '3.00', name: 'Nobody', said: ['hello'] }, []],
  ['a number, in another currency', { amount: '119.00', currency: 'USD', said: ['INV-2026-000017'] }, [['likely', 'INV-2026-000017']]],
];

for (const [what, { amount, ...payment }, expected] of matches) {
  test(`matching by ${what}`, () => {
    const found = matchPayment(
      { currency: 'EUR', said: [], ...payment, amountNanos: money(amount) },
      new OpenDocuments(documents),
      new Payers(payers),
    );
    assert.deepEqual(
      found.map(({ strength, documents: named }) => [strength, named.join(' ')]),
      expected,
    );
    for (const { evidence } of found) assert.ok(evidence.length > 0);
  });
}

test('interest runs from the day after the due day, on what is open, and falls with payments', () => {
  const changes = [
    { day: '2026-09-01', nanos: money('1000.00') },
    { day: '2026-10-11', nanos: money('-400.00') },
  ];
  // 10 days on 1,000.00 and 21 on 600.00 at 8 % of 365 days: 0.08 × (10,000 + 12,600) / 365 = 4.9534…
  const { nanos, steps } = lateInterest(changes, '2026-09-30', '2026-10-31', decimal('8'), 'EUR');
  assert.deepEqual(
    steps.map(({ from, days, openNanos }) => [from, days, openNanos]),
    [
      ['2026-10-01', 10, money('1000.00')],
      ['2026-10-11', 21, money('600.00')],
    ],
  );
  assert.equal(nanos, money('4.95'));
  assert.equal(lateInterest(changes, '2026-09-30', '2026-09-30', decimal('8'), 'EUR').nanos, 0n);
  // A whole year at 9.12 % is 9.12 % of the amount.
  assert.equal(
    lateInterest([{ day: '2025-01-01', nanos: money('1000.00') }], '2025-12-31', '2026-12-31', decimal('9.12'), 'EUR').nanos,
    money('91.20'),
  );
});

test('in currencies of very different units nothing is left in clearing, no side takes more, and both are worth the same to the unit', () => {
  // 1 USD = 89,500.00 LBP: a cent is 895.00 of the netting's currency.
  const into = new Map([['USD', rate('USD', 'LBP', '89500')]]);
  const amount = fc.tuple(fc.constantFrom('USD', 'LBP'), fc.bigInt({ min: -300_000n, max: 300_000n }));
  fc.assert(
    fc.property(fc.array(amount, { maxLength: 8 }), (amounts) => {
      const balances = amounts.flatMap(([currency, cents], index) =>
        cents === 0n
          ? []
          : [
              open(`D${index}`, '1.00', {
                currency,
                openNanos: cents * 10_000_000n,
                openEntityNanos: cents * (currency === 'USD' ? 10_000_000n : 100n),
              }),
            ],
      );
      const proposal = proposeNetting(balances, 'LBP', into);
      const parts = partsOf(proposal);
      for (const { balance, nanos } of parts) {
        assert.ok(nanos !== 0n && nanos < 0n === balance.openNanos < 0n, 'of the sign of what is open');
        assert.ok(nanos < 0n ? nanos >= balance.openNanos : nanos <= balance.openNanos);
      }
      const worth = proposal.items.reduce((sum, { setOffWorthNanos }) => sum + setOffWorthNanos, 0n);
      assert.equal(worth, 0n, 'both sides are worth the same');
      if (proposal.setOffNanos === 0n) return assert.deepEqual(parts, []);
      const toEntity = new Map([...into].map(([currency, each]) => [currency, each]));
      toEntity.set('LBP', rate('LBP', 'EUR', '0.00001'));
      toEntity.set('USD', rate('USD', 'EUR', '0.9'));
      const whole = remainderAsOne(proposal, parts, { account: 'a', document: 'NET-1', dueDay: '2026-12-01' }, 'EUR');
      const more = whole.posting === undefined ? [] : [whole.posting];
      for (const entry of [settleEntry(request, parts, toEntity), settleEntry(request, whole.parts, toEntity, more)]) {
        const clearing = entry.postings.filter(({ ledgerAccount }) => ledgerAccount === 'clearing');
        const own = clearing.reduce((sum, each) => sum + (each.entityAmountNanos ?? each.amountNanos), 0n);
        assert.equal(own, 0n, 'nothing stays in clearing');
        assert.ok(clearing.length !== 1);
        const rounding = entry.postings.filter(({ ledgerAccount }) => ledgerAccount === 'rounding');
        for (const { amountNanos } of rounding) assert.ok(amountNanos * (amountNanos < 0n ? -1n : 1n) <= money('3600.00'));
        for (const [currency, postings] of Map.groupBy(entry.postings, (posting) => posting.currency))
          assert.equal(
            postings.reduce((sum, { amountNanos }) => sum + amountNanos, 0n),
            0n,
            currency,
          );
      }
      return undefined;
    }),
    { seed: 89500, numRuns: 400 },
  );
});

test('50.00 LBP cannot be set off against dollars: they are worth less than half a cent', () => {
  const into = new Map([['USD', rate('USD', 'LBP', '89500')]]);
  const { setOffNanos, items } = proposeNetting(
    [open('INV-1', '50.00', { currency: 'LBP' }), open('BILL-1', '-1.00', { currency: 'USD' })],
    'LBP',
    into,
  );
  assert.deepEqual([setOffNanos, items.map((item) => item.setOffNanos)], [0n, [0n, 0n]]);
});
