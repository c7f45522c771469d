/** Agreements with all that charges under them refer to, as now or as known at an instant. */
import type pg from 'pg';
import type { Agreement } from '#core/agreements/agreements.ts';
import { type StoredObject, setupOf } from '#operations/configuration/objects.ts';
import type { Kind } from '#operations/configuration/setup.ts';
import type { AgreementTerms } from '#operations/settlement/books.ts';
import { formatTimestamptz } from '../column-types.ts';

const REFERRED: readonly Kind[] = ['legalEntities', 'parties', 'accounts', 'tariffs'];

interface VersionRow {
  readonly version_id: number;
  readonly key: string;
  readonly body: object;
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
    `select version_id, key, body, known_from <= $2 and ($2 < known_to or known_to = 'infinity') as known
       from config_version where kind = 'agreements' and starts_with(key, $1 || '@') and body->>'id' = $1
      order by key, known_from`,
    [id, at],
  );
  if (rows.length === 0) return undefined;
  const { accounts, parties, legalEntities, tariffs } = setupOf(await selectReferred(client, at), new Map()).book;
  return {
    versions: agreementsOf(rows),
    known: agreementsOf(rows.filter((row) => row.known)).toSorted((a, b) => (a.validFrom < b.validFrom ? -1 : 1)),
    accounts: byId(accounts),
    parties: byId(parties),
    entities: byId(legalEntities),
    tariffs: byId(tariffs),
  };
}

/** Every version of every agreement, by number: what charges refer to. */
export async function selectAgreementVersions(client: pg.ClientBase): Promise<ReadonlyMap<number, Agreement>> {
  const { rows } = await client.query<VersionRow>(`select version_id, key, body from config_version where kind = 'agreements'`);
  return new Map(agreementsOf(rows).map((agreement) => [agreement.versionId, agreement]));
}

/** Currency of each tariff ever configured. */
export async function selectTariffCurrencies(client: pg.ClientBase): Promise<ReadonlyMap<string, string>> {
  const { tariffs } = setupOf(await selectReferred(client, 'infinity'), new Map()).book;
  return new Map(tariffs.map((tariff) => [tariff.id, tariff.currency]));
}

/**
 * The latest state of each object known by then, also of those that are no longer configured: an agreement
 * version replaced long ago still refers to them.
 */
async function selectReferred(client: pg.ClientBase, at: string): Promise<readonly StoredObject[]> {
  const { rows } = await client.query<{ version_id: number; kind: Kind; key: string; body: object }>(
    `select distinct on (kind, key) version_id, kind, key, body from config_version
      where kind = any($1) and known_from <= $2 order by kind, key, known_from desc`,
    [REFERRED, at],
  );
  return rows.map(({ version_id, kind, key, body }) => ({ kind, key, body, versionId: version_id }));
}

function agreementsOf(rows: readonly VersionRow[]): readonly Agreement[] {
  return setupOf(
    rows.map(({ version_id, key, body }) => ({ kind: 'agreements', key, body, versionId: version_id })),
    new Map(),
  ).book.agreements;
}

function byId<T extends { readonly id: string }>(objects: readonly T[]): ReadonlyMap<string, T> {
  return new Map(objects.map((object) => [object.id, object]));
}
