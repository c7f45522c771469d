import assert from 'node:assert/strict';
import { test } from 'node:test';
import pg from 'pg';
import { type Step, statement } from './pipeline.ts';
import { pipelineMessage } from './pipeline-message.ts';

test('statements in one piece are what the driver makes of each', () => {
  const steps: Step[] = [
    { statement: statement('none', 'select 1'), values: [] },
    { statement: statement('some', 'select $1, $2, $3, $4'), values: [Buffer.from([0, 255, 1]), 7, 'Zoë "\\', Buffer.alloc(70_000, 3)] },
    { statement: statement('one', 'select $1'), values: [''] },
  ];
  const written: Buffer[] = [];
  const driver = new pg.Connection({ stream: { writable: true, write: (octets: Buffer) => written.push(octets) } } as never); // no more of a socket than it writes to
  for (const { statement: of, values } of steps) {
    driver.bind(
      {
        statement: of.name,
        values: [...values],
        valueMapper: (value: unknown) => (Buffer.isBuffer(value) ? value : String(value)),
      } as never,
      true,
    );
    driver.execute({}, true);
  }
  driver.sync();
  assert.deepEqual(pipelineMessage(steps), Buffer.concat(written));
});
