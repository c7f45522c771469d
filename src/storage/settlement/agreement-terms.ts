/** Agreements with all that charges under them refer to, as now or as known at an instant. */
import type pg from 'pg';
import type { Agreement } from '#core/agreements/agreements.ts';
import type { Account, LegalEntity, Party } from '#core/parties/parties.ts';
import type { Tariff } from '#core/tariffs/tariff.ts';
import type { Kind } from '#operations/configuration/setup.ts';
import type { AgreementTerms } from '#operations/settlement/books.ts';
import { formatTimestamptz } from '../column-types.ts';

/** Bodies are the objects as core has them: only `apply` writes them. Tariffs come without their rates. */
interface Bodies {
  readonly legalEntities: LegalEntity;
  readonly parties: Party;
  readonly accounts: Account;
  readonly tariffs: Omit<Tariff, 'rates'>;
}

const REFERRED: readonly Kind[] = ['legalEntities', 'parties', 'accounts', 'tariffs'];

interface VersionRow {
  readonly version_id: number;
  readonly body: Omit<Agreement, 'versionId'>;
  readonly known: boolean;
}

/** Undefined when no agreement ever had the id. */
export async function selectAgreementTerms(
  client: pg.ClientBase,
  id: string,
  knownAtMicros: number | undefined,
): Promise<AgreementTerms | undefined> {
  const at = knownAtMicros === undefined ? 'infinity' : formatTimestamptz(knownAtMicros);
  const { rows } = await client.query<VersionRow>(
    `select version_id, body, known_from <= $2 and ($2 < known_to or known_to = 'infinity') as known
       from config_version where kind = 'agreements' and starts_with(key, $1 || '@') and body->>'id' = $1
      order by key, known_from`,
    [id, at],
  );
  if (rows.length === 0) return undefined;
  const referred = await selectReferred(client, at);
  return {
    versions: agreementsOf(rows),
    known: agreementsOf(rows.filter((row) => row.known)).toSorted((a, b) => (a.validFrom < b.validFrom ? -1 : 1)),
    accounts: referred('accounts'),
    parties: referred('parties'),
    entities: referred('legalEntities'),
    tariffs: referred('tariffs'),
  };
}

/** All agreements known now, by id, with all that they refer to: read once, for work on thousands of them. */
export async function selectAllTerms(on: pg.ClientBase | pg.Pool): Promise<ReadonlyMap<string, AgreementTerms>> {
  // Of a pool over two connections: what they refer to is read while agreements are.
  const [{ rows }, read] = await Promise.all([
    on.query<VersionRow>(
      `select version_id, body, known_to = 'infinity' as known from config_version where kind = 'agreements' order by key, known_from`,
    ),
    selectReferred(on, 'infinity'),
  ]);
  // What somebody has configured between the two is read again.
  const [accounts, tariffs] = [read('accounts'), read('tariffs')];
  const isComplete = rows.every(
    ({ known, body }) => !known || (accounts.has(body.account) && body.services.every(({ tariff }) => tariffs.has(tariff))),
  );
  const referred = isComplete ? read : await selectReferred(on, 'infinity');
  const shared = {
    ...{ accounts: referred('accounts'), parties: referred('parties') },
    ...{ entities: referred('legalEntities'), tariffs: referred('tariffs') },
  };
  const byId = Map.groupBy(rows, ({ body }) => body.id);
  const terms = [...byId].map(([id, versions]): [string, AgreementTerms] => {
    const all = agreementsOf(versions);
    const known = all.filter((_, at) => versions[at]?.known === true).sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
    return [id, { versions: all, known, ...shared }];
  });
  return new Map(terms.filter(([, { known }]) => known.length > 0));
}

/** Every version of every agreement, by number: what charges refer to. */
export async function selectAgreementVersions(client: pg.ClientBase): Promise<ReadonlyMap<number, Agreement>> {
  const { rows } = await client.query<VersionRow>(`select version_id, body, false as known from config_version where kind = 'agreements'`);
  return new Map(agreementsOf(rows).map((agreement) => [agreement.versionId, agreement]));
}

/** Currency of each tariff ever configured. */
export async function selectTariffCurrencies(client: pg.ClientBase): Promise<ReadonlyMap<string, string>> {
  const referred = await selectReferred(client, 'infinity');
  return new Map([...referred('tariffs').values()].map((tariff) => [tariff.id, tariff.currency]));
}

/**
 * The latest state of each object known by then, also of those that are no longer configured: an agreement
 * version replaced long ago still refers to them. Returns the objects of a kind by id.
 */
async function selectReferred(
  client: pg.ClientBase | pg.Pool,
  at: string,
): Promise<<K extends keyof Bodies>(kind: K) => ReadonlyMap<string, Bodies[K]>> {
  const { rows } = await client.query<{ kind: string; key: string; body: unknown }>(
    `select distinct on (kind, key) kind, key, body from config_version
      where kind = any($1) and known_from <= $2 order by kind, key, known_from desc`,
    [REFERRED, at],
  );
  return <K extends keyof Bodies>(kind: K) =>
    new Map(rows.filter((row) => row.kind === kind).map((row) => [row.key, row.body as Bodies[K]])); // see Bodies
}

function agreementsOf(rows: readonly VersionRow[]): readonly Agreement[] {
  return rows.map(({ version_id, body }) => ({ ...body, versionId: version_id }));
}
