import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KeptEntry } from '#app/charging/trace.ts';
import { type ChargingAccount, FOREVER } from '#core/charging/account.ts';
import { printAccount, printBatches, printHistory } from './charge-tables.ts';
import { capArgument, identityArgument, moneyArgument, quantityArgument } from './charge-words.ts';

const account: ChargingAccount = {
  ...{ id: 'anna', version: 3, currency: 'EUR', status: 'active', plan: 'mira' },
  identities: [{ kind: 'msisdn', value: '491701234567' }],
  buckets: [
    {
      ...{
        id: 1,
        definition: 'main',
        unit: 'money',
        value: 4_826_800_000n,
        filled: 20_000_000_000n,
        reserved: 300_000_000n,
        holders: 1,
        limit: 0n,
      },
      ...{ priority: 1000, validFromMicros: 0, validToMicros: FOREVER, raised: 0, rolled: 0 },
    },
  ],
  ...{ counters: [], sessions: [], controls: [], addOns: [], renewals: [], nextBucket: 2, dueMicros: FOREVER },
  pools: [{ pool: 'family', caps: [{ definition: 'data', most: 5_000_000_000n }] }],
  debtNanos: 50_000_000n,
};

const entry: KeptEntry = {
  ...{ entryId: 1, account: 'anna', atMicros: Date.parse('2026-10-14T12:00:00Z') * 1000, bucket: 1, definition: 'main', unit: 'money' },
  ...{ before: 5_020_000_000n, after: 4_826_800_000n, cause: 'use', of: 'pgw;1', number: 2, note: undefined },
};

test('an account is printed with what is left, set aside and owed, and as JSON', () => {
  const text = printAccount(account, false);
  assert.match(
    text,
    /anna: plan mira, EUR, active\nknown as msisdn:491701234567\ndraws from family, at most 5000000000 of data\nowes 0\.05 EUR/,
  );
  assert.match(text, /1 {2}main {4}money {2}4\.8268 {7}0\.30/);
  const json = JSON.parse(printAccount(account, true)) as {
    readonly buckets: readonly { readonly left: string; readonly validTo?: string }[];
  }; // as printed
  assert.deepEqual([json.buckets[0]?.left, json.buckets[0]?.validTo], ['4.8268', undefined]);
});

test('a history says by how much a balance changed and why', () => {
  assert.match(printHistory([entry], [], 9, false), /-0\.1932 {2}4\.8268 {2}use pgw;1, request 2/);
  assert.equal(printHistory([], [], 9, false), 'nothing has changed yet\n');
  const command = {
    kind: 'set-control',
    key: 'k',
    control: 'roaming-data',
    limit: 20_000_000_000n,
    unit: 'money',
    text: 'by anna',
  } as const;
  const kept = { atMicros: entry.atMicros + 1, account: 'anna', command };
  assert.match(printHistory([entry], [kept], 9, false), /set-control control roaming-data limit 20\.00, by anna\n.*use pgw;1/);
  assert.equal(printHistory([entry], [kept], 1, true).trim().split('\n').length, 1);
  assert.equal((JSON.parse(printHistory([entry], [], 9, true)) as { readonly request: number }).request, 2); // as printed
});

test('a batch of vouchers says what each brings and how many were used', () => {
  const batch = { batch: 1, nanos: 10_000_000_000n, currency: 'EUR', allowances: ['points'], madeBy: 'root', madeMicros: 0 };
  assert.match(
    printBatches([{ ...batch, validToMicros: undefined, stoppedMicros: 1, count: 2, used: 1 }], false),
    /10\.00 EUR, points {2,}2 {2,}1 {2}stopped/,
  );
});

test('arguments are read exactly or refused', () => {
  assert.equal(moneyArgument('0.000000001'), 1n);
  assert.deepEqual(quantityArgument('5GB'), { unit: 'bytes', amount: 5_000_000_000n });
  assert.deepEqual(identityArgument('sip-uri:sip:anna@example.net'), { kind: 'sip-uri', value: 'sip:anna@example.net' });
  assert.deepEqual(capArgument('data=5 GB', undefined), [{ definition: 'data', most: 5_000_000_000n }]);
  for (const wrong of ['', '1,00', '1e3', '0.0000000001', '5 GB']) assert.throws(() => moneyArgument(wrong), /10\.00/);
  assert.throws(() => identityArgument('491701234567'), /msisdn/);
});
