/** `carillon tax certificate`: exemption certificates, recorded and ended, never edited. */
import { RefusedError, refuse } from '#core/refusals.ts';
import { isLocalDate } from '#core/time/zoned.ts';
import type { HeldCertificate, Recorded } from '#operations/tax/ports.ts';
import { loadBook } from '#storage/configuration/load-book.ts';
import type { Database } from '#storage/database.ts';
import { taxStoreOn } from '#storage/tax/tax-store.ts';

export type NewCertificate = Omit<HeldCertificate, 'ended'>;

/**
 * False when it is recorded already with the same dates. Throws RefusedError (`tax.party-unknown`, `tax.certificate-broken`,
 * `tax.certificate-differs`).
 */
export async function addCertificate(database: Database, certificate: NewCertificate): Promise<boolean> {
  const { legalEntities, parties } = await loadBook(database);
  const { party, id, of, validFrom, validTo } = certificate;
  if (![...legalEntities, ...parties].some((one) => one.id === party))
    throw new RefusedError(refuse('tax.party-unknown', `there is no party or legal entity ${JSON.stringify(party)}`, { value: party }));
  for (const [field, day] of [
    ['from', validFrom],
    ['to', validTo],
  ] as const)
    if (day !== undefined && !isLocalDate(day)) throw broken(`${field} is no date such as 2026-12-31`, field, day);
  if (validTo !== undefined && validTo <= validFrom) throw broken('it ends before or on the day it begins', 'to', validTo);
  if (id.trim() === '' || id.length > 100) throw broken('its number is empty or too long', 'number', id);
  if (!/^[A-Za-z0-9][A-Za-z0-9 ._:+-]{0,99}$/.test(of)) throw broken('it frees of no rate, jurisdiction or rule', 'of', of);
  return database.transaction(async (client) => {
    const store = taxStoreOn(client);
    if (await store.addCertificate(certificate)) return true;
    const known = (await store.certificates([party])).find((one) => one.id === id && one.of === of);
    if (known?.validFrom === validFrom && known.validTo === validTo) return false;
    throw new RefusedError(
      refuse(
        'tax.certificate-differs',
        `${party} has certificate ${id} for ${of} from ${known?.validFrom} to ${known?.validTo ?? 'ever'}`,
        {
          value: id,
        },
      ),
    );
  });
}

/** False when it was ended before. Throws RefusedError (`tax.certificate-unknown`, `tax.certificate-broken`). */
export async function endCertificate(
  database: Database,
  key: Pick<HeldCertificate, 'party' | 'id' | 'of'>,
  validTo: string,
  reason: string,
  recorded: Recorded,
): Promise<boolean> {
  if (!isLocalDate(validTo)) throw broken('on is no date such as 2026-12-31', 'on', validTo);
  return database.transaction(async (client) => {
    const store = taxStoreOn(client);
    const known = (await store.certificates([key.party])).some(({ id, of }) => id === key.id && of === key.of);
    if (!known)
      throw new RefusedError(
        refuse('tax.certificate-unknown', `${key.party} has no certificate ${key.id} for ${key.of}`, { value: key.id }),
      );
    return store.endCertificate(key, validTo, reason, recorded);
  });
}

export async function listCertificates(database: Database, party: string | undefined): Promise<readonly HeldCertificate[]> {
  return taxStoreOn(database.pool).certificates(party === undefined ? undefined : [party]);
}

function broken(message: string, field: string, value: string): RefusedError {
  return new RefusedError(refuse('tax.certificate-broken', `the certificate: ${message}`, { field, value }));
}
