import type { LegRole, Side } from '../agreements/agreements.ts';
import { codeOf, destinationOf, rateIdOf } from '../tariffs/compiled-tariff.ts';
import type { Charge, CounterMove } from './charge.ts';
import type { Terms } from './compile-book.ts';
import type { Explanation } from './explanation.ts';
import type { Leg } from './leg.ts';

/**
 * A charge that looks up names when they are asked for: of a million charges few are asked for their code, and
 * each look-up is a cache miss in a large tariff. Read its fields by name: copying it with `...` leaves the names behind.
 */
export class RatedCharge implements Charge {
  readonly leg: 'in' | 'out';
  readonly day: string;
  readonly rawQuantity: number;
  readonly billedQuantity: number;
  readonly amountNanos: bigint;
  readonly counterMoves: readonly CounterMove[];
  readonly explanation?: Explanation;
  readonly terms: Terms;
  /** Of the tariff; negative when there is none. */
  readonly row: number;
  /** Index of the band; negative when there is none. */
  readonly bandIndex: number;

  constructor(
    { end, day, terms, row, band }: Leg,
    rawQuantity: number,
    billedQuantity: number,
    amountNanos: bigint,
    counterMoves: readonly CounterMove[],
    explanation: Explanation | undefined,
  ) {
    this.leg = end;
    this.day = day;
    this.rawQuantity = rawQuantity;
    this.billedQuantity = billedQuantity;
    this.amountNanos = amountNanos;
    this.counterMoves = counterMoves;
    if (explanation !== undefined) this.explanation = explanation;
    this.terms = terms;
    this.row = row;
    this.bandIndex = band;
  }

  get role(): LegRole {
    return this.terms.service.role;
  }

  get side(): Side {
    return this.terms.side;
  }

  get account(): string {
    return this.terms.agreement.account;
  }

  get agreement(): string {
    return this.terms.agreement.id;
  }

  get agreementValidFrom(): string {
    return this.terms.agreement.validFrom;
  }

  get agreementVersionId(): number {
    return this.terms.agreement.versionId;
  }

  get tariff(): string {
    return this.terms.tariff.tariff.id;
  }

  get currency(): string {
    return this.terms.tariff.tariff.currency;
  }

  get rateId(): number | undefined {
    return this.row < 0 ? undefined : rateIdOf(this.terms.tariff, this.row);
  }

  get code(): string {
    return this.row < 0 ? '' : codeOf(this.terms.tariff, this.row);
  }

  get destination(): string {
    return this.row < 0 ? '' : destinationOf(this.terms.tariff, this.row);
  }

  get band(): string | undefined {
    return this.bandIndex < 0 ? undefined : this.terms.tariff.timeBands?.bands[this.bandIndex]?.name;
  }
}

/** The same charge as plain data, without the tables that it looked its names up in: what can be kept. */
export function plainCharge(charge: Charge, account = charge.account): Charge {
  const { leg, role, side, agreement, agreementValidFrom, agreementVersionId, day, tariff, rateId, code, destination, band } = charge;
  const { rawQuantity, billedQuantity, amountNanos, currency, counterMoves, explanation } = charge;
  const plain: { -readonly [Name in keyof Charge]: Charge[Name] } = {
    leg,
    role,
    side,
    account,
    agreement,
    agreementValidFrom,
    agreementVersionId,
    day,
    tariff,
    rateId,
    code,
    destination,
    band,
    rawQuantity,
    billedQuantity,
    amountNanos,
    currency,
    counterMoves,
  };
  if (explanation !== undefined) plain.explanation = explanation;
  return plain;
}
