/** The configuration in the database as `applySetup` changes it, on the connection of one transaction. */
import type pg from 'pg';
import { agreementKey, type ConfigurationStore, type Kind, type Plan, type Stored, type Used } from '#operations/configuration/ports.ts';
import { formatTimestamptz } from '../column-types.ts';
import { beginKnowledge, lockConfiguration } from './knowledge.ts';
import { selectStored } from './load-book.ts';
import { copyRates } from './rate-rows.ts';

export function configurationStore(client: pg.PoolClient): ConfigurationStore {
  return {
    lock: () => lockConfiguration(client),
    stored: () => selectStored(client),
    used: (stored) => selectUsed(client, stored),
    usedRates: (ids) => selectUsedRates(client, ids),
    usedTrunks: (ids) => selectUsedTrunks(client, ids),
    write: (plan, summary) => write(client, plan, summary),
  };
}

async function write(client: pg.PoolClient, plan: Plan, summary: object): Promise<void> {
  const atMicros = await beginKnowledge(client, 'apply', summary);
  if (atMicros === undefined) throw new Error('the lock on configuration was lost in the transaction that held it');
  const at = formatTimestamptz(atMicros);
  const ending = plan.objects.flatMap(({ action, versionId }) => (action === 'keep' || versionId === undefined ? [] : [versionId]));
  await client.query('update config_version set known_to = $1 where version_id = any($2::integer[])', [at, ending]);
  const coming = plan.objects.filter(({ body }) => body !== undefined);
  await client.query(
    `insert into config_version (kind, key, body, known_from)
     select kind, key, body::jsonb, $4 from unnest($1::text[], $2::text[], $3::text[]) with ordinality as v (kind, key, body, n) order by n`,
    [coming.map(({ kind }) => kind), coming.map(({ key }) => key), coming.map(({ body }) => JSON.stringify(body)), at],
  );
  for (const { tariff, created, replaced, closed } of plan.rates) {
    const gone = [...replaced.map((pair) => pair.old.id), ...closed.map(({ id }) => id)];
    if (gone.length > 0) await client.query('update rate set known_to = $1 where rate_id = any($2::integer[])', [at, gone]);
    const rates = [...created, ...replaced.map((pair) => pair.new)];
    if (rates.length > 0) await copyRates(client, tariff, rates, atMicros);
  }
}

async function selectUsedRates(client: pg.PoolClient, ids: readonly number[]): Promise<ReadonlySet<number>> {
  if (ids.length === 0) return new Set();
  const { rows } = await client.query<{ rate_id: number }>('select distinct rate_id from rollup_line where rate_id = any($1::integer[])', [
    ids,
  ]);
  return new Set(rows.map(({ rate_id }) => rate_id));
}

/** Trunks over which calls ran. */
async function selectUsedTrunks(client: pg.PoolClient, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<{ id: string }>('select name as id from usage_trunk where name = any($1::text[])', [ids]);
  return new Set(rows.map(({ id }) => id));
}

/** Rollups name agreement versions and tariffs; everything else is used through those. */
async function selectUsed(client: pg.PoolClient, stored: Stored): Promise<Used> {
  const versions = stored.setup.book.agreements.map(({ versionId }) => versionId);
  const usedVersions = await client.query<{ id: number }>(
    'select v as id from unnest($1::integer[]) v where exists (select from rollup_line where version_id = v)',
    [versions],
  );
  const usedTariffs = await client.query<{ tariff: string }>('select distinct tariff from rollup_line');
  const usedSources = await client.query<{ name: string }>('select name from usage_source');
  const version = new Set(usedVersions.rows.map(({ id }) => id));
  return spread(
    stored,
    (id) => version.has(id),
    new Set(usedTariffs.rows.map(({ tariff }) => tariff)),
    new Set(usedSources.rows.map(({ name }) => name)),
  );
}

/** Passes the use of agreement versions and tariffs on to what they name. */
function spread(
  { setup: { book } }: Stored,
  usedVersion: (id: number) => boolean,
  tariffs: ReadonlySet<string>,
  sources: ReadonlySet<string>,
): Used {
  const agreements = book.agreements.filter(({ versionId }) => usedVersion(versionId));
  const accounts = book.accounts.filter(({ id }) => agreements.some(({ account }) => account === id));
  const accountIds = new Set(accounts.map(({ id }) => id));
  const usedTariffs = book.tariffs.filter(({ id }) => tariffs.has(id));
  const bands = new Set(usedTariffs.map(({ timeBands }) => timeBands));
  const used: Readonly<Record<Kind, ReadonlySet<string | undefined>>> = {
    legalEntities: new Set(accounts.map(({ legalEntity }) => legalEntity)),
    parties: new Set(accounts.map(({ party }) => party)),
    accounts: accountIds,
    trunks: new Set(book.trunks.filter(({ account }) => account !== undefined && accountIds.has(account)).map(({ id }) => id)),
    agreements: new Set(agreements.map(agreementKey)),
    calendars: new Set(book.timeBands.filter(({ id }) => bands.has(id)).map(({ calendar }) => calendar)),
    timeBands: bands,
    originSets: new Set(usedTariffs.flatMap(({ rates }) => rates.map(({ match }) => match.origin?.replace('!', '')))),
    codeDecks: new Set(usedTariffs.map(({ codeDeck }) => codeDeck)),
    tariffs,
    sources,
    formats: new Set(),
    rateTemplates: new Set(),
    numberTables: new Set(),
    bins: new Set(),
    enrichments: new Set(),
    correlations: new Set(),
    screening: new Set(),
    taxRules: new Set(),
    taxRates: new Set(),
    withholdingRules: new Set(),
    allowances: new Set(),
    addOns: new Set(),
    plans: new Set(),
    notices: new Set(),
  };
  return { has: (kind, key) => used[kind].has(key) };
}
