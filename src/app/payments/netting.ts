/** Netting, for `carillon netting …`. */
import { type Agreement, settlementOf } from '#core/agreements/agreements.ts';
import { parseDecimal } from '#core/money/decimal.ts';
import { type Conversion, conversionOf } from '#core/money/exchange.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import { checkReason } from '#operations/ledger/close-ledger.ts';
import { cancelNetting, confirmNetting, proposeNettingWith } from '#operations/payments/net.ts';
import { type NettingRow, type NettingSide, nettingSides } from '#operations/payments/ports.ts';
import { loadSetup } from '#storage/configuration/load-book.ts';
import type { Database } from '#storage/database.ts';
import { legalEntityNow } from '#storage/ledger/legal-entities.ts';
import { nettingStoreOn } from '#storage/payments/netting-store.ts';
import { checkDay } from '../ledger/reports.ts';
import { settle } from './settling.ts';

export type { NettingRow };

export interface ProposeCommand {
  readonly legalEntity?: string;
  readonly party: string;
  readonly currency?: string;
  readonly dueBy?: string;
  readonly accounts?: readonly string[];
  /** `EUR=1.0850`: units of the netting's currency for one of the other. */
  readonly rates: readonly string[];
  /** What remains becomes one item that is due on this day. */
  readonly oneItemDue?: string;
  readonly day: string;
  readonly by: string;
}

/** Throws RefusedError. */
export async function propose(database: Database, command: ProposeCommand): Promise<NettingRow> {
  checkDay(command.day);
  checkDay(command.dueBy);
  checkDay(command.oneItemDue);
  return settle(database, async (settling, client) => {
    const entity = await legalEntityNow(client, command.legalEntity);
    const currency = command.currency ?? entity.currency;
    const agreed = new Map(command.rates.map((text) => agreedRate(text, currency, command.day)));
    return proposeNettingWith(settling, nettingStoreOn(client), { ...command, legalEntity: entity.id, currency, agreed });
  });
}

export interface ProposeNettedCommand {
  readonly legalEntity?: string;
  readonly dueBy?: string;
  readonly day: string;
  readonly by: string;
}

/**
 * A proposal for each billing account with an agreement whose settlement is `netted` on the day, in the account's currency, where both
 * sides have something open. Passed over: parties for which a proposal waits. Throws RefusedError.
 */
export async function proposeNetted(database: Database, command: ProposeNettedCommand): Promise<readonly NettingRow[]> {
  const { legalEntity, day, by, dueBy } = command;
  checkDay(day);
  const { book } = await loadSetup(database);
  const holds = ({ validFrom, validTo }: Agreement): boolean => validFrom <= day && (validTo === undefined || day < validTo);
  const netted = new Set(
    book.agreements.filter((each) => holds(each) && settlementOf(each).netting === 'netted').map(({ account }) => account),
  );
  const waiting = (await nettings(database, legalEntity)).filter(({ state }) => state === 'proposed');
  const proposed: NettingRow[] = [];
  for (const { id, party, currency, legalEntity: entity } of book.accounts) {
    if (!netted.has(id) || (legalEntity !== undefined && legalEntity !== entity)) continue;
    if (waiting.some((each) => each.party === party && each.legalEntity === entity)) continue;
    const asked = { legalEntity: entity, party, currency, accounts: [id], rates: [], day, by, ...(dueBy === undefined ? {} : { dueBy }) };
    try {
      proposed.push(await propose(database, asked));
    } catch (error) {
      if (!(error instanceof RefusedError) || error.refusals.some(({ code }) => code !== 'netting.nothing')) throw error;
    }
  }
  return proposed;
}

function agreedRate(text: string, currency: string, day: string): readonly [string, Conversion] {
  const match = /^([A-Z]{3})=(.+)$/.exec(text);
  const rate = parseDecimal(match?.[2] ?? '');
  if (match?.[1] === undefined || rate === undefined || rate.units <= 0n)
    throw new RefusedError(
      refuse('exchange.file-wrong', 'an agreed rate is written EUR=1.0850', { field: 'rate', value: text.slice(0, 120) }),
    );
  const step = { from: match[1], to: currency, rate, inverse: false };
  return [match[1], conversionOf(match[1], currency, [step], 'agreed', day)];
}

export interface DecideCommand {
  readonly id: bigint;
  readonly day: string;
  readonly why: string;
  readonly by: string;
}

/** Confirms it for one side, or for both; with both the set-off is booked. Throws RefusedError. */
export async function confirm(database: Database, command: DecideCommand, side?: NettingSide): Promise<NettingRow> {
  checkDay(command.day);
  checkReason(command.why);
  const sides = side === undefined ? nettingSides : [side];
  return settle(database, (settling, client) => confirmNetting(settling, nettingStoreOn(client), command, sides));
}

export async function agree(database: Database, command: DecideCommand): Promise<NettingRow> {
  return confirm(database, command);
}

export async function cancel(database: Database, command: DecideCommand): Promise<NettingRow> {
  checkReason(command.why);
  return settle(database, (settling, client) => cancelNetting(settling, nettingStoreOn(client), command));
}

export async function nettings(database: Database, legalEntity: string | undefined): Promise<readonly NettingRow[]> {
  return settle(database, (_, client) => nettingStoreOn(client).list(legalEntity));
}

/** `NET-3` or `3`. Refused: `payment.unknown`. */
export function nettingNumber(text: string): bigint {
  const match = /^(?:NET-)?([1-9]\d{0,17})$/i.exec(text);
  if (match?.[1] === undefined)
    throw new RefusedError(refuse('payment.unknown', 'not the number of a netting', { value: text.slice(0, 120) }));
  return BigInt(match[1]);
}
