/** What the books of October say, without what differs from one installation to the next: for comparing two of them. */

import assert from 'node:assert/strict';
import { produceStatement } from '#app/statement.ts';
import { parseStatementPeriod } from '#core/settlement/statement-period.ts';
import { assertBooksAgree, rollup, type TestHome } from './home.ts';
import { measureMarginOf } from './margins.ts';

const NOW = Date.parse('2026-11-05T00:00:00Z') * 1000;

/** The statement of an agreement without what differs from one installation to the next. */
async function statement({ database }: TestHome, agreement: string): Promise<unknown> {
  const period = parseStatementPeriod('2026-10');
  assert.ok(period.ok);
  const request = { agreement, period: period.value, nowMicros: NOW, format: 'table', allowEmpty: true, verify: true } as const;
  const { statement: made, verifiedEvents } = await produceStatement(database, request);
  return { verifiedEvents, ...made, lines: made.lines.map(({ parts: _, ...rest }) => rest) };
}

export async function everything(home: TestHome): Promise<unknown> {
  await assertBooksAgree(home);
  return {
    rollup: (await rollup(home)).filter((each) => Object.entries(each).some(([name, value]) => name === 'events' && value !== 0n)),
    statements: [await statement(home, 'north'), await statement(home, 'south')],
    margins: await measureMarginOf(home.database),
    counters: (
      await home.database.pool.query('select key, trim_scale(value) as value, disturbed from usage_counter where value <> 0 order by 1')
    ).rows,
  };
}
