/** Numbers for what usage rows do not say in words. New ones are entered: only the one writer of usage may ask. */
import type pg from 'pg';
import type { LineNames } from '#pipeline/ports.ts';
import { formatTimestamptz } from '../column-types.ts';
import { copyRows } from '../database.ts';
import { copyField } from './row-text.ts';

/** With so many lines to be found, all lines of their agreement versions are read at once: a look-up for each costs more. */
const MANY = 500;

/** A line's number and its name as `nameOf` makes it, as an array: names in one column are read three times as fast. */
type LineRow = readonly [lineId: number, name: string];

/** What `nameOf` makes of a line, made by the database. */
const NAME = "concat_ws(E'\\n', rate_id, version_id, role, band, tariff, destination)";

/** The numbers of lines that a writer of usage has met. Some 200 bytes for each line of the agreement versions that it meets. */
export class LineNumbers {
  readonly #ids = new Map<string, number>();
  /** Versions all of whose lines are in `ids`. */
  readonly #versions = new Set<number>();

  /** In their order. Lines that are not there are numbered here, behind the last, and entered by COPY. */
  async of(client: pg.PoolClient, lines: readonly LineNames[]): Promise<readonly number[]> {
    const unknown = lines.filter((line) => !this.#ids.has(nameOf(line)));
    const elsewhere = unknown.filter(({ versionId }) => !this.#versions.has(versionId));
    if (elsewhere.length >= MANY) await this.#readVersions(client, [...new Set(elsewhere.map(({ versionId }) => versionId))]);
    else if (elsewhere.length > 0) await this.#readLines(client, elsewhere);
    const missing = unknown.filter((line) => !this.#ids.has(nameOf(line)));
    if (missing.length > 0) await this.#enter(client, missing);
    return lines.map((line) => this.#ids.get(nameOf(line)) as number); // all of them are entered
  }

  /** What was entered since was rolled back. */
  forget(): void {
    this.#ids.clear();
    this.#versions.clear();
  }

  async #readVersions(client: pg.PoolClient, versions: readonly number[]): Promise<void> {
    await this.#read(client, `select line_id, ${NAME} from rollup_line where version_id = any($1)`, [versions]);
    for (const version of versions) this.#versions.add(version);
  }

  async #readLines(client: pg.PoolClient, lines: readonly LineNames[]): Promise<void> {
    await this.#read(
      client,
      `select line_id, ${NAME}
         from unnest($1::int[], $2::int[], $3::text[], $4::text[], $5::text[], $6::text[]) as g(rate_id, version_id, role, band, tariff, destination)
         join rollup_line l using (rate_id, version_id, role, band, tariff, destination)`,
      [
        lines.map(({ rateId }) => rateId),
        lines.map(({ versionId }) => versionId),
        lines.map(({ role }) => role),
        lines.map(({ band }) => band),
        lines.map(({ tariff }) => tariff),
        lines.map(({ destination }) => destination),
      ],
    );
  }

  async #read(client: pg.PoolClient, text: string, values: readonly unknown[]): Promise<void> {
    const { rows } = await client.query<[...LineRow]>({ text, values: [...values], rowMode: 'array' });
    for (const [lineId, name] of rows) this.#ids.set(name, lineId);
  }

  async #enter(client: pg.PoolClient, lines: readonly LineNames[]): Promise<void> {
    const { rows } = await client.query<{ last: number }>('select coalesce(max(line_id), 0) as last from rollup_line');
    let last = rows[0]?.last ?? 0;
    const copied: string[] = [];
    for (const line of lines) {
      const name = nameOf(line);
      if (this.#ids.has(name)) continue; // the same line, earlier in the list
      last += 1;
      this.#ids.set(name, last);
      const { agreement, versionId, role, tariff, rateId, destination, band, currency } = line;
      const fields = [String(last), agreement, String(versionId), role, tariff, String(rateId), destination, band, currency];
      copied.push(`${fields.map(copyField).join('\t')}\n`);
    }
    await copyRows(
      client,
      'copy rollup_line (line_id, agreement, version_id, role, tariff, rate_id, destination, band, currency) from stdin',
      [copied.join('')],
    );
  }
}

/** The destination, which may be any text, stands last. */
function nameOf({ rateId, versionId, role, band, tariff, destination }: Omit<LineNames, 'agreement' | 'currency'>): string {
  return `${rateId}\n${versionId}\n${role}\n${band}\n${tariff}\n${destination}`;
}

/** In their order; of trunks over which calls in the books run. */
export async function trunkIds(client: pg.ClientBase, names: readonly string[]): Promise<readonly number[]> {
  if (names.length === 0) return [];
  await client.query(
    'insert into usage_trunk (name) select n from unnest($1::text[]) as n where not exists (select from usage_trunk where name = n)',
    [names],
  );
  const { rows } = await client.query<{ trunk_id: number }>(
    'select trunk_id from unnest($1::text[]) with ordinality as g(name, place) join usage_trunk using (name) order by place',
    [names],
  );
  return rows.map(({ trunk_id }) => trunk_id);
}

/** One for each instant of knowledge: runs that knew the same share a number. */
export async function runId(client: pg.ClientBase, knownAtMicros: number): Promise<number> {
  const at = [formatTimestamptz(knownAtMicros)];
  const { rows: known } = await client.query<{ run_id: number }>('select run_id from usage_run where known_at = $1 limit 1', at);
  if (known[0] !== undefined) return known[0].run_id;
  const { rows } = await client.query<{ run_id: number }>('insert into usage_run (known_at) values ($1) returning run_id', at);
  if (rows[0] === undefined) throw new Error('the run was not entered');
  return rows[0].run_id;
}
