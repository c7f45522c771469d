/** The two sides of a supply, from what is declared of legal entities and parties. */
import type { LegalEntity, Party } from '../parties/parties.ts';
import { type Result, refuse } from '../refusals.ts';
import type { ExemptionCertificate, TaxParty } from './tax.ts';

export function taxPartyOfEntity(
  { country, region, taxId, registrations }: LegalEntity,
  certificates: readonly ExemptionCertificate[] = [],
): TaxParty {
  return {
    country,
    ...(region === undefined ? {} : { region }),
    registrations: { ...(taxId === undefined ? {} : { [country]: taxId }), ...registrations },
    isBusiness: true,
    isReseller: true,
    certificates,
  };
}

/** Refused: `tax.country-missing`. */
export function taxPartyOf(party: Party, certificates: readonly ExemptionCertificate[] = []): Result<TaxParty> {
  const { id, country, region, taxId, registrations, kind, business, reseller } = party;
  if (country === undefined)
    return {
      ok: false,
      refusals: [refuse('tax.country-missing', `party ${id} has no country, on which the tax depends`, { field: 'country', value: id })],
    };
  const isBusiness = business ?? kind !== 'customer';
  return {
    ok: true,
    value: {
      country,
      ...(region === undefined ? {} : { region }),
      registrations: { ...(taxId === undefined ? {} : { [country]: taxId }), ...registrations },
      isBusiness,
      isReseller: isBusiness && (reseller ?? (kind !== 'customer' && kind !== 'content-provider')),
      certificates,
    },
  };
}
