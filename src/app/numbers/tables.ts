/** Number tables: which there are, what they hold, and looking a number up. */
import type { NumberTableDeclaration } from '#core/enrichment/profile.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import { formatInstant } from '#core/time/zoned.ts';
import { readSeconds } from '#operations/numbers/number-times.ts';
import { loadSetup } from '#storage/configuration/load-book.ts';
import type { Database } from '#storage/database.ts';
import { layersOf, loadNumberOf, selectImports } from '#storage/numbers/number-store.ts';

/** Throws RefusedError (`numbers.table-unknown`). */
export async function findNumberTable(database: Database, id: string): Promise<NumberTableDeclaration> {
  const { numberTables } = await loadSetup(database);
  const found = numberTables.find((table) => table.id === id);
  if (found !== undefined) return found;
  const known = numberTables.map((table) => table.id).join(', ') || 'none';
  throw new RefusedError(refuse('numbers.table-unknown', `there is no number table ${JSON.stringify(id)}; configured: ${known}`));
}

export interface ListedTable {
  readonly id: string;
  readonly gives: NumberTableDeclaration['gives'];
  /** Of the files that count now. */
  readonly files: readonly { readonly file: string; readonly mode: string; readonly rows: number; readonly knownFrom: string }[];
}

export async function listNumberTables(database: Database): Promise<readonly ListedTable[]> {
  const { numberTables } = await loadSetup(database);
  const imports = await selectImports(database.pool, undefined);
  return numberTables.map(({ id, gives }) => {
    const layers = layersOf(
      imports.filter(({ table }) => table === id),
      undefined,
    );
    const files = layers.map(({ file, mode, rows, knownFromMicros }) => ({ file, mode, rows, knownFrom: formatInstant(knownFromMicros) }));
    return { id, gives, files };
  });
}

export interface LookedUpNumber {
  readonly number: string;
  readonly table: string;
  /** At the instant asked for; undefined: the table does not have the number then. */
  readonly value: string | undefined;
  /** All of its steps, the earliest first. */
  readonly history: readonly { readonly from: string | undefined; readonly value: string | undefined }[];
}

/** Looks a number up in one table or all, at an instant (default: now) and as known at one. Throws RefusedError. */
export async function lookUpNumber(
  database: Database,
  number: string,
  { table, at, nowMicros }: { readonly table?: string; readonly at?: string; readonly nowMicros: number },
): Promise<readonly LookedUpNumber[]> {
  const digits = number.replace(/^\+/, '');
  if (!/^\d{1,15}$/.test(digits))
    throw new RefusedError(refuse('numbers.number-wrong', 'a number is 1 to 15 digits', { value: number.slice(0, 120) }));
  if (digits.startsWith('0'))
    throw new RefusedError(
      refuse('numbers.number-wrong', 'no number with its country code begins with 0', { value: number.slice(0, 120) }),
    );
  const seconds = at === undefined ? Math.floor(nowMicros / 1_000_000) : readSeconds(at, 'UTC');
  if (Number.isNaN(seconds)) throw new RefusedError(refuse('numbers.time-wrong', `${JSON.stringify(at)} is no instant`, { field: '--at' }));
  const tables = table === undefined ? (await loadSetup(database)).numberTables : [await findNumberTable(database, table)];
  const found: LookedUpNumber[] = [];
  for (const { id } of tables) {
    const loaded = await loadNumberOf(database.pool, id, digits);
    const history = loaded.stepsOf(digits).map(({ fromSeconds, value }) => ({
      from: fromSeconds === 0 ? undefined : formatInstant(fromSeconds * 1_000_000),
      value,
    }));
    found.push({ number: digits, table: id, value: loaded.find(digits, seconds * 1_000_000), history });
  }
  return found;
}
