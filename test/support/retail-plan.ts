/** A retail plan for the engine with real rules: data at 0.005 a megabyte, from money. */
import { compileCatalog } from '#core/catalog/compile-catalog.ts';
import type { ChargingAccount } from '#core/charging/account.ts';
import { openAccount } from '#core/charging/change.ts';
import type { CompiledCatalog } from '#core/charging/plan.ts';
import { chargingRules } from '#core/charging/rules.ts';
import { decimal } from '#core/money/decimal.ts';
import type { Book } from '#core/tariffs/book.ts';

/** A megabyte. */
export const NANOS_OF_A_REPORT = 5_000_000n;
const BALANCE_NANOS = 100_000_000_000_000n;

const book: Book = {
  ...{
    legalEntities: [],
    parties: [],
    accounts: [],
    trunks: [],
    agreements: [],
    calendars: [],
    timeBands: [],
    originSets: [],
    codeDecks: [],
  },
  tariffs: [
    {
      id: 'data',
      name: 'Data',
      service: 'data',
      currency: 'EUR',
      per: 1_000_000,
      withoutCaller: 'ignore',
      charged: 'delivered',
      messageUnit: 'part',
      volume: { count: 'both', roundUpToBytes: 1, per: 'session' },
      rates: [
        {
          id: 1,
          match: { code: '', destination: 'Data' },
          terms: { price: decimal('0.005') },
          validFromMicros: 0,
          validToMicros: Number.POSITIVE_INFINITY,
        },
      ],
      ratesBy: 'files',
    },
  ],
};

export function retailCatalog(): CompiledCatalog {
  const compiled = compileCatalog(
    {
      plans: [
        {
          ...{ id: 'mobile', versionId: 1, name: 'Mobile', currency: 'EUR', zone: 'Europe/Berlin', validFrom: '2026-01-01' },
          ...{ rounding: { decimals: 6, mode: 'half-up' }, seconds: 'ceil', bands: 'split' },
          services: [
            {
              ...{ service: 'data', tariff: 'data', freeGroups: [], usualGrant: '10 MB', validitySeconds: 3600, thresholdPercent: 20 },
              finalUnit: { action: 'terminate' },
            },
          ],
          ...{ allowances: [], controls: [], thresholds: [], supervisionSeconds: 600 },
        },
      ],
      allowances: [],
      addOns: [],
    },
    book,
  );
  if (!compiled.ok) throw new Error(compiled.refusals.map(({ message }) => message).join('\n'));
  return compiled.value;
}

/** With money enough for any run. */
export function openedAccount(catalog: CompiledCatalog, now: number): ChargingAccount {
  const opened = openAccount(catalog, { id: 'model', currency: 'EUR', plan: 'mobile', identities: [] }, now);
  const [account] = opened.ok ? opened.value.accounts : [];
  if (account === undefined) throw new Error('the account cannot be opened');
  const topUp = { key: 'model', kind: 'top-up', nanos: BALANCE_NANOS, currency: 'EUR' } as const;
  const filled = chargingRules(catalog).change({ account, pools: [] }, topUp, now);
  const [ready] = filled.ok ? filled.value.accounts : [];
  if (ready === undefined) throw new Error('the account cannot be topped up');
  return ready;
}
