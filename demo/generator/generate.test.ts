import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { readPublishedList } from '../rate-sheets/published-list.ts';
import type { FileTruth } from './day-files.ts';
import { dayOfCalls } from './day-of-calls.ts';
import { DEMO_DAY, generateTraffic } from './generate.ts';
import { routeCosts } from './route-costs.ts';

const publishedList = join(import.meta.dirname, '../../examples/demo-operator/rate-sheets/published-caribbeano.csv');
let folder = '';
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'carillon-demo-'));
});
after(() => rmSync(folder, { recursive: true, force: true }));

function generate(seed: string, name: string): readonly FileTruth[] {
  return generateTraffic({ seed, calls: 3_000, day: DEMO_DAY, folder: join(folder, name), publishedList });
}

function hashOf(truths: readonly FileTruth[], name: string): string {
  const hash = createHash('sha256');
  for (const { path } of truths) hash.update(readFileSync(join(folder, name, path)));
  return hash.digest('hex');
}

test('the same seed writes the same bytes, another seed others', () => {
  const first = hashOf(generate('one', 'a'), 'a');
  assert.equal(hashOf(generate('one', 'b'), 'b'), first);
  assert.notEqual(hashOf(generate('two', 'c'), 'c'), first);
});

test('the truth about a file adds up, and every call is in exactly one file', () => {
  const truths = generate('counts', 'd');
  for (const truth of truths) {
    assert.equal(truth.read, truth.rated + truth.held + truth.duplicate + truth.rejected, truth.path);
    assert.equal(truth.read, readFileSync(join(folder, 'd', truth.path), 'utf8').split('\n').length - 1, truth.path);
    assert.equal(truth.held, truth.heldFor['rating.no-rate'] + truth.heldFor['rating.trunk-unknown'], truth.path);
  }
  const calls = truths.reduce((sum, { rated, held }) => sum + rated + held, 0);
  assert.equal(calls, 3_000);
  for (const kind of ['held', 'duplicate', 'rejected'] as const)
    assert.ok(
      truths.some((truth) => truth[kind] > 0),
      `no ${kind} record`,
    );
});

test('every good line of the Asterisk files has the 18 columns of cdr_csv', () => {
  const truths = generate('columns', 'e').filter(({ source }) => source === 'ny-asterisk');
  const lines = truths.flatMap(({ path }) =>
    readFileSync(join(folder, 'e', path), 'utf8')
      .trimEnd()
      .split('\n'),
  );
  const good = lines.filter((line) => /^("([^"]|"")*",){12}\d+,\d+(,"([^"]|"")*"){4}$/.test(line));
  const rejected = truths.reduce((sum, truth) => sum + truth.rejected, 0);
  assert.ok(good.length >= lines.length - rejected);
});

test('a day looks like one: half and more are answered, the evening is busy, calls are short but some are long', () => {
  const dayStartMicros = Temporal.Instant.from('2026-10-02T04:00:00Z').epochMilliseconds * 1_000;
  const costs = routeCosts(readPublishedList(readFileSync(publishedList, 'utf8')));
  const calls = dayOfCalls({ seed: 'shape', calls: 20_000, dayStartMicros, routeCosts: costs });
  const answered = calls.filter((call) => call.answerMicros !== undefined);
  const minutes = answered.map((call) => (call.endMicros - (call.answerMicros ?? 0)) / 60e6).sort((a, b) => a - b);
  const mean = minutes.reduce((sum, value) => sum + value, 0) / minutes.length;
  const perHour = new Array<number>(24).fill(0);
  for (const call of calls) {
    const hour = Math.floor((call.startMicros - dayStartMicros) / 3_600e6);
    perHour[hour] = (perHour[hour] ?? 0) + 1;
  }
  assert.ok(answered.length / calls.length > 0.5 && answered.length / calls.length < 0.62, 'answer-seizure ratio');
  assert.ok(mean > 3 && mean < 5.5, `mean length ${mean} min`);
  assert.ok((minutes[minutes.length >> 1] ?? 0) < mean * 0.7, 'the median lies well below the mean');
  assert.ok((minutes.at(-1) ?? 0) > 40, 'some calls are long');
  assert.ok(Math.max(...perHour) > 4 * Math.min(...perHour), 'night and day differ');
});
