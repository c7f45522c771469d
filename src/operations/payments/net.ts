/** Netting with a party: proposed, agreed, booked as set-off; or cancelled. */

import { type Conversion, conversionText } from '#core/money/exchange.ts';
import type { Payer } from '#core/payments/match-index.ts';
import { type NettingProposal, partsOf, proposeNetting, remainderAsOne } from '#core/payments/netting.ts';
import { type OpenBalance, type Part, settleEntry } from '#core/payments/settle.ts';
import { RefusedError, refuse, valueOrThrow } from '#core/refusals.ts';
import { isSamePerson } from '../access/second-person.ts';
import { type EntityTerms, type NettingConfirmation, type NettingRow, type NettingSide, nettingSides } from './ports.ts';
import { entityOf, openDay, type Settling } from './settling.ts';

export interface NettingStore {
  add(row: Omit<NettingRow, 'id' | 'state' | 'confirmations'>): Promise<NettingRow>;
  confirm(id: bigint, confirmation: NettingConfirmation): Promise<void>;
  find(id: bigint): Promise<NettingRow | undefined>;
  decide(id: bigint, decision: 'agreed' | 'cancelled', by: string, why: string): Promise<void>;
  list(legalEntity: string | undefined): Promise<readonly NettingRow[]>;
}

export interface ProposeRequest {
  readonly legalEntity: string;
  readonly party: string;
  readonly currency: string;
  /** Items due by this day; all unless given. */
  readonly dueBy?: string;
  /** Only under these billing accounts; all of the party unless given. */
  readonly accounts?: readonly string[];
  /** A rate agreed for this netting: units of the netting's currency for one of the other. */
  readonly agreed?: ReadonlyMap<string, Conversion>;
  /** What remains becomes one item that is due on this day. */
  readonly oneItemDue?: string;
  readonly day: string;
  readonly by: string;
}

/** Refused: `netting.nothing`, `netting.no-account`, `exchange.rate-missing`, `payment.unknown` (no such party with an account). */
export async function proposeNettingWith(settling: Settling, store: NettingStore, request: ProposeRequest): Promise<NettingRow> {
  const { legalEntity, party, currency, day, by } = request;
  const { balances, accounts } = await itemsOf(settling, request);
  if (accounts.length === 0)
    throw new RefusedError(refuse('payment.unknown', `${party} has no account with ${legalEntity}`, { value: party.slice(0, 120) }));
  const into = await conversionsTo(settling, request, balances);
  const proposal = proposeNetting(balances, currency, into);
  if (proposal.setOffNanos === 0n) throw new RefusedError(refuse('netting.nothing', `${party}: one side has nothing open`));
  const rates = [...into].map(([of, conversion]) => ({
    currency: of,
    rate: conversionText(conversion),
    source: conversion.source,
    day: conversion.day,
  }));
  const remainder =
    request.oneItemDue === undefined ? {} : { remainder: { account: remainderAccount(accounts, request), dueDay: request.oneItemDue } };
  return store.add({ legalEntity, party, day, by, proposal, rates, ...remainder });
}

function remainderAccount(accounts: Payer['accounts'], { party, currency }: ProposeRequest): string {
  const account = accounts.find((each) => each.currency === currency);
  if (account === undefined)
    throw new RefusedError(refuse('netting.no-account', `${party} has no billing account in ${currency}`, { value: party.slice(0, 120) }));
  return account.id;
}

async function itemsOf({ books }: Settling, { legalEntity, party, accounts: only, dueBy }: ProposeRequest) {
  const payer = (await books.payers(legalEntity)).find((each) => each.party === party);
  const accounts = (payer?.accounts ?? []).filter(({ id }) => only === undefined || only.includes(id));
  const ids = accounts.map(({ id }) => id);
  const open =
    ids.length === 0
      ? []
      : await books.openBalances({ legalEntity, ledgerAccounts: ['receivable', 'payable'], accounts: ids, undisputed: true });
  return { accounts, balances: open.filter(({ dueDay, firstDay }) => dueBy === undefined || (dueDay ?? firstDay) <= dueBy) };
}

async function conversionsTo(
  { rates }: Settling,
  { legalEntity, currency, day, agreed }: ProposeRequest,
  balances: readonly OpenBalance[],
): Promise<ReadonlyMap<string, Conversion>> {
  const policy = await rates.policyOf(legalEntity);
  const into = new Map<string, Conversion>();
  for (const of of new Set(balances.map((balance) => balance.currency))) {
    if (of !== currency) into.set(of, agreed?.get(of) ?? valueOrThrow(await rates.rateOn(of, currency, day, policy)));
  }
  return into;
}

export interface DecideRequest {
  readonly id: bigint;
  readonly day: string;
  readonly by: string;
  /** Of the agreement: who of the party, when, by which mail. */
  readonly why: string;
}

/**
 * One side or both confirm a proposal; with both it is booked as it was proposed. Where the legal entity wants two persons, who proposed
 * it cannot confirm it for us. Refused: `payment.unknown`, `netting.decided`, `netting.confirmed`, `payment.second-person`,
 * `payment.items-changed`.
 */
