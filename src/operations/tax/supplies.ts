/** The supplies that will be billed: for each account both directions, with the services of its agreements. */
import type { Agreement } from '#core/agreements/agreements.ts';
import { legRoles } from '#core/agreements/agreements.ts';
import type { Book } from '#core/tariffs/book.ts';
import type { CheckedSupply, TaxFinding } from '#core/tax/check-rules.ts';
import type { TaxedService } from '#core/tax/tax.ts';
import { taxPartyOf, taxPartyOfEntity } from '#core/tax/tax-party.ts';
import type { HeldCertificate } from './ports.ts';

/** Also finds parties of which nothing can be asked (`tax.country-missing`); `from` is the first day in question. */
export function suppliesOf(
  { accounts, agreements, legalEntities, parties }: Book,
  certificates: readonly HeldCertificate[],
  from: string,
): { readonly supplies: readonly CheckedSupply[]; readonly findings: readonly TaxFinding[] } {
  const supplies: CheckedSupply[] = [];
  const findings: TaxFinding[] = [];
  for (const account of accounts) {
    const entity = legalEntities.find(({ id }) => id === account.legalEntity);
    const party = parties.find(({ id }) => id === account.party);
    if (entity === undefined || party === undefined) continue;
    const held = (id: string): readonly HeldCertificate[] => certificates.filter((one) => one.party === id);
    const partner = taxPartyOf(party, held(party.id));
    if (!partner.ok) {
      findings.push(...partner.refusals.map((refusal): TaxFinding => ({ refusal, from, about: account.id })));
      continue;
    }
    const own = taxPartyOfEntity(entity, held(entity.id));
    const ours = agreements.filter((agreement) => agreement.account === account.id);
    for (const side of ['receivable', 'payable'] as const) {
      const services = servicesOn(ours, side);
      if (services.length === 0) continue;
      const [seller, buyer] = side === 'receivable' ? [own, partner.value] : [partner.value, own];
      const lines = services.map((service, index) => ({ line: index + 1, service, netNanos: 0n }));
      supplies.push({
        about: side === 'receivable' ? `${account.id}: ${entity.id} to ${party.id}` : `${account.id}: ${party.id} to ${entity.id}`,
        question: { seller, buyer, currency: account.currency, lines },
      });
    }
  }
  return { supplies, findings };
}

function servicesOn(agreements: readonly Agreement[], side: 'receivable' | 'payable'): readonly TaxedService[] {
  return [
    ...new Set(agreements.flatMap(({ services }) => services.filter(({ role }) => legRoles[role] === side).map(({ service }) => service))),
  ];
}
