/** What is behind tax, deposits, credit alarms, payments by card, conversions and number tables; their long work. */

import type { JobDesk } from '#api/jobs/jobs.ts';
import { creditAlarmOperations, type ReadCreditAlarms } from '#api/ledger/credit-alarms.ts';
import { IMPORT_NUMBERS, type ImportNumbersInput, type NumberTables, numberTableOperations } from '#api/numbers/number-tables.ts';
import type { Operation } from '#api/operation.ts';
import { type CardDesk, cardOperations } from '#api/payments/cards.ts';
import { depositOperations, type MoveDeposit } from '#api/payments/deposits.ts';
import { type UndoRateSheet, undoRateSheetOperations } from '#api/rates/rate-sheets.ts';
import { type ConversionDesk, conversionOperations } from '#api/settings/conversions.ts';
import { IMPORT_TAX_TABLE, type ImportTaxTableInput, type TaxRecords, taxRecordOperations } from '#api/tax/records.ts';
import { CHECK_TAX, type CheckTaxInput, type TaxReader, taxOperations } from '#api/tax/rules.ts';
import { findingShown } from '#api/tax/schemas.ts';
import { undriven } from '#api/undriven.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import { formatInstant } from '#core/time/zoned.ts';
import type { JobKind } from '#operations/jobs/run-jobs.ts';
import { listCardEvents } from '#storage/cards/card-books.ts';
import { listCreditAlarms } from '#storage/credit/alarms.ts';
import { taxStoreOn } from '#storage/tax/tax-store.ts';
import { makeLink, openProvider, seeCardEvent } from '../cards/cards.ts';
import { bookDeposit } from '../credit/credit.ts';
import { findRate, importRates, revalueBalances } from '../exchange/rates.ts';
import { importNumbers } from '../numbers/import.ts';
import { findNumberTable, listNumberTables } from '../numbers/tables.ts';
import { undoRates } from '../rates.ts';
import { addCertificate, endCertificate, listCertificates } from '../tax/certificates.ts';
import { checkTax, readTaxRules } from '../tax/check.ts';
import { explainTax } from '../tax/explain.ts';
import { importTaxTable } from '../tax/import-table.ts';
import { nowMicros, today } from './clock.ts';
import type { ApiHome, AskedHome } from './home.ts';
import { kind } from './settlement.ts';
import { withUploads } from './uploaded.ts';

export interface FinanceBehind {
  readonly tax: TaxReader;
  readonly taxRecords: TaxRecords;
  readonly deposits: MoveDeposit;
  readonly creditAlarms: ReadCreditAlarms;
  readonly cards: CardDesk;
  readonly conversions: ConversionDesk;
  readonly numbers: NumberTables;
  readonly undoSheet: UndoRateSheet;
}

export const nothingBehindFinance: FinanceBehind = {
  ...{ tax: undriven(), taxRecords: undriven(), deposits: undriven(), creditAlarms: undriven(), cards: undriven() },
  ...{ conversions: undriven(), numbers: undriven(), undoSheet: undriven() },
};

export function financeOperations(behind: FinanceBehind, jobs: JobDesk): readonly Operation[] {
  return [
    ...taxOperations(behind.tax, jobs),
    ...taxRecordOperations(behind.taxRecords, jobs),
    ...depositOperations(behind.deposits),
    ...creditAlarmOperations(behind.creditAlarms),
    ...cardOperations(behind.cards),
    ...conversionOperations(behind.conversions),
    ...numberTableOperations(behind.numbers, jobs),
    ...undoRateSheetOperations(behind.undoSheet),
  ];
}

