import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Posting } from '../../ledger/entry.ts';
import { type BookedInvoice, type Contested, changeOf, creditPostings, nothingContested, settlingPostings, standingOf } from './booking.ts';
import { clearingEntries, type Expected } from './clearing.ts';
import type { PartnerInvoice } from './partner-invoice.ts';

/** Numbers from a seed (mulberry32). */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** Smallest units: 0, 2 and 3 decimals. */
const CURRENCIES = [
  ['JPY', 1_000_000_000n],
  ['USD', 10_000_000n],
  ['KWD', 1_000_000n],
] as const;

function invoiceOf(next: (below: number) => number): { readonly booked: BookedInvoice; readonly unit: bigint } {
  const [currency, unit] = CURRENCIES[next(3)] ?? CURRENCIES[0];
  const lines = Array.from({ length: 1 + next(4) }, (_, at) => ({
    ...{ number: at + 1, description: '', agreement: `a${next(2)}`, period: { from: '2026-10-01', to: '2026-11-01' } },
    ...(next(3) === 0 ? {} : { service: next(2) === 0 ? ('voice' as const) : ('sms' as const) }),
    netNanos: unit * BigInt(1 + next(100_000)) * (at > 0 && next(6) === 0 ? -1n : 1n),
  }));
  let netNanos = lines.reduce((sum, line) => sum + line.netNanos, 0n);
  if (netNanos <= 0n && lines[0] !== undefined) {
    lines[0] = { ...lines[0], netNanos: lines[0].netNanos - netNanos + unit * 7n };
    netNanos = unit * 7n;
  }
  const taxes = Array.from({ length: next(3) }, (_, at) => ({
    ...{ rule: `r${at}`, taxNanos: unit * BigInt(next(9_000)), selfAssessedNanos: unit * BigInt(next(2) * next(9_000)) },
  }));
  const taxNanos = taxes.reduce((sum, tax) => sum + tax.taxNanos, 0n);
  const withheld = next(3) === 0 ? [{ rule: 'w', taxNanos: unit * BigInt(next(50)) }] : [];
  const invoice: PartnerInvoice = {
    ...{
      kind: 'invoice',
      side: 'payable',
      legalEntity: 'us',
      party: 'p',
      account: 'p-1',
      number: '1',
      issueDay: '2026-11-01',
      dueDay: '2026-12-01',
      currency,
      lines,
    },
    ...{ taxes: [], netNanos, taxNanos, totalNanos: netNanos + taxNanos },
  };
  const rate = {
    numerator: 1_000_000n,
    denominator: BigInt(900_000 + next(200_000)),
    currency: 'EUR',
    said: { currency, rate: '', source: 's', day: '' },
  };
  return { booked: { invoice, taxes: { taxes, withheld }, ...(next(2) === 0 ? {} : { rate }) }, unit };
}

function add(books: Map<string, [bigint, bigint]>, postings: readonly Posting[]): void {
  for (const { ledgerAccount, amountNanos, entityAmountNanos } of postings) {
    const [amount, worth] = books.get(ledgerAccount) ?? [0n, 0n];
    books.set(ledgerAccount, [amount + amountNanos, worth + (entityAmountNanos ?? amountNanos)]);
  }
}

function sumsOf(postings: readonly Posting[]): readonly [bigint, bigint] {
  return postings.reduce<readonly [bigint, bigint]>(
    ([amount, worth], each) => [amount + each.amountNanos, worth + (each.entityAmountNanos ?? each.amountNanos)],
    [0n, 0n],
  );
}

const SEEDS = Number(process.env.PARTNER_INVOICE_SEEDS ?? 300);

