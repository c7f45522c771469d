/** What is behind a partner's own files: its agreements are seen with its eyes, then the house takes the file in as it does itself. */
import type { ComparedDesk } from '#api/portal/compared.ts';
import type { FilingDesk } from '#api/portal/filings.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import { asHouse } from '#operations/access/ports.ts';
import type { Database } from '#storage/database.ts';
import { listInvoices } from '../partner-invoices/look-up.ts';
import { listDeclarations } from '../reconciliation/declarations.ts';
import { reconciliationCsv } from '../reconciliation/reconcile.ts';
import type { AskedHome } from './home.ts';
import { declarationsOf, partnerInvoicesOf } from './reconciliation.ts';
import { demandSeen } from './seen.ts';

export function filingsOf(home: AskedHome): FilingDesk {
  const { database, uploads } = home;
  const demandOwn = (agreement: string): Promise<void> => demandOwnAgreement(database, agreement);
  return {
    sendFile: (party, name, content) => asHouse(() => uploads.add(ownerOf(party), name, content)),
    declarations: () => listDeclarations(database, undefined),
    async sendDeclaration(party, body, by) {
      await demandOwn(body.agreement);
      return asHouse(() => declarationsOf(home).take(body, ownerOf(party), by));
    },
    invoices: () => listInvoices(database, {}),
    async sendInvoice(party, body, by) {
      if (body.agreement !== undefined) await demandOwn(body.agreement);
      return asHouse(() => partnerInvoicesOf(home).take(body, ownerOf(party), by, party));
    },
  };
}

/** Which declaration it is they see with their own eyes; our side of it is the house's to read. */
export function comparedOf({ database, aside }: AskedHome): ComparedDesk {
  return {
    async compare(declaration) {
      const unknown = () =>
        new RefusedError(refuse('declaration.unknown', `there is no declaration ${declaration}`, { value: declaration }));
      const own = (await listDeclarations(database, undefined)).find(({ id }) => String(id) === declaration);
      if (own === undefined) throw unknown();
      const { agreement, period, id } = own;
      const [found] = await asHouse(() => aside.reads.reconcile({ agreement, period, declaration: id, rates: [] }));
      if (found === undefined) throw unknown();
      return found;
    },
    compareFile: (found) => ({
      name: `declaration-${found.declaration.id}-compared.csv`,
      content: new TextEncoder().encode(`\ufeff${reconciliationCsv([found])}`),
    }),
  };
}

/** With the party's eyes. Throws RefusedError (`statement.agreement-unknown`). */
export function demandOwnAgreement(database: Database, agreement: string): Promise<void> {
  return demandSeen(database, OWN_AGREEMENT, [agreement], () =>
    refuse('statement.agreement-unknown', `there is no agreement ${JSON.stringify(agreement)}`, { field: 'agreement', value: agreement }),
  );
}

/** Of the account that is the party's today: what it was once it may see, not send for. */
const OWN_AGREEMENT = `select from config_version g join config_version a on a.kind = 'accounts' and a.key = g.body->>'account'
  where g.kind = 'agreements' and g.body->>'id' = $1 and g.known_to = 'infinity' and a.known_to = 'infinity' and a.body->>'party' = carillon_party()`;

/** Its files are its own, whoever of it sent them; no client of ours has such an id. */
export function ownerOf(party: string): string {
  return `party:${party}`;
}