export function financeBehind({ database, settings, uploads, aside }: AskedHome): FinanceBehind {
  const recorded = (by: string) => ({ atMicros: nowMicros(), by });
  return {
    tax: {
      rules: () => readTaxRules(database),
      explain: ({ service = 'voice', on, pricesIncludeTax = false, buyerIs, ...rest }) =>
        explainTax(database, settings, {
          ...{ ...rest, service, day: on ?? today(), pricesIncludeTax },
          ...(buyerIs === undefined ? {} : { buyerIs }),
        }),
    },
    taxRecords: {
      certificates: (party) => listCertificates(database, party),
      add: ({ number, ...rest }, by) => addCertificate(database, { ...rest, id: number, recorded: recorded(by) }),
      end: ({ party, number, of, on, why }, by) => endCertificate(database, { party, id: number, of }, on, why, recorded(by)),
      tables: () => taxStoreOn(database.pool).imports(),
    },
    async deposits(account, { move, money: { amount, currency }, on, ...rest }, by) {
      const { isNew, entryId, entry } = await bookDeposit(database, {
        ...{ ...rest, kind: move, account, amount, currency, day: on ?? today(), by },
      });
      return { isNew, entry: entryId, day: entry.day, reference: entry.cause.id };
    },
    creditAlarms: (cleared, before, most) => listCreditAlarms(database.pool, cleared, { before, most }),
    cards: {
      events: (held, before, most) => listCardEvents(database.pool, held, most, before),
      see: (event, by) => seeCardEvent(database, event, by),
      async link(document, by) {
        const { url, amountNanos, currency, expiresMicros } = await makeLink(database, await openProvider(settings.stripe), document, by);
        if (url === undefined) throw new RefusedError(refuse('card.provider-failed', 'the provider made no page'));
        return { url, amountNanos, currency, ...(expiresMicros === undefined ? {} : { expiresMicros }) };
      },
    },
    conversions: {
      find: async ({ on, ...question }) => (await findRate(database, { ...question, day: on ?? today() })).conversion,
      revalue: (body, by) => revalueBalances(database, { ...body, by }),
      take: ({ upload, source = 'ecb', ...rest }, owner, by) =>
        withUploads(uploads, owner, [upload], ([file = '']) => importRates(database, { ...rest, file, source, by })),
    },
    numbers: {
      list: () => listNumberTables(database),
      demand: (table) => findNumberTable(database, table),
      lookUp: (number, question) => aside.reads.lookUpNumber(number, { ...question, nowMicros: nowMicros() }),
    },
    undoSheet: (importId) => undoRates(database, importId),
  };
}

/** Findings that a result keeps. */
const MOST_KEPT = 500;

/** All can be begun again: a file that counts already changes nothing. */
export function financeJobKinds({ database, uploads }: ApiHome): readonly JobKind[] {
  return [
    kind<CheckTaxInput>({
      ...{ kind: CHECK_TAX, permission: 'documents:read', title: () => 'Look for gaps in the data of tax' },
      async run({ from = today(), to = twoYearsAfter(from) }) {
        const { supplies, findings } = await checkTax(database, from, to);
        return { from, to, supplies, faults: findings.length, findings: findings.slice(0, MOST_KEPT).map(findingShown) };
      },
    }),
    kind<ImportTaxTableInput>({
      ...{ kind: IMPORT_TAX_TABLE, permission: 'documents:manage', title: ({ table }) => `Take rates of tax into ${table}` },
      run: ({ upload, table, owner }, by) =>
        withUploads(uploads, owner, [upload], async ([file = '']) => {
          const { state, import: made, rates } = await importTaxTable(database, table, file, { atMicros: nowMicros(), by });
          return { isNew: state === 'imported', table, file: made.file, rows: made.rows, rates };
        }),
    }),
    kind<ImportNumbersInput>({
      ...{ kind: IMPORT_NUMBERS, permission: 'usage:manage', title: ({ table }) => `Take numbers into ${table}` },
      run: ({ upload, table, mode, owner }, _, { progress }) =>
        withUploads(uploads, owner, [upload], async ([file = '']) => {
          const onProgress = (bytes: number): void => progress(bytes, undefined);
          const { state, import: made } = await importNumbers(database, { file, table, mode, onProgress });
          return { isNew: state === 'imported', table, file: made.file, rows: made.rows, knownFrom: formatInstant(made.knownFromMicros) };
        }),
    }),
  ];
}

function twoYearsAfter(day: string): string {
  return Temporal.PlainDate.from(day).add({ years: 2 }).toString();
}
