/**
 * How a partner's invoice is booked. What stands in the ledger follows from the document and from how much of it is contested, so every
 * later entry (a dispute raised, withdrawn, settled) is the difference of two such states: whatever the order, the end is the same.
 */
import type { EntryExchange, LedgerEntry, Posting } from '../../ledger/entry.ts';
import type { LedgerAccount } from '../../ledger/ledger-accounts.ts';
import { allocate } from '../../money/allocate.ts';
import { minorUnits } from '../../money/currencies.ts';
import { divideRounded } from '../../money/rounding.ts';
import type { PartnerInvoice } from './partner-invoice.ts';
import type { BookedTaxes } from './stated-tax.ts';

/** Units of the legal entity's currency for one of the document's, and where that comes from. */
export interface BookedRate {
  readonly numerator: bigint;
  readonly denominator: bigint;
  /** Of the legal entity. */
  readonly currency: string;
  readonly said: EntryExchange;
}

export interface BookedInvoice {
  readonly invoice: PartnerInvoice;
  readonly taxes: BookedTaxes;
  /** Left out where the document is in the legal entity's currency. */
  readonly rate?: BookedRate;
}

/** How much of the net is no cost: contested now, and given back by credit notes that settled disputes. */
export interface Contested {
  readonly openNanos: bigint;
  readonly creditedNanos: bigint;
}

export const nothingContested: Contested = { openNanos: 0n, creditedNanos: 0n };

/**
 * An accepted invoice: payable − what is paid of it; cost + the net that is not contested, by agreement and service; tax-input + the tax
 * on that (and what we account for ourselves, with tax-output −); `disputed` + what is contested with its tax; tax-withholding −.
 * Self-billed by them it is the mirror, whatever we claim besides: receivable + what they will pay; revenue −; tax-output −.
 */
export function standingOf(booked: BookedInvoice, contested: Contested): readonly Posting[] {
  if (booked.invoice.side === 'payable') return standingOfPayable(booked, contested);
  return standingOfPayable(booked, nothingContested).map((posting) => {
    const ledgerAccount = OF_RECEIVABLE[posting.ledgerAccount];
    if (ledgerAccount === undefined) throw new Error(`${posting.ledgerAccount} is on no document that is owed to us`);
    return { ...mirrored(posting), ledgerAccount };
  });
}

const OF_RECEIVABLE: Readonly<Partial<Record<LedgerAccount, LedgerAccount>>> = {
  payable: 'receivable',
  cost: 'revenue',
  'tax-input': 'tax-output',
};

function standingOfPayable(booked: BookedInvoice, { openNanos, creditedNanos }: Contested): readonly Posting[] {
  const { invoice, taxes } = booked;
  const { account, currency, number, dueDay, netNanos } = invoice;
  const out = openNanos + creditedNanos;
  const withheld = taxes.withheld.reduce((sum, { taxNanos }) => sum + taxNanos, 0n);
  const disputedTax = taxes.taxes.reduce(
    (sum, { taxNanos }) => sum + shareOf(taxNanos, out, netNanos, currency) - shareOf(taxNanos, creditedNanos, netNanos, currency),
    0n,
  );
  const document = number;
  const postings: Posting[] = [
    { ledgerAccount: 'payable', account, document, dueDay, currency, amountNanos: withheld - invoice.totalNanos },
    ...costs(invoice, out),
    ...taxes.taxes.flatMap(({ rule: taxCode, taxNanos, selfAssessedNanos }): Posting[] => {
      const own = selfAssessedNanos - shareOf(selfAssessedNanos, out, netNanos, currency);
      const input = taxNanos - shareOf(taxNanos, out, netNanos, currency) + own;
      return [
        { ledgerAccount: 'tax-input', account, document, taxCode, currency, amountNanos: input },
        { ledgerAccount: 'tax-output', account, document, taxCode, currency, amountNanos: -own },
      ];
    }),
    { ledgerAccount: 'disputed', account, document, currency, amountNanos: openNanos + disputedTax },
    ...taxes.withheld.map(
      ({ rule: taxCode, taxNanos }): Posting => ({
        ...{ ledgerAccount: 'tax-withholding', account, document, taxCode, currency, amountNanos: -taxNanos },
      }),
    ),
  ];
  return valued(postings, booked.rate);
}

/** A credit note of theirs as they wrote it, against the payable (receivable) of the invoice that it corrects: the mirror of an invoice. */
export function creditPostings(booked: BookedInvoice): readonly Posting[] {
  const { invoice } = booked;
  const against = invoice.corrects ?? invoice.number;
  return standingOf(booked, nothingContested).map(({ dueDay, ...posting }) => ({
    ...mirrored(posting),
    ...(posting.ledgerAccount === invoice.side ? { document: against } : {}),
    ...(posting.ledgerAccount === invoice.side && invoice.corrects === undefined && dueDay !== undefined ? { dueDay } : {}),
  }));
}

/**
 * The credit note that settles a dispute takes back what was contested, not cost: its payable, and beside it what leaves `disputed`.
 * `before` and `after` are states of the invoice; tax that they round otherwise stays in tax-input.
 */