export async function confirmNetting(
  settling: Settling,
  store: NettingStore,
  request: DecideRequest,
  sides: readonly NettingSide[],
): Promise<NettingRow> {
  const row = await undecided(settling, store, request.id);
  const entity = await entityOf(settling.books, row.legalEntity);
  const { by, why } = request;
  if (sides.includes('us') && entity.fourEyes && isSamePerson(row.by, by))
    throw new RefusedError(refuse('payment.second-person', `NET-${row.id} was proposed by ${row.by}`));
  const confirmed = new Set(row.confirmations.map(({ side }) => side));
  const missing = sides.filter((side) => !confirmed.has(side));
  if (missing.length === 0) throw new RefusedError(refuse('netting.confirmed', `NET-${row.id} was confirmed by ${sides.join(' and ')}`));
  for (const side of missing) await store.confirm(row.id, { side, by, why });
  const now = { ...row, confirmations: [...row.confirmations, ...missing.map((side) => ({ side, by, why }))] };
  return now.confirmations.length < nettingSides.length ? now : bookNetting(settling, store, now, entity, request);
}

async function bookNetting(
  settling: Settling,
  store: NettingStore,
  row: NettingRow,
  entity: EntityTerms,
  request: DecideRequest,
): Promise<NettingRow> {
  const { books, ledger } = settling;
  const { legalEntity, proposal, remainder } = row;
  const parts = partsOf(proposal);
  const moved = remainder === undefined ? parts : proposal.items.map(({ balance }) => ({ balance, nanos: balance.openNanos }));
  const now = await books.openBalances({
    legalEntity,
    ledgerAccounts: ['receivable', 'payable'],
    undisputed: true,
    documents: moved.map(({ balance }) => balance.document),
  });
  const open = new Map(now.map((each) => [keyOf(each), each]));
  const asOpen = ({ balance, nanos }: Part): Part => {
    const found = open.get(keyOf(balance));
    if (found?.openNanos !== balance.openNanos)
      throw new RefusedError(
        refuse('payment.items-changed', `${balance.document} is not open as it was proposed`, { value: balance.document }),
      );
    return { balance: found, nanos };
  };
  moved.map(asOpen);
  const current = parts.map(asOpen);
  const toEntity = await entityConversions(settling, entity, row, [
    ...moved.map(({ balance }) => balance.currency),
    ...(remainder === undefined ? [] : [proposal.currency]),
  ]);
  const day = await openDay(ledger, legalEntity, request.day);
  const cause = { kind: 'set-off', id: `NET-${row.id}` } as const;
  const description = `netting with ${row.party}: ${request.why}`.slice(0, 400);
  const settle = { legalEntity, entityCurrency: entity.currency, day, cause, description, by: request.by };
  const asProposed = {
    ...proposal,
    items: proposal.items.map((item) => ({ ...item, balance: open.get(keyOf(item.balance)) ?? item.balance })),
  };
  const one =
    remainder === undefined ? undefined : remainderAsOne(asProposed, current, { ...remainder, document: cause.id }, entity.currency);
  const more = one?.posting === undefined ? [] : [one.posting];
  const entry = settleEntry(settle, one?.parts ?? current, toEntity, more);
  await store.decide(row.id, 'agreed', request.by, request.why);
  await ledger.post([entry]);
  return { ...row, state: 'agreed' };
}

export async function cancelNetting(
  settling: Settling,
  store: NettingStore,
  { id, by, why }: Omit<DecideRequest, 'day'>,
): Promise<NettingRow> {
  const row = await undecided(settling, store, id);
  await store.decide(id, 'cancelled', by, why);
  return { ...row, state: 'cancelled' };
}

async function undecided({ books }: Settling, store: NettingStore, id: bigint): Promise<NettingRow> {
  const known = await store.find(id);
  if (known === undefined) throw new RefusedError(refuse('payment.unknown', `there is no netting NET-${id}`));
  await books.lock(known.legalEntity);
  const row = (await store.find(id)) ?? known;
  if (row.state !== 'proposed') throw new RefusedError(refuse('netting.decided', `NET-${id} is ${row.state}`));
  return row;
}

function keyOf({ ledgerAccount, account, document, currency }: OpenBalance): string {
  return JSON.stringify([ledgerAccount, account, document, currency]);
}

/** Foreign currencies into the legal entity's, for what passes through clearing; the day is that of the proposal. */
async function entityConversions(
  { rates }: Settling,
  entity: EntityTerms,
  { day }: NettingRow,
  currencies: readonly string[],
): Promise<ReadonlyMap<string, Conversion>> {
  const foreign = [...new Set(currencies)].filter((currency) => currency !== entity.currency);
  const all = new Map<string, Conversion>();
  // Clearing between the legal entity's currency and one other needs no rate: both sides are worth what the own one is.
  if (new Set(currencies).size < 2 || (foreign.length === 1 && currencies.includes(entity.currency))) return all;
  const policy = await rates.policyOf(entity.id);
  for (const currency of foreign) all.set(currency, valueOrThrow(await rates.rateOn(currency, entity.currency, day, policy)));
  return all;
}

export type { NettingProposal };
