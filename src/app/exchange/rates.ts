/** Rates of exchange for `carillon exchange …`. */
import { createReadStream } from 'node:fs';
import { EcbXml, rateOf, readRateRows } from '#codecs/exchange/rate-tables.ts';
import type { LedgerEntry } from '#core/ledger/entry.ts';
import type { Conversion, ExchangePolicy, ExchangeRate } from '#core/money/exchange.ts';
import { RefusedError, type Result, valueOrThrow } from '#core/refusals.ts';
import { readXml } from '#gateways/xml/read-xml.ts';
import { type AddedRates, addRates } from '#operations/exchange/add-rates.ts';
import { revalue } from '#operations/exchange/revalue.ts';
import type { BookedEntry } from '#operations/ledger/ports.ts';
import type { Database } from '#storage/database.ts';
import { exchangeRatesOn, rateStoreOn, selectRates } from '#storage/exchange/exchange-rates.ts';
import { closingBooksOn } from '#storage/ledger/closings.ts';
import { foreignBalances, revaluationsOf } from '#storage/ledger/foreign-balances.ts';
import { ledgerBooksOn } from '#storage/ledger/ledger-books.ts';
import { legalEntityNow } from '#storage/ledger/legal-entities.ts';
import { checkDay } from '../ledger/reports.ts';
import { readTable } from '../text-table.ts';

export type { AddedRates, Conversion, ExchangeRate };

export interface ImportRequest {
  readonly file: string;
  readonly source: string;
  readonly by: string;
  readonly replaceWhy?: string;
}

/** Takes a file of rates in, all or nothing. Throws RefusedError. */
export async function importRates(database: Database, { file, source, by, replaceWhy }: ImportRequest): Promise<AddedRates> {
  const read = /\.xml$/i.test(file) ? await readRateXml(file, source) : readRateRows(await readTable(file), source);
  if (!read.ok) throw new RefusedError(...read.refusals.map((refusal) => ({ ...refusal, at: { ...refusal.at, file } })));
  const rates = read.value;
  return database.transaction((client) =>
    addRates(rateStoreOn(client), { rates, by, ...(replaceWhy === undefined ? {} : { replaceWhy }) }),
  );
}

async function readRateXml(file: string, source: string): Promise<Result<readonly ExchangeRate[]>> {
  const table = new EcbXml(source);
  await readXml(file, createReadStream(file), table);
  return table.result();
}

export interface SetRequest {
  readonly source: string;
  readonly day: string;
  readonly of: string;
  readonly into: string;
  readonly rate: string;
  readonly by: string;
  readonly replaceWhy?: string;
}

/** One rate given by hand. Throws RefusedError. */
export async function setRate(database: Database, request: SetRequest): Promise<AddedRates> {
  const rate = rateOf(request.source, request.day, request.of, request.into, request.rate);
  if ('code' in rate) throw new RefusedError({ ...rate, code: 'exchange.rate-wrong' });
  const { by, replaceWhy } = request;
  return database.transaction((client) =>
    addRates(rateStoreOn(client), { rates: [rate], by, ...(replaceWhy === undefined ? {} : { replaceWhy }) }),
  );
}

export interface ConversionQuestion {
  readonly from: string;
  readonly to: string;
  readonly day: string;
  readonly legalEntity?: string;
  readonly agreement?: string;
}

export interface FoundConversion {
  readonly conversion: Conversion;
  readonly policy: ExchangePolicy;
}

/** How one currency becomes another on a day, by the policy of a legal entity or agreement. Throws RefusedError. */
export async function findRate(
  database: Database,
  { from, to, day, legalEntity, agreement }: ConversionQuestion,
): Promise<FoundConversion> {
  checkDay(day);
  return database.transaction(async (client) => {
    const rates = exchangeRatesOn(client);
    const policy = await rates.policyOf((await legalEntityNow(client, legalEntity)).id, agreement);
    return { conversion: valueOrThrow(await rates.rateOn(from, to, day, policy)), policy };
  });
}

/** Rates of a source in force on the days from one to another, both included. */
export async function listRates(database: Database, source: string, from: string, to: string): Promise<readonly ExchangeRate[]> {
  checkDay(from);
  checkDay(to);
  const next = Temporal.PlainDate.from(to).add({ days: 1 }).toString();
  return database.transaction((client) => selectRates(client, source, from, next));
}

export interface RevalueRequest {
  readonly legalEntity?: string;
  readonly day: string;
  readonly by: string;
}

/** Unrealised differences of a legal entity at the end of a day, and their reversal. Throws RefusedError. */
export async function revalueBalances(
  database: Database,
  { legalEntity, day, by }: RevalueRequest,
): Promise<{
  readonly legalEntity: string;
  readonly currency: string;
  readonly entries: readonly (BookedEntry & { readonly entry: LedgerEntry })[];
}> {
  checkDay(day);
  return database.transaction(async (client) => {
    const { id, currency } = await legalEntityNow(client, legalEntity);
    await closingBooksOn(client).lock(id); // nothing is booked between reading the balances and booking what they are worth
    const balances = await foreignBalances(client, id, currency, day);
    const request = { legalEntity: id, currency, day, by, before: await revaluationsOf(client, id, day) };
    const { entries } = await revalue(ledgerBooksOn(client), exchangeRatesOn(client), balances, request);
    return { legalEntity: id, currency, entries };
  });
}