test('disputes of an accepted invoice in any order: every entry sums to zero, and in the end cost is what was accepted', () => {
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const next = seeded(seed);
    const { booked, unit } = invoiceOf(next);
    const { invoice } = booked;
    const books = new Map<string, [bigint, bigint]>();
    const post = (postings: readonly Posting[]): void => {
      assert.deepEqual(sumsOf(postings), [0n, 0n], `seed ${seed}`);
      add(books, postings);
    };
    const open: bigint[] = [];
    let state: Contested = nothingContested;
    post(standingOf(booked, state));
    let creditedTax = 0n;
    for (let step = 0; step < 6; step += 1) {
      const left = (invoice.netNanos - state.openNanos - state.creditedNanos) / unit;
      if (next(2) === 0 && left > 0n) {
        const net = unit * (1n + (BigInt(next(1_000_000)) % left));
        const after = { ...state, openNanos: state.openNanos + net };
        post(changeOf(standingOf(booked, state), standingOf(booked, after)));
        open.push(net);
        state = after;
        continue;
      }
      const net = open.shift();
      if (net === undefined) continue;
      const agreed = next(2) === 0 ? 0n : unit * (1n + (BigInt(next(1_000_000)) % (net / unit)));
      const after = { openNanos: state.openNanos - net, creditedNanos: state.creditedNanos + agreed };
      if (agreed === 0n) post(changeOf(standingOf(booked, state), standingOf(booked, after)));
      else {
        const taxNanos = booked.taxes.taxes.length === 0 ? 0n : unit * BigInt(next(20));
        creditedTax += taxNanos;
        const credit: PartnerInvoice = {
          ...invoice,
          kind: 'credit-note',
          number: 'c',
          corrects: '1',
          taxNanos,
          netNanos: agreed,
          totalNanos: agreed + taxNanos,
        };
        const taxes = { taxes: [{ rule: 'r0', taxNanos, selfAssessedNanos: 0n }], withheld: [] };
        post(settlingPostings({ ...booked, invoice: credit, taxes }, booked, state, after));
      }
      state = after;
    }
    for (const net of open) {
      const after = { ...state, openNanos: state.openNanos - net };
      post(changeOf(standingOf(booked, state), standingOf(booked, after)));
      state = after;
    }
    const withheld = booked.taxes.withheld.reduce((sum, each) => sum + each.taxNanos, 0n);
    assert.equal(books.get('cost')?.[0] ?? 0n, invoice.netNanos - state.creditedNanos, `seed ${seed}`);
    assert.deepEqual(books.get('disputed') ?? [0n, 0n], [0n, 0n], `seed ${seed}`);
    assert.equal(books.get('payable')?.[0] ?? 0n, withheld - invoice.totalNanos + state.creditedNanos + creditedTax, `seed ${seed}`);
  }
});

test('a credit note over everything leaves no balance', () => {
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const { booked } = invoiceOf(seeded(seed));
    const books = new Map<string, [bigint, bigint]>();
    add(books, standingOf(booked, nothingContested));
    const credit = creditPostings({ ...booked, invoice: { ...booked.invoice, kind: 'credit-note', number: 'c', corrects: '1' } });
    assert.ok(credit.every(({ ledgerAccount, document }) => ledgerAccount !== 'payable' || document === '1'));
    add(books, credit);
    for (const [account, balance] of books) assert.deepEqual(balance, [0n, 0n], `seed ${seed}: ${account}`);
  }
});

const expected = (statement: string, from: string, to: string, service: 'voice' | 'sms', cents: number): Expected => ({
  ...{ side: 'payable', statement, agreement: 'a', period: { from, to }, legalEntity: 'us', account: 'p-1', service, currency: 'USD' },
  ...{ openNanos: BigInt(cents) * 10_000_000n, openEntityNanos: BigInt(cents) * 9_000_000n },
});

test('an invoice takes back what is expected of its days and services, from the oldest on where others will follow', () => {
  const all = [
    expected('a@2026-11@1', '2026-11-01', '2026-12-01', 'voice', 5_000),
    expected('a@2026-10@1', '2026-10-01', '2026-11-01', 'voice', 3_000),
    expected('a@2026-10@1', '2026-10-01', '2026-11-01', 'sms', 700),
  ];
  const request = {
    ...{ reference: 'p/1', description: '', side: 'payable' as const, currency: 'USD', entityCurrency: 'EUR', day: '2026-12-05', by: 't' },
  } as const;
  const taken = (moreToCome: boolean, netCents: number, services?: readonly ('voice' | 'sms')[]) =>
    clearingEntries(
      [
        {
          agreement: 'a',
          period: { from: '2026-10-01', to: '2026-12-01' },
          netNanos: BigInt(netCents) * 10_000_000n,
          ...(services === undefined ? {} : { services }),
        },
      ],
      all,
      { ...request, moreToCome },
    ).map(({ cause, postings }) => {
      assert.deepEqual(sumsOf(postings), [0n, 0n]);
      return [
        cause.id,
        ...postings
          .filter(({ ledgerAccount }) => ledgerAccount === 'unbilled-payable')
          .map(({ amountNanos, entityAmountNanos }) => `${amountNanos / 10_000_000n} ${(entityAmountNanos ?? 0n) / 1_000_000n}`),
      ];
    });
  assert.deepEqual(taken(false, 1, ['voice']), [
    ['a@2026-10@1/payable/USD/p/1', '3000 27000'],
    ['a@2026-11@1/payable/USD/p/1', '5000 45000'],
  ]);
  assert.deepEqual(taken(true, 3_705), [
    ['a@2026-10@1/payable/USD/p/1', '3000 27000', '700 6300'],
    ['a@2026-11@1/payable/USD/p/1', '5 50'],
  ]);
});
