import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withTestDatabase } from '../../test/support/database.ts';
import { arrayText } from './array-text.ts';
import { TEXT_COLUMNS, type TextRow, textsOf, writeTexts } from './text-blocks.ts';

test('texts come back as they were, many from blocks and few from their rows; from a block that was altered comes none', async () => {
  await withTestDatabase(async (database) => {
    const many = Array.from({ length: 200 }, (_, at) => `{"number":${at},"words":"Ärger \u{1f514} ${'x'.repeat(at)}"}`);
    const few = ['a', 'b\t\\'];
    const kept = await database.transaction(async (client) => {
      const places = [...(await writeTexts(client, many)), ...(await writeTexts(client, few)), ...(await writeTexts(client, []))];
      await client.query(
        `create temporary table kept on commit drop as
         select * from unnest($1::text[], $2::bigint[], $3::integer[], $4::integer[]) as t(content, text_block, text_from, text_bytes)`,
        [0, 1, 2, 3].map((column) => arrayText(places.map((place) => place[column] ?? null))),
      );
      return (await client.query<TextRow>(`select ${TEXT_COLUMNS} from kept`)).rows;
    });
    assert.deepEqual(await textsOf(database.pool, kept.toReversed()), [...many, ...few].toReversed());
    const { rows } = await database.pool.query<{ bytes: number }>('select sum(octet_length(content))::integer as bytes from text_block');
    assert.ok((rows[0]?.bytes ?? 0) > 0 && (rows[0]?.bytes ?? 0) < many.join('').length / 4, `${rows[0]?.bytes} bytes`);
    await assert.rejects(database.pool.query('update text_block set content = content'), /never changed/);
    await database.pool.query('alter table text_block disable trigger all');
    await database.pool.query(
      'update text_block set content = set_byte(content, 0, 0) where block_id = (select min(block_id) from text_block)',
    );
    const left = await textsOf(database.pool, kept);
    assert.deepEqual([left[0], left.at(-3), left.at(-1)], ['', many.at(-1), 'b\t\\']);
  });
});
