/**
 * Texts of documents and statements: few at once stand in their own rows, many are kept in blocks that are compressed together. Who reads
 * gets the text, however it is kept; its hash, which is kept beside it, says whether it is the one that was written.
 */
import { promisify } from 'node:util';
import { constants, zstdCompress, zstdDecompressSync } from 'node:zlib';
import type pg from 'pg';
import { copyAtOnce } from './copy-at-once.ts';

/** Columns of a row that has a text. */
export const TEXT_COLUMNS = 'content, text_block, text_from, text_bytes';

/** Where a text is: in its row, or bytes of a block. */
export type TextPlace = readonly [content: string | null, block: bigint | null, from: number | null, bytes: number | null];

export interface TextRow {
  readonly content: string | null;
  readonly text_block: bigint | null;
  readonly text_from: number | null;
  readonly text_bytes: number | null;
}

/** Texts of a block: some hundred kilobytes, which is little to read for one of them, and enough to find what they have in common. */
const TEXTS_A_BLOCK = 64;
/** Fewer than these stand in their rows. */
const LEAST_FOR_BLOCKS = 16;

const compress = promisify(zstdCompress);
/** The fastest level is a third larger, the next twice as slow. */
const LEVEL = { params: { [constants.ZSTD_c_compressionLevel]: 1 }, chunkSize: 128 * 1024 };

/** Writes the blocks; the places go into the rows, in the same transaction. */
export async function writeTexts(client: pg.PoolClient, texts: readonly string[]): Promise<readonly TextPlace[]> {
  if (texts.length < LEAST_FOR_BLOCKS) return texts.map((text): TextPlace => [text, null, null, null]);
  const groups = Array.from({ length: Math.ceil(texts.length / TEXTS_A_BLOCK) }, (_, at) =>
    texts.slice(at * TEXTS_A_BLOCK, (at + 1) * TEXTS_A_BLOCK),
  );
  const blocks = Promise.all(groups.map((group) => compress(Buffer.from(group.join(''), 'utf8'), LEVEL)));
  const { rows } = await client.query<{ ids: string }>(
    `select string_agg(nextval(own)::text, ' ') as ids
       from (select pg_get_serial_sequence('text_block', 'block_id')::regclass as own offset 0) s, generate_series(1, $1)`,
    [groups.length],
  );
  const ids = rows[0]?.ids.split(' ').map(BigInt) ?? [];
  const lines = (await blocks).map((block, at) => Buffer.from(`${ids[at]}\t\\\\x${block.toString('hex')}\n`, 'latin1'));
  await copyAtOnce(client, 'copy text_block (block_id, content) from stdin', lines);
  return groups.flatMap((group, at) => {
    let from = 0;
    return group.map((text): TextPlace => {
      const length = Buffer.byteLength(text, 'utf8');
      from += length;
      return [null, ids[at] ?? 0n, from - length, length];
    });
  });
}

/** The texts of rows, in their order. Empty where a block was altered so that it cannot be read: no text with a hash is. */
export async function textsOf(client: pg.ClientBase | pg.Pool, rows: readonly TextRow[]): Promise<readonly string[]> {
  const wanted = [...new Set(rows.flatMap(({ text_block: block }) => block ?? []))];
  if (wanted.length === 0) return rows.map(({ content }) => content ?? '');
  const { rows: found } = await client.query<{ block_id: bigint; content: Buffer }>(
    'select block_id, content from text_block where block_id = any($1)',
    [wanted],
  );
  const blocks = new Map(found.map(({ block_id: id, content }) => [id, decompressed(content)]));
  return rows.map(({ content, text_block: block, text_from: from, text_bytes: bytes }) => {
    if (content !== null) return content;
    const whole = block === null ? undefined : blocks.get(block);
    return whole?.toString('utf8', from ?? 0, (from ?? 0) + (bytes ?? 0)) ?? '';
  });
}

function decompressed(content: Buffer): Buffer | undefined {
  try {
    return zstdDecompressSync(content);
  } catch {
    return undefined;
  }
}
