import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { runCli, withFolder } from '../support/cli.ts';

const DECLARED = `formats:
  - id: tandem
    family: delimited
    separator: "|"
    columns: [callid, start, ms, a, b, in_tg]
    key: callid
    answeredBy: duration
    fields:
      start: {column: start, time: "DD.MM.YYYY HH:mm:ss"}
      duration: {column: ms, unit: ms}
      calling: a
      called: b
sources:
  - id: north
    format: tandem
    zone: Europe/Berlin
    fields: {trunkIn: in_tg}
`;
const CALLS = '1|05.10.2026 10:00:00|61500|4930|4420|TG1\n2|05.10.2026 10:00:00|bad|4930|4420|TG1\n';

test('a format that is not there is refused, with the way to one’s own where no folder was given', async () => {
  const none = await runCli(['formats', 'show', 'mine']);
  assert.match(
    none.stderr,
    /there is no format "mine"; there are 3gpp-chf, .*; for those of your own give --config <folder> \[format\.unknown\]/,
  );
});

test('a format of your own is listed, shown and tried without a database', () =>
  withFolder(async (folder) => {
    mkdirSync(join(folder, 'config'));
    writeFileSync(join(folder, 'config/usage.yaml'), DECLARED);
    writeFileSync(join(folder, 'calls.txt'), CALLS);
    writeFileSync(join(folder, 'calls.txt.gz'), gzipSync(CALLS));
    const carillon = (...args: string[]) => runCli(['formats', ...args], { cwd: folder });
    const listed = await carillon('list', '--config', 'config', '--json');
    assert.match(listed.stdout, /\{"id":"tandem","family":"delimited","name":"tandem","own":true\}/);
    assert.match(listed.stdout, /"id":"asterisk-csv".*"own":false/);
    const shown = await carillon('show', 'tandem', '--config', 'config');
    assert.match(shown.stdout, /columns +6: callid, start, ms, a, b, in_tg/);
    for (const file of ['calls.txt', 'calls.txt.gz']) {
      const tried = await carillon('test', file, '--format', 'tandem', '--config', 'config');
      assert.equal(tried.status, 0, tried.stderr);
      assert.match(tried.stdout, /duration +ms +61500 +61\.5 s/);
      assert.match(tried.stdout, /unmapped +in_tg=TG1/);
      assert.match(tried.stdout, /record 2 .*: rejected, usage\.duration-unreadable: /);
      assert.match(tried.stdout, /The format does not say trunkIn or trunkOut: the source must\./);
    }
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    const pipe = await carillon('test', 'pipe', '--format', 'tandem', '--config', 'config');
    assert.match(pipe.stderr, /pipe: it is a pipe; write it to a file first \[usage\.file-unreadable\]/);
    const source = await carillon('test', 'calls.txt', '--source', 'north', '--config', 'config', '--json');
    const [record, , counts] = source.stdout.trim().split('\n');
    assert.deepEqual(JSON.parse(record ?? '').draft, {
      start: '2026-10-05T08:00:00Z',
      seconds: 61.5,
      key: '1',
      service: 'voice',
      answered: true,
      calling: '4930',
      called: '4420',
      trunkIn: 'TG1',
    });
    assert.deepEqual(JSON.parse(counts ?? ''), {
      counted: 2,
      more: false,
      good: 1,
      held: {},
      rejected: { 'usage.duration-unreadable': 1 },
      skipped: {},
      missing: [],
    });
    assert.ok(!existsSync(join(folder, '.carillon')), 'no data folder was made');
  }));

test('a fault of a format is refused with its file and line, and names that are none with those there are', () =>
  withFolder(async (folder) => {
    mkdirSync(join(folder, 'config'));
    writeFileSync(join(folder, 'config/usage.yaml'), DECLARED.replace('called: b', 'called: {column: b, pattern: "^(x+)+$"}'));
    const refused = await runCli(['formats', 'list', '--config', 'config'], { cwd: folder });
    assert.equal(refused.status, 1);
    assert.match(refused.stderr, /^usage\.yaml:12 fields\.called\.pattern: .*could take for ever.*\[format\.invalid\]/m);
    const unknown = await runCli(['formats', 'show', 'tandem'], { cwd: folder });
    assert.equal(unknown.status, 1);
    assert.match(unknown.stderr, /there is no format "tandem"; there are .*asterisk-csv.*\[format\.unknown\]/);
    const neither = await runCli(['formats', 'test', 'calls.txt'], { cwd: folder });
    assert.equal(neither.status, 2);
    assert.match(neither.stderr, /give either --format or --source/);
    const missing = await runCli(['formats', 'test', 'none.txt', '--format', 'asterisk-csv'], { cwd: folder });
    assert.equal(missing.status, 1);
    assert.match(missing.stderr, /none\.txt.*\[usage\.file-unreadable\]/);
  }));
