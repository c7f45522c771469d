/** One partner with one agreement in USD, months settled, its invoices in our books: what the tests of partners' invoices share. */
import { createLog } from '#app/log.ts';
import { accept } from '#app/partner-invoices/decide.ts';
import { enterInvoice } from '#app/partner-invoices/receive.ts';
import { closeDue } from '#app/periods/closing.ts';
import { RefusedError } from '#core/refusals.ts';
import type { Database } from '#storage/database.ts';
import { withTestDatabase } from './database.ts';
import { type FixtureEvent, writeConfiguration, writeEvents, writeRate } from './settlement-fixture.ts';

const settings = { tax: { url: '', token: '', countries: '', timeoutMs: 1000, attempts: 1 } };
export const recorded = { atMicros: Date.parse('2026-12-31T12:00:00Z') * 1000, by: 'ann' };

/** What commands of settling need of an installation. */
export function homeOf(database: Database) {
  return { database, settings, dataFolder: '', log: createLog({ level: 'silent', format: 'json' }) };
}

export interface World {
  readonly database: Database & { readonly url: string };
  readonly home: ReturnType<typeof homeOf>;
  /** Calls that they took: cost of so much on a day. */
  load(...calls: readonly (readonly [day: string, amount: string])[]): Promise<void>;
  /** Calls that we took: revenue of so much on a day. */
  loadTheirs(...calls: readonly (readonly [day: string, amount: string])[]): Promise<void>;
  close(on: string, label?: string): Promise<void>;
  /** Takes an invoice in; the number that it got here. */
  take(number: string, line: string, more?: Partial<Parameters<typeof enterInvoice>[1]>): Promise<string>;
  accept(id: string, more?: Partial<Parameters<typeof accept>[1]>): ReturnType<typeof accept>;
  /** Sums by ledger account in the document's currency, those of nothing left out: `cost 40.5`. */
  balances(): Promise<readonly string[]>;
}

export interface WorldTerms {
  readonly settlement?: object;
  /** Both in Ireland, where 23 % are due; else the partner is in Sweden and we in Germany, and we owe the tax. */
  readonly domestic?: boolean;
  /** Of our legal entity. */
  readonly currency?: string;
  readonly fourEyes?: boolean;
}

export async function withWorld(
  { settlement, domestic, currency = 'USD', fourEyes }: WorldTerms,
  work: (world: World) => Promise<void>,
): Promise<void> {
  await withTestDatabase(async (database) => {
    const version = await writeConfiguration(database);
    const change = (kind: string, body: object) =>
      database.pool.query('update config_version set body = body || $2::jsonb where kind = $1', [kind, JSON.stringify(body)]);
    const [theirs, ours] = domestic === true ? ['IE', 'IE'] : ['SE', 'DE'];
    await change('parties', {
      country: theirs,
      taxId: domestic === true ? 'IE6388047V' : 'SE556000000001',
      bankAccounts: [{ iban: 'DE89370400440532013000', bic: 'COBADEFFXXX', currency: 'USD' }],
    });
    await change('legalEntities', {
      ...{
        country: ours,
        taxId: domestic === true ? 'IE3628739EH' : 'DE111111125',
        currency,
        ...(fourEyes === true ? { ledger: { fourEyes } } : {}),
      },
      invoicing: { bankAccounts: [{ iban: 'DE02120300000000202051', bic: 'BYLADEM1001', currency: 'USD' }] },
    });
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
      ...{ deals: [], checks: {}, paymentTermsDays: 30, ...settlement },
    };
    await change('agreements', { settlement: whole });
    const buy = await writeRate(database, 'buy', 'France', '0.005');
    const sell = await writeRate(database, 'sell', 'Germany', '0.01');
    await work({
      database,
      home: homeOf(database),
      load: (...calls) =>
        writeEvents(
          database,
          version,
          calls.map(
            ([day, amount]): FixtureEvent => ({ start: `${day}T12:00:00Z`, day, seconds: 60, out: { rate: buy, billed: 60, amount } }),
          ),
        ),
      loadTheirs: (...calls) =>
        writeEvents(
          database,
          version,
          calls.map(
            ([day, amount]): FixtureEvent => ({ start: `${day}T12:00:00Z`, day, seconds: 60, in: { rate: sell, billed: 60, amount } }),
          ),
        ),
      close: async (on, label) => {
        const closed = await closeDue(
          { database, settings },
          { ...{ on, nowMicros: recorded.atMicros, by: 'ann' }, ...(label === undefined ? {} : { label, agreements: ['borealis-2026'] }) },
        );
        const refused = closed.flatMap(({ refusals }) => refusals);
        if (refused.length > 0) throw new RefusedError(...(refused as [(typeof refused)[number]]));
      },
      take: async (number, line, more) => {
        const head = { agreement: 'borealis-2026', period: { from: '2026-10-01', to: '2026-11-01' }, number, dated: '2026-11-03' };
        const { id } = await enterInvoice(database, { ...head, lines: [line], day: '2026-11-05', recorded, ...more });
        return String(id);
      },
      accept: (id, more) =>
        accept(
          { database, settings },
          {
            ...{ id, whole: false, beforeClose: false, moreToCome: false, taxAsInvoiced: false, evidence: [], respondDays: 30 },
            ...{ day: '2026-11-06', by: 'ann', recorded, ...more },
          },
        ),
      balances: async () => {
        const { rows } = await database.pool.query<{ row: string }>(
          `select format('%s %s', ledger_account, trim_scale(sum(amount_nanos) / 1e9)) as row from ledger_posting
            group by ledger_account having sum(amount_nanos) <> 0 order by 1`,
        );
        return rows.map(({ row }) => row);
      },
    });
  });
}

/** For assert.rejects: refused by this code. */
export function refusedAs(code: string): (error: unknown) => boolean {
  return (error) => error instanceof RefusedError && error.refusals.some((refusal) => refusal.code === code);
}