export function settlingPostings(credit: BookedInvoice, invoice: BookedInvoice, before: Contested, after: Contested): readonly Posting[] {
  const given = changeOf(standingOf(invoice, before), standingOf(invoice, after));
  const kept = creditPostings(credit).filter(({ ledgerAccount }) => ledgerAccount === 'payable' || ledgerAccount === 'tax-withholding');
  const postings = summed([...kept, ...given]);
  const [off, worth] = totals(postings);
  if (off === 0n && worth === 0n) return postings;
  const { account, number, currency } = credit.invoice;
  const rest = { ledgerAccount: 'tax-input', account, document: number, currency, amountNanos: -off } as const;
  return [...postings, invoice.rate === undefined ? rest : { ...rest, entityAmountNanos: -worth }];
}

/** What must be booked so that the second state stands instead of the first. */
export function changeOf(before: readonly Posting[], after: readonly Posting[]): readonly Posting[] {
  return summed([...before.map(mirrored), ...after]);
}

/** The mirror of an entry: every balance is as before. */
export function takenBack(entry: LedgerEntry, day: string, by: string, why: string): LedgerEntry {
  return {
    ...{ legalEntity: entry.legalEntity, day, by, corrects: entry.cause },
    cause: { kind: 'reversal', id: `${entry.cause.kind}:${entry.cause.id}` },
    description: `${entry.description} taken back: ${why}`.slice(0, 400),
    ...(entry.exchange === undefined ? {} : { exchange: entry.exchange }),
    postings: entry.postings.map(mirrored),
  };
}

function mirrored(posting: Posting): Posting {
  const { amountNanos, entityAmountNanos } = posting;
  return { ...posting, amountNanos: -amountNanos, ...(entityAmountNanos === undefined ? {} : { entityAmountNanos: -entityAmountNanos }) };
}

/** Of the net by agreement and service, what is left when `out` of it is no cost. */
function costs({ lines, currency, netNanos }: PartnerInvoice, out: bigint): Posting[] {
  const groups = [...Map.groupBy(lines, ({ agreement, service }) => `${agreement}|${service ?? ''}`).values()].map((own) => ({
    of: own[0],
    nanos: own.reduce((sum, line) => sum + line.netNanos, 0n),
  }));
  const weights = groups.map(({ nanos }) => (nanos > 0n ? nanos : 0n));
  const unit = unitOf(currency);
  const shares = out === 0n || netNanos <= 0n ? weights.map(() => 0n) : allocate(out / unit, weights).map((units) => units * unit);
  const rest = shares.reduce((sum, share) => sum - share, out);
  return groups.map(({ of, nanos }, at) => ({
    ledgerAccount: 'cost',
    ...(of === undefined ? {} : { agreement: of.agreement }),
    ...(of?.service === undefined ? {} : { service: of.service }),
    currency,
    amountNanos: nanos - (shares[at] ?? 0n) - (at === 0 ? rest : 0n),
  }));
}

/** `part` of `whole` of an amount, to the smallest unit, half-up. */
function shareOf(nanos: bigint, part: bigint, whole: bigint, currency: string): bigint {
  if (part === 0n || whole === 0n) return 0n;
  const unit = unitOf(currency);
  const sign = whole < 0n ? -1n : 1n;
  return divideRounded(nanos * part * sign, whole * sign * unit, 'half-up') * unit;
}

function unitOf(currency: string): bigint {
  return 10n ** BigInt(9 - (minorUnits(currency) ?? 2));
}

/** Each amount converted and rounded once; what that leaves over goes with the first cost, so that the payable is worth what it is. */
function valued(postings: readonly Posting[], rate: BookedRate | undefined): readonly Posting[] {
  if (rate === undefined) return summed(postings);
  const unit = unitOf(rate.currency);
  const worth = (nanos: bigint): bigint => divideRounded(nanos * rate.numerator, rate.denominator * unit, 'half-up') * unit;
  const all = postings.map((posting) => ({ ...posting, entityAmountNanos: worth(posting.amountNanos) }));
  const left = all.reduce((sum, { entityAmountNanos }) => sum + entityAmountNanos, -worth(totals(postings)[0]));
  const first = all.findIndex(({ ledgerAccount }) => ledgerAccount === 'cost');
  return summed(all.map((posting, at) => (at === first ? { ...posting, entityAmountNanos: posting.entityAmountNanos - left } : posting)));
}

/** One posting for what stands on the same account, agreement, service, document and tax; those of nothing are left out. */
function summed(postings: readonly Posting[]): readonly Posting[] {
  const groups = Map.groupBy(postings, (each) =>
    JSON.stringify([each.ledgerAccount, each.account, each.agreement, each.service, each.document, each.taxCode, each.currency]),
  );
  return [...groups.values()].flatMap((own): Posting[] => {
    const [first] = own;
    if (first === undefined) return [];
    const amountNanos = own.reduce((sum, each) => sum + each.amountNanos, 0n);
    const isValued = own.some(({ entityAmountNanos }) => entityAmountNanos !== undefined);
    const entityAmountNanos = own.reduce((sum, each) => sum + (each.entityAmountNanos ?? each.amountNanos), 0n);
    if (amountNanos === 0n && (!isValued || entityAmountNanos === 0n)) return [];
    return [{ ...first, amountNanos, ...(isValued ? { entityAmountNanos } : {}) }];
  });
}

function totals(postings: readonly Posting[]): readonly [amount: bigint, worth: bigint] {
  return postings.reduce<readonly [bigint, bigint]>(
    ([amount, worth], each) => [amount + each.amountNanos, worth + (each.entityAmountNanos ?? each.amountNanos)],
    [0n, 0n],
  );
}
