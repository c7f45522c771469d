/** `carillon credit …` and `carillon deposit …`. */
import type { LedgerEntry } from '#core/ledger/entry.ts';
import type { Account } from '#core/parties/parties.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import { type DepositMove, moveDeposit } from '#operations/credit/deposits.ts';
import type { AccountExposure, CreditAlarm, KeptCreditAlarm } from '#operations/credit/ports.ts';
import { checkCredit, measureExposure } from '#operations/credit/watch-credit.ts';
import type { BookedEntry } from '#operations/ledger/ports.ts';
import { listCreditAlarms } from '#storage/credit/alarms.ts';
import { depositStanding } from '#storage/credit/deposit-standing.ts';
import { creditBooksOn } from '#storage/credit/exposure.ts';
import type { Database } from '#storage/database.ts';
import { exchangeRatesOn } from '#storage/exchange/exchange-rates.ts';
import { ledgerBooksOn } from '#storage/ledger/ledger-books.ts';

/** That the terminal shows. */
const MOST_ALARMS = 1000;

export type { AccountExposure, CreditAlarm, KeptCreditAlarm };

export interface ExposureQuestion {
  readonly account?: string;
  /** Day whose rates of exchange convert. */
  readonly day: string;
}

/** All of one moment. Throws RefusedError (`credit.account-unknown`, `exchange.rate-missing`). */
export async function showExposure(database: Database, question: ExposureQuestion): Promise<readonly AccountExposure[]> {
  return database.transaction(async (client) => {
    await client.query('set transaction isolation level repeatable read, read only');
    const found = await measureExposure(creditBooksOn(client), exchangeRatesOn(client), question);
    if (question.account !== undefined && found.length === 0) throw unknown(question.account);
    return found;
  });
}

/** Raises and clears alarms; tells which are new. */
export async function watchCredit(
  database: Database,
  question: ExposureQuestion & { readonly nowMicros: number },
): Promise<{ readonly measured: readonly AccountExposure[]; readonly raised: readonly CreditAlarm[] }> {
  const measured = await showExposure(database, question);
  const raised = await database.transaction((client) => checkCredit(creditBooksOn(client), measured, question.nowMicros));
  return { measured, raised };
}

export async function creditAlarms(database: Database, cleared: boolean): Promise<readonly KeptCreditAlarm[]> {
  return listCreditAlarms(database.pool, cleared, { most: MOST_ALARMS });
}

/** One transaction. Throws RefusedError. */
export async function bookDeposit(
  database: Database,
  { account: id, ...move }: Omit<DepositMove, 'account' | 'currency'> & { readonly account: string; readonly currency: string | undefined },
): Promise<BookedEntry & { readonly entry: LedgerEntry; readonly account: Account }> {
  return database.transaction(async (client) => {
    const [account] = await creditBooksOn(client).accounts(id);
    if (account === undefined) throw unknown(id);
    const currency = move.currency ?? account.currency;
    const causeId = `${account.id} ${move.kind} ${move.reference}`;
    const standing = await depositStanding(client, { account: id, currency, document: move.document, causeId });
    return { ...(await moveDeposit(ledgerBooksOn(client), { ...move, account, currency }, standing)), account };
  });
}

function unknown(account: string): RefusedError {
  return new RefusedError(refuse('credit.account-unknown', 'no such account', { value: account }));
}
