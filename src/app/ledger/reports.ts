/** What the ledger says, for `carillon ledger …`. Each in a transaction that sees one state. */

import type pg from 'pg';
import { type AgeingRow, ageItems, defaultAgeingDays } from '#core/ledger/ageing.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import { isLocalDate } from '#core/time/zoned.ts';
import type { Closing, DocumentFault, LedgerFault, VerifiedChain } from '#operations/ledger/ports.ts';
import type { Database } from '#storage/database.ts';
import { closingBooksOn } from '#storage/ledger/closings.ts';
import { accountNow, legalEntitiesNow } from '#storage/ledger/legal-entities.ts';
import {
  type AccountMove,
  accountMoves,
  type BalanceLine,
  type LegalEntityItem,
  type OpenItemQuestion,
  openItems,
  trialBalance,
} from '#storage/ledger/reports.ts';
import { type Anchor, strayPostings, verifyChains } from '#storage/ledger/verify.ts';
import { documentFaults } from '#storage/ledger/verify-documents.ts';

export type { AccountMove, AgeingRow, BalanceLine, Closing, LedgerFault, LegalEntityItem, VerifiedChain };

/** Local days; `to` is included. */
export interface DayRange {
  readonly from?: string;
  readonly to?: string;
}

export interface TrialBalance {
  readonly legalEntity: string;
  readonly name: string;
  readonly currency: string;
  readonly lines: readonly BalanceLine[];
}

/** Of one legal entity, or of each. Refused: `ledger.legal-entity-unknown`, `ledger.option-wrong`. */
export async function readTrialBalance(
  database: Database,
  question: DayRange & { readonly legalEntity?: string; readonly byService?: boolean },
): Promise<readonly TrialBalance[]> {
  return seen(database, async (client) => {
    const balances: TrialBalance[] = [];
    for (const { id, name, currency } of await legalEntitiesNow(client, question.legalEntity)) {
      const stretch = { legalEntity: id, ...stretchOf(question) };
      balances.push({ legalEntity: id, name, currency, lines: await trialBalance(client, stretch, question.byService) });
    }
    return balances;
  });
}

export interface AccountStatement {
  readonly account: string;
  readonly party: string;
  readonly currencies: readonly {
    readonly currency: string;
    readonly openingNanos: bigint;
    readonly moves: readonly (AccountMove & { readonly balanceNanos: bigint })[];
    readonly closingNanos: bigint;
  }[];
}

/** The movements of a billing account with the running balance, by currency. Refused: `ledger.account-unknown`, `ledger.option-wrong`. */
export async function readAccountStatement(database: Database, account: string, range: DayRange): Promise<AccountStatement> {
  return seen(database, async (client) => {
    const { party } = await accountNow(client, account);
    const { opening, moves } = await accountMoves(client, account, stretchOf(range));
    const currencies = [...new Set([...opening.keys(), ...moves.map(({ currency }) => currency)])].sort();
    return {
      account,
      party,
      currencies: currencies.map((currency) => {
        const openingNanos = opening.get(currency) ?? 0n;
        let balanceNanos = openingNanos;
        const own = moves
          .filter((move) => move.currency === currency)
          .map((move) => {
            balanceNanos += move.amountNanos;
            return { ...move, balanceNanos };
          });
        return { currency, openingNanos, moves: own, closingNanos: balanceNanos };
      }),
    };
  });
}

/** Documents that are open, at the end of a day or now. */
export async function readOpenItems(database: Database, question: OpenItemQuestion): Promise<readonly LegalEntityItem[]> {
  checkDay(question.on);
  return seen(database, async (client) => {
    if (question.account !== undefined) await accountNow(client, question.account);
    if (question.legalEntity !== undefined) await legalEntitiesNow(client, question.legalEntity);
    return openItems(client, question);
  });
}

export interface Ageing {
  readonly legalEntity: string;
  readonly bounds: readonly number[];
  readonly rows: readonly AgeingRow[];
}

/** How old what is open is, at the end of a day. */
export async function readAgeing(
  database: Database,
  question: OpenItemQuestion & { readonly on: string; readonly bounds?: readonly number[] },
): Promise<readonly Ageing[]> {
  checkDay(question.on);
  return seen(database, async (client) => {
    const items = await openItems(client, question);
    return (await legalEntitiesNow(client, question.legalEntity)).map(({ id, ledger }) => {
      const bounds = question.bounds ?? ledger?.ageingDays ?? defaultAgeingDays;
      const own = items.filter(({ legalEntity }) => legalEntity === id);
      return { legalEntity: id, bounds, rows: ageItems(own, question.on, bounds) };
    });
  });
}

export async function readClosings(database: Database, legalEntity: string | undefined): Promise<readonly Closing[]> {
  return seen(database, (client) => closingBooksOn(client).closings(legalEntity));
}

export interface VerifiedLedger {
  readonly chains: readonly VerifiedChain[];
  /** Postings that belong to no entry. */
  readonly strayPostings: number;
  /** Issued documents that are not booked as they say; at most 20. */
  readonly documents: readonly DocumentFault[];
  readonly holds: boolean;
}

/** Every hash and sum made again. `anchors` are `legal-entity:sequence:hash` as an earlier run printed them. */
export async function verifyLedger(database: Database, anchors: readonly string[] = []): Promise<VerifiedLedger> {
  const marks = anchors.map(anchorOf);
  return seen(database, async (client) => {
    const chains = await verifyChains(client, marks);
    const stray = await strayPostings(client);
    const documents = await documentFaults(client);
    return {
      chains,
      strayPostings: stray,
      documents,
      holds: stray === 0 && documents.length === 0 && chains.every(({ fault }) => fault === undefined),
    };
  });
}

function anchorOf(text: string): Anchor {
  const match = /^(.+):(\d{1,18}):([0-9a-f]{64})$/i.exec(text);
  const [, legalEntity, sequence, hash] = match ?? [];
  if (legalEntity === undefined || sequence === undefined || hash === undefined)
    throw new RefusedError(
      refuse('ledger.option-wrong', 'an anchor is legal-entity:sequence:hash', { field: 'anchor', value: text.slice(0, 120) }),
    );
  return { legalEntity, sequence: BigInt(sequence), hash: hash.toLowerCase() };
}

/** The days as the first and the first not included. */
export function stretchOf({ from, to }: DayRange): { readonly from?: string; readonly to?: string } {
  checkDay(from);
  checkDay(to);
  return {
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to: Temporal.PlainDate.from(to).add({ days: 1 }).toString() }),
  };
}

export function checkDay(day: string | undefined): void {
  if (day !== undefined && !isLocalDate(day))
    throw new RefusedError(refuse('ledger.option-wrong', 'not a day such as 2026-10-31', { value: day.slice(0, 120) }));
}

function seen<T>(database: Database, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  return database.transaction(async (client) => {
    await client.query('set transaction isolation level repeatable read read only');
    return work(client);
  });
}
