import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { withFolder } from '../support/cli.ts';
import { type Told, toldOnce } from './told-once.ts';

const told = (data: string, status = 0): Told => ({ status, stdout: 'told', stderr: '', data, statements: ['one.pdf'] });

test('who asks while another runs the demonstration, or later in the same run, is told the same; another run runs it again', () =>
  withFolder(async (folder) => {
    const place = join(folder, 'month');
    const kept: string[] = [];
    let runs = 0;
    const tell = async (data: string) => {
      runs++;
      await sleep(20);
      return told(data);
    };
    const ask = (run: string | undefined) => toldOnce(place, run, (data) => kept.push(data), tell);
    const [first, second] = await Promise.all([ask('monday'), ask('monday')]);
    assert.deepEqual(second, { ...first, run: 'monday' });
    assert.deepEqual([runs, kept], [1, [first.data]]);
    await ask('monday');
    assert.equal(runs, 1);
    await ask('tuesday');
    await ask(undefined);
    assert.equal(runs, 3);
  }));

test('a demonstration that failed is told to all who wait, and its month is not kept; one that was never told is run by the next', () =>
  withFolder(async (folder) => {
    const place = join(folder, 'month');
    const keep = () => assert.fail('a month that failed is kept');
    let runs = 0;
    const tell = async (data: string) => {
      if (runs++ === 0) throw new Error('no memory');
      return told(data, 1);
    };
    const asked = await Promise.allSettled([toldOnce(place, 'monday', keep, tell), toldOnce(place, 'monday', keep, tell)]);
    assert.deepEqual(
      asked.map((each) => (each.status === 'fulfilled' ? each.value.status : String(each.reason))),
      ['Error: no memory', 1],
    );
    assert.equal((await toldOnce(place, 'monday', keep, tell)).status, 1);
    assert.equal(runs, 2);
    assert.ok(!existsSync(`${place}.claim`));
  }));

test('a claim whose process is gone is nobody’s', () =>
  withFolder(async (folder) => {
    const place = join(folder, 'month');
    writeFileSync(`${place}.claim`, String(spawnSync('true').pid));
    const { data } = await toldOnce(
      place,
      'monday',
      () => undefined,
      async (made) => told(made),
    );
    assert.ok(!existsSync(data));
  }));
