/** Writes in which blocks of a part what calls are searched by occurs: each trunk, agreement, destination, both of them, file and service. */
import type pg from 'pg';
import { copyRows } from '../../database.ts';
import { BLOCK_BITS, BLOCK_KINDS } from './block-kinds.ts';
import { BlockSets } from './block-sets.ts';
import { blockColumns, integersOf } from './part-columns.ts';
import { rollupLines } from './rollup-lines.ts';

/** Given to COPY at once, about. */
const CHUNK_CHARACTERS = 1 << 16;
const COLUMNS = ['trunk_in', 'trunk_out', 'in_line', 'out_line', 'file_id', 'service::integer'];

/** SQL: the key of an agreement with a destination. */
const BOTH_KEY = String.raw`hashtextextended(agreement || E'\n' || destination, 0)`;

export interface PartRows {
  readonly partId: number;
  readonly first: number;
  readonly last: number;
  /** SQL: from and where. */
  readonly of: string;
}

interface HashedLine {
  readonly line_id: number;
  readonly agreement: bigint;
  readonly destination: bigint;
  readonly both: bigint;
}

interface Listed {
  readonly kind: number;
  /** Key and blocks of each, as COPY reads them. */
  readonly rows: Iterable<string>;
}

/**
 * Read block by block and put together here: PostgreSQL took 15 s of processor for a million records, most of it for making two million rows of
 * names distinct, three times. Returns the lines of the rollup that the part has.
 */
export async function writeBlocks(client: pg.PoolClient, part: PartRows): Promise<Iterable<number>> {
  const { partId, first, last, of } = part;
  const blocks = ((last - first) >> BLOCK_BITS) + 1;
  const trunks = new BlockSets<number>(blocks);
  const lines = new BlockSets<number>(blocks);
  const files = new BlockSets<number>(blocks);
  const services = new BlockSets<number>(blocks);
  for await (const { block, columns } of blockColumns(client, `(event_id - ${first}) >> ${BLOCK_BITS}`, COLUMNS, of)) {
    const [trunkIn, trunkOut, inLine, outLine, file, service] = columns.map(integersOf);
    addAll(trunks, block, trunkIn, true);
    addAll(trunks, block, trunkOut, true);
    addAll(lines, block, inLine, true);
    addAll(lines, block, outLine, true);
    addAll(files, block, file, false);
    addAll(services, block, service, false);
  }
  const named = await namedSets(client, lines, blocks);
  const all: readonly Listed[] = [
    { kind: BLOCK_KINDS.trunk, rows: listed(trunks) },
    ...named,
    { kind: BLOCK_KINDS.file, rows: listed(files) },
    { kind: BLOCK_KINDS.service, rows: listed(services) },
  ];
  await copyRows(client, 'copy usage_search_block (part_id, kind, key, blocks) from stdin', rowsOf(partId, all));
  return lines.keys;
}

/** 0 is none where `zeroIsNone`. */
function addAll(sets: BlockSets<number>, block: number, keys: Int32Array | undefined, zeroIsNone: boolean): void {
  for (const key of keys ?? []) if (key !== 0 || !zeroIsNone) sets.add(key, block);
}

/** Lines of the rollup by what they are searched by. */
async function namedSets(client: pg.ClientBase, lines: BlockSets<number>, blocks: number): Promise<readonly Listed[]> {
  const agreements = new BlockSets<bigint>(blocks);
  const destinations = new BlockSets<bigint>(blocks);
  const both = new BlockSets<bigint>(blocks);
  const hashed = `hashtextextended(agreement, 0) as agreement, hashtextextended(destination, 0) as destination, ${BOTH_KEY} as both`;
  for await (const row of rollupLines<HashedLine>(client, `line_id, ${hashed}`, lines.keys)) {
    agreements.join(row.agreement, lines, row.line_id);
    destinations.join(row.destination, lines, row.line_id);
    both.join(row.both, lines, row.line_id);
  }
  return [
    { kind: BLOCK_KINDS.agreement, rows: listed(agreements) },
    { kind: BLOCK_KINDS.destination, rows: listed(destinations) },
    { kind: BLOCK_KINDS.both, rows: listed(both) },
  ];
}

/** COPY's text format. */
function* rowsOf(partId: number, all: readonly Listed[]): Generator<string> {
  let text = '';
  for (const { kind, rows } of all)
    for (const row of rows) {
      text += `${partId}\t${kind}\t${row}\n`;
      if (text.length < CHUNK_CHARACTERS) continue;
      yield text;
      text = '';
    }
  yield text;
}

function* listed<Key extends number | bigint>(sets: BlockSets<Key>): Generator<string> {
  for (const key of sets.keys) yield `${key}\t{${sets.blocksOf(key).join(',')}}`;
}
