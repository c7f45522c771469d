/** Netting with a party: proposed, agreed, booked as set-off; or cancelled. */
import { type Conversion, conversionText } from '#core/money/exchange.ts';
import { type NettingProposal, partsOf, proposeNetting } from '#core/payments/netting.ts';
import { type OpenBalance, settleEntry } from '#core/payments/settle.ts';
import { RefusedError, refuse, valueOrThrow } from '#core/refusals.ts';
import type { EntityTerms, NettingRow } from './ports.ts';
import { entityOf, openDay, type Settling } from './settling.ts';

export interface NettingStore {
  add(row: Omit<NettingRow, 'id' | 'state'>): Promise<NettingRow>;
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
  readonly day: string;
  readonly by: string;
}

/** Refused: `netting.nothing`, `exchange.rate-missing`, `payment.unknown` (no such party with an account). */
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
  return store.add({ legalEntity, party, day, by, proposal, rates });
}

async function itemsOf({ books }: Settling, { legalEntity, party, accounts: only, dueBy }: ProposeRequest) {
  const payer = (await books.payers(legalEntity)).find((each) => each.party === party);
  const accounts = (payer?.accounts ?? []).map(({ id }) => id).filter((id) => only === undefined || only.includes(id));
  const open = accounts.length === 0 ? [] : await books.openBalances({ legalEntity, ledgerAccounts: ['receivable', 'payable'], accounts });
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

/** Books the set-off as it was proposed. Refused: `payment.unknown`, `netting.decided`, `payment.items-changed`. */
export async function agreeNetting(settling: Settling, store: NettingStore, request: DecideRequest): Promise<NettingRow> {
  const { books, ledger } = settling;
  const row = await undecided(settling, store, request.id);
  const { legalEntity, proposal } = row;
  const entity = await entityOf(books, legalEntity);
  const parts = partsOf(proposal);
  const now = await books.openBalances({
    legalEntity,
    ledgerAccounts: ['receivable', 'payable'],
    documents: parts.map(({ balance }) => balance.document),
  });
  const current = parts.map(({ balance, nanos }) => {
    const found = now.find((each) => keyOf(each) === keyOf(balance));
    if (found?.openNanos !== balance.openNanos)
      throw new RefusedError(
        refuse('payment.items-changed', `${balance.document} is not open as it was proposed`, { value: balance.document }),
      );
    return { balance: found, nanos };
  });
  const toEntity = await entityConversions(
    settling,
    entity,
    row,
    current.map(({ balance }) => balance.currency),
  );
  const day = await openDay(ledger, legalEntity, request.day);
  const cause = { kind: 'set-off', id: `NET-${row.id}` } as const;
  const description = `netting with ${row.party}: ${request.why}`.slice(0, 400);
  const entry = settleEntry({ legalEntity, entityCurrency: entity.currency, day, cause, description, by: request.by }, current, toEntity);
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
