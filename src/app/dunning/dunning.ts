/** `carillon dunning …`. */
import type { LegalEntity, Party } from '#core/parties/parties.ts';
import { type Refusal, RefusedError, refuse } from '#core/refusals.ts';
import { isLocalDate } from '#core/time/zoned.ts';
import type { DunningLetter } from '#documents/dunning/render-dunning.ts';
import type { StoredNotice } from '#operations/dunning/ports.ts';
import { type DunningRequest, dunAccount, type MadeNotice, releaseIfPaid } from '#operations/dunning/run-dunning.ts';
import type { Database } from '#storage/database.ts';
import { dunningBooksOn, type NoticeFilter, selectNotices } from '#storage/dunning/dunning-books.ts';
import { type AccountHold, enterPause, listHolds } from '#storage/dunning/holds.ts';
import { ledgerBooksOn } from '#storage/ledger/ledger-books.ts';
import { accountNow, legalEntitiesNow } from '#storage/ledger/legal-entities.ts';

export type { AccountHold, MadeNotice, StoredNotice };

export interface RunRequest {
  /** Undefined: all that declare dunning. */
  readonly legalEntity: string | undefined;
  readonly day: string;
  readonly by: string;
}

export interface DunningOutcome {
  readonly made: readonly MadeNotice[];
  readonly released: readonly string[];
  /** Accounts with which nothing was done, such as one whose fee is in a currency without a rate. */
  readonly refused: readonly RefusedAccount[];
}

export interface RefusedAccount {
  readonly account: string;
  readonly refusals: readonly Refusal[];
}

/**
 * Makes the letters of the day and releases accounts that have paid, each account in a transaction of its own: interrupted, it goes on
 * where it was, and an account that is refused does not keep the others waiting. Throws RefusedError (`dunning.not-declared`, `dunning.option-wrong`).
 */
export async function runDunning(database: Database, { legalEntity, day, by }: RunRequest): Promise<DunningOutcome> {
  checkDay(day, 'on');
  const entities = await database.transaction((client) => legalEntitiesNow(client, legalEntity));
  const requests = entities.flatMap(({ id, dunning }): DunningRequest[] =>
    dunning === undefined ? [] : [{ legalEntity: id, terms: dunning, day, by }],
  );
  if (requests.length === 0)
    throw new RefusedError(refuse('dunning.not-declared', `${entities.map(({ id }) => id).join(', ')}: no dunning is declared`));
  const made: MadeNotice[] = [];
  const released: string[] = [];
  const refused: RefusedAccount[] = [];
  const refusable = async (account: string, work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      refused.push({ account, refusals: error.refusals });
    }
  };
  for (const request of requests) {
    const { accounts, held } = await database.transaction(async (client) => {
      const books = dunningBooksOn(client);
      const overdue = await books.overdue(request.legalEntity, day);
      return { accounts: new Set(overdue.map(({ account }) => account.id)), held: await books.heldAccounts(request.legalEntity) };
    });
    for (const account of held)
      if (await database.transaction((client) => releaseIfPaid(dunningBooksOn(client), account, request))) released.push(account);
    for (const account of accounts)
      await refusable(account, async () => {
        made.push(...(await database.transaction((client) => dunAccount(dunningBooksOn(client), ledgerBooksOn(client), account, request))));
      });
  }
  return { made, released, refused };
}

export async function listNotices(database: Database, filter: NoticeFilter): Promise<readonly StoredNotice[]> {
  return database.transaction((client) => selectNotices(client, filter));
}

/** Throws RefusedError (`dunning.notice-unknown`). */
export async function findNotice(database: Database, number: string): Promise<StoredNotice> {
  const [, digits] = /^DUN-(\d{1,18})$/.exec(number) ?? [];
  const [found] = digits === undefined ? [] : await listNotices(database, { noticeId: BigInt(digits) });
  if (found === undefined)
    throw new RefusedError(refuse('dunning.notice-unknown', 'there is no such letter', { value: number.slice(0, 120) }));
  return found;
}

/** With the names and addresses of today. */
export async function letterOf(database: Database, number: string): Promise<DunningLetter> {
  const notice = await findNotice(database, number);
  return database.transaction(async (client) => {
    const account = await accountNow(client, notice.account);
    const { rows } = await client.query<{ entity: LegalEntity; party: Party }>(
      `select e.body as entity, p.body as party from config_version e, config_version p
        where e.kind = 'legalEntities' and e.key = $1 and e.known_to = 'infinity' and p.kind = 'parties' and p.key = $2 and p.known_to = 'infinity'`,
      [notice.legalEntity, account.party],
    );
    const [named] = rows;
    if (named === undefined)
      throw new RefusedError(refuse('ledger.account-unknown', `the party of ${account.id} is not configured any more`));
    return { ...notice, ...named };
  });
}

export interface PauseRequest {
  readonly account: string;
  readonly document: string | undefined;
  /** Last day on which it holds; undefined: until it is ended. */
  readonly until: string | undefined;
  readonly why: string;
  readonly by: string;
}

/** Throws RefusedError (`ledger.account-unknown`, `dunning.option-wrong`). */
export async function pauseDunning(database: Database, request: PauseRequest): Promise<void> {
  if (request.until !== undefined) checkDay(request.until, 'until');
  checkReason(request.why);
  await database.transaction(async (client) => {
    await accountNow(client, request.account);
    await enterPause(client, request);
  });
}

export interface HoldRequest {
  readonly account: string;
  readonly hold: boolean;
  readonly why: string;
  readonly day: string;
  readonly by: string;
}

/** By hand. Throws RefusedError (`dunning.hold-unchanged`, `ledger.account-unknown`, `dunning.option-wrong`). */
export async function setHold(database: Database, { account, hold, why, day, by }: HoldRequest): Promise<void> {
  checkReason(why);
  const changed = await database.transaction(async (client) => {
    await accountNow(client, account);
    const books = dunningBooksOn(client);
    return hold ? books.hold(account, day, why, by) : books.release(account, day, why, by);
  });
  if (!changed)
    throw new RefusedError(
      refuse('dunning.hold-unchanged', `${account} is ${hold ? 'on hold already' : 'not on hold'}`, { value: account }),
    );
}

export async function accountHolds(database: Database, released: boolean): Promise<readonly AccountHold[]> {
  return listHolds(database.pool, released);
}

/** That is in force. Throws RefusedError (`ledger.account-unknown`). */
export async function accountHold(database: Database, account: string): Promise<AccountHold | undefined> {
  await accountNow(database.pool, account);
  const [held] = await listHolds(database.pool, false, account);
  return held;
}

function checkDay(day: string, field: string): void {
  if (!isLocalDate(day)) throw new RefusedError(refuse('dunning.option-wrong', 'not a date', { field, value: day.slice(0, 120) }));
}

function checkReason(why: string): void {
  if (why.trim() === '') throw new RefusedError(refuse('dunning.option-wrong', 'the reason is empty', { field: 'why' }));
}
