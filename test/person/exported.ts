/** Asks over HTTP for what is held of a person, and looks at the file that is kept. */
import assert from 'node:assert/strict';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { strFromU8, unzipSync } from 'fflate';
import { askExport, dropOldExports, makeExport, readExport } from '#app/person/kept-exports.ts';
import { RefusedError } from '#core/refusals.ts';
import { auditBooksOn } from '#storage/audit-trail/audit-books.ts';
import { type ServerUnderTest, startServer } from '../api/server-under-test.ts';
import type { TestHome } from '../usage/home.ts';

export const someone = (name: string, role: 'administrator' | 'auditor' = 'administrator') =>
  ({ id: name, name, email: `${name}@own.example`, role, party: undefined }) as const;
/** As the audit trail names who looks. */
export const actor = { kind: 'user', id: 'ann', name: 'ann' } as const;
const DAY_MS = 86_400_000;
const isGone = (error: unknown) => error instanceof RefusedError && error.refusals[0]?.code === 'person.export-gone';

export function exportFiles({ dataFolder }: TestHome): readonly string[] {
  return readdirSync(join(dataFolder, 'exports')).toSorted();
}

/** As it is when it is over. */
export async function endOf({ ask }: ServerUnderTest, job: string, person: ReturnType<typeof someone>) {
  for (;;) {
    const { body } = await ask(`/v1/jobs/${job}`, { person });
    if (body.state !== 'running') return body;
    await sleep(20);
  }
}

/** It stands there afterwards, for the erasure that takes it along. */
export async function exportOverHttp(home: TestHome, identity: string): Promise<void> {
  const server = await startServer(home.database, {}, home.dataFolder);
  const ann = someone('ann');
  const send = (body: object, key: string, person = ann as ReturnType<typeof someone>) =>
    server.ask('/v1/persons/exports', { method: 'POST', body, key, person });
  try {
    assert.equal((await send({ identity: '123' }, 'short')).body.code, 'person.identity-unclear');
    assert.equal((await send({ identity }, 'other', someone('eve', 'auditor'))).status, 403);
    const asked = await send({ identity: `msisdn:+${identity}` }, 'export');
    assert.equal(asked.status, 202, JSON.stringify(asked.body));
    const job = await endOf(server, asked.body.job, ann);
    assert.equal(job.state, 'done', JSON.stringify(job));
    assert.ok(job.total > 100 && job.done > 100, 'it told how far it was');
    assert.ok(!JSON.stringify([job, asked.body]).includes(identity), 'what stays says nothing of the person');
    const found = job.result.sections.find(({ name }: { name: string }) => name === 'usage_event');
    assert.deepEqual(found, { name: 'usage_event', rows: 4, file: 'usage_event.ndjson' });

    const { file, export: order } = asked.body;
    assert.equal((await server.ask(file, { person: someone('eve', 'auditor') })).status, 403);
    assert.equal((await server.ask(file)).status, 403, 'no key, whatever it may');
    const taken = await server.api.server.inject({
      ...{ method: 'GET', url: file, headers: { cookie: encodeURIComponent(JSON.stringify(ann)) } },
    });
    assert.deepEqual([taken.statusCode, taken.headers['content-type']], [200, 'application/zip']);
    const rows = strFromU8(unzipSync(taken.rawPayload)['usage_event.ndjson'] ?? new Uint8Array());
    assert.equal(rows.trim().split('\n').length, 4);
    assert.equal(statSync(join(home.dataFolder, 'exports', `${order}.zip`)).mode & 0o777, 0o600);
    const seen = await auditBooksOn(home.database).list({ operation: 'getPersonExport' }, undefined, 9);
    assert.deepEqual(
      seen.filter(({ stage }) => stage === 'seen').map(({ actor: who, subject, asked: whom }) => [who.name, subject?.id, whom]),
      [['ann@own.example', order, JSON.stringify({ identity: `msisdn:${identity}` })]],
    );

    const unknown = await send({ identity: '491709999999' }, 'unknown');
    const failed = await endOf(server, unknown.body.job, ann);
    assert.deepEqual([failed.state, failed.refusals[0].code], ['failed', 'person.unknown']);
    assert.equal((await server.ask(unknown.body.file, { person: ann })).body.code, 'person.export-gone');
    const { rows: kept } = await home.database.pool.query('select from person_export where export_id = $1', [unknown.body.export]);
    assert.equal(kept.length, 0, 'who is not known is not remembered for having been asked for');
    assert.deepEqual(server.faults, []);
  } finally {
    await server.close();
  }
}

/** By a clock that is given. */
export async function exportsEnd(home: TestHome, identity: string): Promise<void> {
  const nowMs = Date.UTC(2026, 0, 1);
  const before = exportFiles(home);
  const old = await askExport(home, identity, nowMs);
  const made = await makeExport(home, old, 'ann', 1n, () => undefined);
  assert.equal(made.until, '2026-01-02T00:00:00Z');
  assert.ok((await readExport(home, old, actor, nowMs + DAY_MS - 1)).length === made.bytes);
  await assert.rejects(readExport(home, old, actor, nowMs + DAY_MS), isGone);
  writeFileSync(join(home.dataFolder, 'exports', `${old}-9.part.zip`), 'half'); // of a process that was killed
  await dropOldExports(home, nowMs + DAY_MS - 1);
  assert.deepEqual(exportFiles(home).length, before.length + 2);
  await dropOldExports(home, nowMs + DAY_MS);
  assert.deepEqual(exportFiles(home), before);
  await assert.rejects(
    makeExport(home, old, 'ann', 2n, () => undefined),
    isGone,
  );
}
