/** Parts of partners' invoices as JSON: whole numbers as text. */
import type { BookedInvoice } from '#core/settlement/partner-invoices/booking.ts';
import type { AcceptanceTerms, PartnerInvoice, PartnerInvoiceLine, StatedTax } from '#core/settlement/partner-invoices/partner-invoice.ts';

type Exact<T, K extends keyof T> = Omit<T, K> & { readonly [key in K]: string };

export interface ContentJson {
  readonly lines: readonly Exact<PartnerInvoiceLine, 'netNanos'>[];
  readonly taxes: readonly (Omit<StatedTax, 'baseNanos' | 'taxNanos'> & { readonly baseNanos?: string; readonly taxNanos: string })[];
}

export function contentJson({ lines, taxes }: Pick<PartnerInvoice, 'lines' | 'taxes'>): ContentJson {
  return {
    lines: lines.map((line) => ({ ...line, netNanos: String(line.netNanos) })),
    taxes: taxes.map(({ baseNanos, taxNanos, ...tax }) => ({
      ...tax,
      ...(baseNanos === undefined ? {} : { baseNanos: String(baseNanos) }),
      taxNanos: String(taxNanos),
    })),
  };
}

export function readContent({ lines, taxes }: ContentJson): Pick<PartnerInvoice, 'lines' | 'taxes'> {
  return {
    lines: lines.map((line) => ({ ...line, netNanos: BigInt(line.netNanos) })),
    taxes: taxes.map(({ baseNanos, taxNanos, ...tax }) => ({
      ...tax,
      ...(baseNanos === undefined ? {} : { baseNanos: BigInt(baseNanos) }),
      taxNanos: BigInt(taxNanos),
    })),
  };
}

export type TermsJson = Omit<AcceptanceTerms, 'undisputedNanos' | 'claimedNanos'> & {
  readonly undisputedNanos?: string;
  readonly claimedNanos?: string;
};

export function termsJson({ undisputedNanos, claimedNanos, ...terms }: AcceptanceTerms): TermsJson {
  return {
    ...terms,
    ...(undisputedNanos === undefined ? {} : { undisputedNanos: String(undisputedNanos) }),
    ...(claimedNanos === undefined ? {} : { claimedNanos: String(claimedNanos) }),
  };
}

export function readTerms(json: TermsJson | null): AcceptanceTerms {
  const { undisputedNanos, claimedNanos, ...terms }: TermsJson = json ?? {
    whole: false,
    beforeClose: false,
    moreToCome: false,
    taxAsInvoiced: false,
  };
  return {
    ...terms,
    ...(undisputedNanos === undefined ? {} : { undisputedNanos: BigInt(undisputedNanos) }),
    ...(claimedNanos === undefined ? {} : { claimedNanos: BigInt(claimedNanos) }),
  };
}

type Booked = Pick<BookedInvoice, 'taxes' | 'rate'>;

export interface BookedJson {
  readonly taxes: readonly { readonly rule: string; readonly taxNanos: string; readonly selfAssessedNanos: string }[];
  readonly withheld: readonly { readonly rule: string; readonly taxNanos: string }[];
  readonly rate?: Exact<NonNullable<Booked['rate']>, 'numerator' | 'denominator'>;
}

export function bookedJson({ taxes: { taxes, withheld }, rate }: Booked): BookedJson {
  return {
    taxes: taxes.map(({ rule, taxNanos, selfAssessedNanos }) => ({
      ...{ rule, taxNanos: String(taxNanos), selfAssessedNanos: String(selfAssessedNanos) },
    })),
    withheld: withheld.map(({ rule, taxNanos }) => ({ rule, taxNanos: String(taxNanos) })),
    ...(rate === undefined ? {} : { rate: { ...rate, numerator: String(rate.numerator), denominator: String(rate.denominator) } }),
  };
}

export function readBooked({ taxes, withheld, rate }: BookedJson): Booked {
  return {
    taxes: {
      taxes: taxes.map(({ rule, taxNanos, selfAssessedNanos }) => ({
        ...{ rule, taxNanos: BigInt(taxNanos), selfAssessedNanos: BigInt(selfAssessedNanos) },
      })),
      withheld: withheld.map(({ rule, taxNanos }) => ({ rule, taxNanos: BigInt(taxNanos) })),
    },
    ...(rate === undefined ? {} : { rate: { ...rate, numerator: BigInt(rate.numerator), denominator: BigInt(rate.denominator) } }),
  };
}
