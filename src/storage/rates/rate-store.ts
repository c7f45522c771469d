/** The rates of the database for imports, within one transaction that holds the lock on configuration. */
import { isDeepStrictEqual } from 'node:util';
import type pg from 'pg';
import { RefusedError, refuse } from '#core/refusals.ts';
import type { Rate, RateTerms } from '#core/tariffs/tariff.ts';
import { setupOf } from '#operations/configuration/ports.ts';
import type { ImportRecord, RateStore } from '#operations/rates/rate-store.ts';
import { formatTimestamptz } from '../column-types.ts';
import { beginKnowledge } from '../configuration/knowledge.ts';
import { selectObjects } from '../configuration/load-book.ts';
import { copyRates, RATE_COLUMNS, type RateRow, rateOfRow } from '../configuration/rate-rows.ts';
import { selectImports } from './imports.ts';

export function rateStore(client: pg.PoolClient): RateStore {
  let known: number | undefined;
  const begin = async (summary: object): Promise<number> => {
    known ??= await beginKnowledge(client, 'rates', summary);
    if (known === undefined) throw new RefusedError(refuse('rate-sheet.busy', 'another command is changing the configuration'));
    return known;
  };
  return {
    book: async () => setupOf(await selectObjects(client, undefined), new Map()).book,
    rates: (tariff) => selectRates(client, `tariff = $1 and known_to = 'infinity' and valid_from < valid_to`, [tariff]),
    imports: (tariff) => selectImports(client, 'tariff = $1', [tariff]),
    import: async (importId) => (await selectImports(client, 'import_id = $1', [importId]))[0],
    writtenBy: (record) => writtenBy(client, record),
    template: async (id) => templateOf(client, id),
    activate: async (activation) => {
      const { agreement, tariff, fileName, sha256, mode, summary, superseded, added } = activation;
      const knownFromMicros = await begin({ agreement, tariff, fileName, ...summary });
      const at = formatTimestamptz(knownFromMicros);
      const { rows } = await client.query<{ import_id: number }>(
        `insert into rate_import (agreement, tariff, file_name, sha256, mode, summary, known_from) values ($1, $2, $3, $4, $5, $6, $7) returning import_id`,
        [agreement, tariff, fileName, Buffer.from(sha256, 'hex'), mode, JSON.stringify(summary), at],
      );
      const importId = rows[0]?.import_id;
      if (importId === undefined) throw new Error('the import got no number');
      await client.query(`update rate set known_to = $1 where rate_id = any($2::int[]) and known_to = 'infinity'`, [
        at,
        superseded.map(({ id }) => id),
      ]);
      await copyRates(client, tariff, added, knownFromMicros, importId);
      return { importId, knownFromMicros };
    },
    saveTemplate: async (id, body) => {
      if (isDeepStrictEqual(await templateOf(client, id), JSON.parse(JSON.stringify(body)))) return false;
      const at = formatTimestamptz(await begin({ template: id }));
      await client.query(`update config_version set known_to = $1 where kind = 'rateTemplates' and key = $2 and known_to = 'infinity'`, [
        at,
        id,
      ]);
      await client.query(`insert into config_version (kind, key, body, known_from) values ('rateTemplates', $1, $2, $3)`, [
        id,
        JSON.stringify(body),
        at,
      ]);
      return true;
    },
  };
}

async function templateOf(client: pg.PoolClient, id: string): Promise<Readonly<Record<string, unknown>> | undefined> {
  const templates = await selectObjects(client, undefined, ['rateTemplates']);
  const body = templates.find(({ key }) => key === id)?.body;
  return body as Readonly<Record<string, unknown>> | undefined; // an object: config_version holds nothing else
}

/** Index of the first and last column of terms in a RateRow. */
const TERMS_FROM = 12;
const TERMS_TO = 23;

/** Rows fetched at a time: a tariff may have hundreds of thousands. */
const BATCH = 10_000;

/** Rates in the order of their numbers. Those with equal terms share them: sheets have few prices and many codes. */
async function selectRates(client: pg.PoolClient, where: string, values: readonly unknown[]): Promise<readonly Rate[]> {
  const shared = new Map<string, RateTerms>();
  const rates: Rate[] = [];
  await client.query({
    text: `declare rates_read no scroll cursor for select ${RATE_COLUMNS} from rate where ${where} order by rate_id`,
    values: [...values],
  });
  for (;;) {
    const { rows } = await client.query<RateRow>({ text: `fetch ${BATCH} from rates_read`, rowMode: 'array' });
    for (const row of rows) rates.push(withSharedTerms(row, shared));
    if (rows.length < BATCH) break;
  }
  await client.query('close rates_read');
  return rates;
}

function withSharedTerms(row: RateRow, shared: Map<string, RateTerms>): Rate {
  const rate = rateOfRow(row);
  const key = JSON.stringify(row.slice(TERMS_FROM, TERMS_TO + 1));
  const terms = shared.get(key);
  if (terms !== undefined) return { ...rate, terms };
  shared.set(key, rate.terms);
  return rate;
}

async function writtenBy(client: pg.PoolClient, record: ImportRecord): ReturnType<RateStore['writtenBy']> {
  const at = formatTimestamptz(record.knownFromMicros);
  const { rows } = await client.query<{ later: boolean }>(
    `select exists (select from rate where tariff = $1 and (known_from > $2 or (known_to > $2 and known_to <> 'infinity'))) as later`,
    [record.tariff, at],
  );
  if (rows[0]?.later !== false) return undefined;
  return {
    added: await selectRates(client, `import_id = $1 and known_to = 'infinity'`, [record.importId]),
    superseded: await selectRates(client, 'tariff = $1 and known_to = $2', [record.tariff, at]),
  };
}
