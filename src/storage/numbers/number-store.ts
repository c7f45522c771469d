/** Imports of number tables: append-only layers, each known from an instant on. */
import type pg from 'pg';
import { laidOver, type NumberSteps } from '#core/numbering/number-steps.ts';
import { NumberTable, numberOf } from '#core/numbering/number-table.ts';
import { FRONT_BYTES, packSteps, placesOf, UnpackedSteps } from '#core/numbering/pack-steps.ts';
import type { ImportMode, NumberImport, ReadNumbers } from '#operations/numbers/ports.ts';
import { formatTimestamptz } from '../column-types.ts';
import { beginKnowledge } from '../configuration/knowledge.ts';

const STEPS_PER_CHUNK = 65_536;

export interface NewImport extends ReadNumbers {
  readonly table: string;
  readonly mode: ImportMode;
  readonly file: string;
  readonly sha256: Buffer;
}

/** Writes an import, in the caller's transaction. Undefined when another command is changing the configuration for too long. */
export async function writeImport(
  client: pg.PoolClient,
  { table, mode, file, sha256, rows, steps, values }: NewImport,
): Promise<NumberImport | undefined> {
  const knownFromMicros = await beginKnowledge(client, 'numbers', { table, mode, file, rows });
  if (knownFromMicros === undefined) return undefined;
  const inserted = await client.query<{ import_id: number }>(
    `insert into number_import (number_table, mode, file_name, sha256, rows, steps, known_from)
     values ($1, $2, $3, $4, $5, $6, $7) returning import_id`,
    [table, mode, file, sha256, rows, steps.count, formatTimestamptz(knownFromMicros)],
  );
  const importId = inserted.rows[0]?.import_id ?? 0;
  await client.query('insert into number_value (import_id, value_list) values ($1, $2)', [importId, JSON.stringify(values.slice(1))]);
  for (let first = 0, place = 0; first < steps.count; first += STEPS_PER_CHUNK, place += 1) {
    const end = Math.min(first + STEPS_PER_CHUNK, steps.count);
    const packed = Buffer.from(packSteps(steps, first, end));
    await client.query('insert into number_chunk (import_id, place, steps, packed) values ($1, $2, $3, $4)', [
      importId,
      place,
      end - first,
      packed,
    ]);
  }
  return { importId, table, mode, file, rows, steps: steps.count, knownFromMicros };
}

/** All imports of a table, or of all tables, the first one first. */
export async function selectImports(
  client: pg.ClientBase | pg.Pool,
  table: string | undefined,
): Promise<readonly (NumberImport & { readonly sha256: Buffer })[]> {
  const { rows } = await client.query<{
    import_id: number;
    number_table: string;
    mode: ImportMode;
    file_name: string;
    sha256: Buffer;
    rows: bigint;
    steps: bigint;
    known_from: number;
  }>('select * from number_import where number_table = $1 or $1 is null order by import_id', [table ?? null]);
  return rows.map((row) => ({
    importId: row.import_id,
    table: row.number_table,
    mode: row.mode,
    file: row.file_name,
    sha256: row.sha256,
    rows: Number(row.rows),
    steps: Number(row.steps),
    knownFromMicros: row.known_from,
  }));
}

/** Those of a table's imports that count: the last full one known at an instant (now when undefined) and the deltas since. */
export function layersOf<T extends Pick<NumberImport, 'mode' | 'knownFromMicros'>>(
  imports: readonly T[],
  knownAtMicros: number | undefined,
): readonly T[] {
  const known = imports.filter(({ knownFromMicros }) => knownAtMicros === undefined || knownFromMicros <= knownAtMicros);
  const full = known.findLastIndex(({ mode }) => mode === 'full');
  return full < 0 ? [] : known.slice(full);
}

/** A table as it was known at an instant, or now. Ten million numbers take some seconds and, while they are read, 250 MB. */
export function loadNumberTable(client: pg.ClientBase | pg.Pool, table: string, knownAtMicros: number | undefined): Promise<NumberTable> {
  return readTable(client, table, knownAtMicros, wholeLayer);
}

/** As much of a table, as it is known now, as has what it knows of one number (E.164 digits): a chunk or two of each layer. */
export function loadNumberOf(client: pg.ClientBase | pg.Pool, table: string, digits: string): Promise<NumberTable> {
  const number = numberOf(digits);
  return readTable(client, table, undefined, async (_, { importId }) => {
    const { rows } = await client.query<{ steps: number; front: Buffer }>(
      `select steps, substring(packed from 1 for ${FRONT_BYTES}) as front from number_chunk where import_id = $1 order by place`,
      [importId],
    );
    const fronts = rows.map(({ front }) => front);
    return placesOf(number, fronts).map((place) => ({ place, steps: rows[place]?.steps ?? 0 }));
  });
}

interface ChunkPlace {
  readonly place: number;
  readonly steps: number;
}

type ChoosePlaces = (client: pg.ClientBase | pg.Pool, layer: NumberImport) => Promise<readonly ChunkPlace[]>;

const wholeLayer: ChoosePlaces = async (_, { steps }) =>
  Array.from({ length: Math.ceil(steps / STEPS_PER_CHUNK) }, (_, place) => ({
    place,
    steps: Math.min(STEPS_PER_CHUNK, steps - place * STEPS_PER_CHUNK),
  }));

async function readTable(
  client: pg.ClientBase | pg.Pool,
  table: string,
  knownAtMicros: number | undefined,
  choose: ChoosePlaces,
): Promise<NumberTable> {
  const layers = layersOf(await selectImports(client, table), knownAtMicros);
  const values: string[] = [''];
  const places = new Map<string, number>();
  let steps: NumberSteps = { count: 0, numbers: new Float64Array(0), from: new Uint32Array(0), values: new Uint32Array(0) };
  for (const layer of layers) {
    const own = await readLayer(client, layer, await choose(client, layer), values, places);
    steps = layer.mode === 'full' ? own : laidOver(steps, own);
  }
  return NumberTable.build(steps, values);
}

async function readLayer(
  client: pg.ClientBase | pg.Pool,
  { importId }: NumberImport,
  chunks: readonly ChunkPlace[],
  values: string[],
  places: Map<string, number>,
): Promise<NumberSteps> {
  const list = await client.query<{ value_list: readonly string[] }>('select value_list from number_value where import_id = $1', [
    importId,
  ]);
  const indexes = [0, ...(list.rows[0]?.value_list ?? []).map((value) => indexOf(value, values, places))];
  const unpacked = new UnpackedSteps(chunks.reduce((sum, { steps }) => sum + steps, 0));
  for (const { place } of chunks) {
    const { rows } = await client.query<{ steps: number; packed: Buffer }>(
      'select steps, packed from number_chunk where import_id = $1 and place = $2',
      [importId, place],
    );
    const chunk = rows[0];
    if (chunk === undefined) throw new Error(`import ${importId} of numbers lacks its chunk ${place}`);
    unpacked.unpack(chunk.packed, chunk.steps, indexes);
  }
  return unpacked;
}

function indexOf(value: string, values: string[], places: Map<string, number>): number {
  let index = places.get(value);
  if (index === undefined) {
    index = values.push(value) - 1;
    places.set(value, index);
  }
  return index;
}
