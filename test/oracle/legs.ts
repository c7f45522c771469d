/** Section 1: who is charged, by which agreement. */
import { type Agreement, type AgreementService, legRoles } from '#core/agreements/agreements.ts';
import type { HeldReason } from '#core/rating/charge.ts';
import type { Book } from '#core/tariffs/book.ts';
import type { UsageEvent } from '#core/usage/usage-event.ts';
import { localDate } from './clock.ts';

export interface Leg {
  readonly end: 'in' | 'out';
  readonly trunk: string;
  readonly account: string;
  readonly agreement: Agreement;
  readonly service: AgreementService;
}

export type LegFound =
  | { readonly kind: 'leg'; readonly leg: Leg }
  | { readonly kind: 'no-leg' }
  | { readonly kind: 'held'; readonly reason: HeldReason };

export function findLeg(book: Book, event: UsageEvent, end: 'in' | 'out'): LegFound {
  const trunkName = end === 'in' ? event.trunkIn : event.trunkOut;
  if (trunkName === undefined) return { kind: 'no-leg' };
  const trunk = book.trunks.find(({ id }) => id === trunkName);
  if (trunk === undefined) return { kind: 'held', reason: 'rating.trunk-unknown' };
  const { account } = trunk;
  if (account === undefined) return { kind: 'no-leg' };
  const side = end === 'in' ? 'receivable' : 'payable';
  // The version in force decides alone, so it is found first and asked for the service after.
  const versions = new Map<string, Agreement>();
  for (const agreement of book.agreements) {
    if (trunk.agreement !== undefined ? agreement.id !== trunk.agreement : agreement.account !== account) continue;
    const date = localDate(agreement.zone, event.startMicros);
    if (date < agreement.validFrom) continue;
    if (agreement.validTo !== undefined && date >= agreement.validTo) continue;
    const other = versions.get(agreement.id);
    if (other === undefined || other.validFrom < agreement.validFrom) versions.set(agreement.id, agreement);
  }
  const pricing = [...versions.values()].flatMap((agreement) => {
    const service = agreement.services.find((one) => one.service === event.service && legRoles[one.role] === side);
    return service === undefined ? [] : [{ agreement, service }];
  });
  if (pricing.length > 1) return { kind: 'held', reason: 'rating.agreement-ambiguous' };
  const [found] = pricing;
  if (found === undefined) return { kind: 'held', reason: 'rating.no-agreement' };
  return { kind: 'leg', leg: { end, trunk: trunkName, account, ...found } };
}
