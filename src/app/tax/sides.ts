/** The two sides of a supply, by id of the configuration or by place. */
import { RefusedError, refuse, valueOrThrow } from '#core/refusals.ts';
import type { Book } from '#core/tariffs/book.ts';
import type { BuyerStatus } from '#core/tax/rules.ts';
import type { TaxParty } from '#core/tax/tax.ts';
import { taxPartyOf, taxPartyOfEntity } from '#core/tax/tax-party.ts';
import type { HeldCertificate } from '#operations/tax/ports.ts';
import { loadCountries } from '../reference-data.ts';

/**
 * A legal entity or party with its certificates; or, for what looks like a place (`IE`, `CA-QC`), a business there with
 * a registration. Throws RefusedError (`tax.party-unknown`, `tax.country-missing`).
 */
export function sideOf(
  name: string,
  { legalEntities, parties }: Pick<Book, 'legalEntities' | 'parties'>,
  certificates: readonly HeldCertificate[],
  status?: BuyerStatus,
): TaxParty {
  const held = certificates.filter(({ party }) => party === name);
  const entity = legalEntities.find(({ id }) => id === name);
  const party = parties.find(({ id }) => id === name);
  const found =
    entity !== undefined ? taxPartyOfEntity(entity, held) : party !== undefined ? valueOrThrow(taxPartyOf(party, held)) : placed(name);
  return status === undefined ? found : { ...found, isBusiness: status !== 'consumer', isReseller: status === 'reseller' };
}

function placed(name: string): TaxParty {
  const place = /^([A-Z]{2})(-[A-Z0-9]{1,12}){0,3}$/.exec(name);
  const country = place?.[1];
  if (country === undefined)
    throw new RefusedError(
      refuse('tax.party-unknown', `there is no legal entity or party ${JSON.stringify(name)}, and it is no place such as IE or CA-QC`, {
        value: name,
      }),
    );
  if (!loadCountries().has(country))
    throw new RefusedError(
      refuse('tax.party-unknown', `there is no legal entity or party ${JSON.stringify(name)}, and ${country} is no country of ISO 3166-1`, {
        value: name,
      }),
    );
  return {
    country,
    ...(name === country ? {} : { region: name }),
    registrations: { [country]: 'assumed' },
    isBusiness: true,
    isReseller: true,
    certificates: [],
  };
}
