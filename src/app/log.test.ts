import assert from 'node:assert/strict';
import { Writable } from 'node:stream';
import { test } from 'node:test';
import { runCli, withFolder } from '../../test/support/cli.ts';
import { createLog } from './log.ts';

/** Takes the place of standard error. */
function collector(isTTY: boolean): { readonly lines: string[]; readonly stream: typeof process.stderr } {
  const lines: string[] = [];
  const writable = new Writable({
    decodeStrings: false,
    write: (line: string, _encoding, done) => {
      lines.push(line);
      done();
    },
  });
  const stream = Object.assign(writable, { isTTY, fd: 2, hasColors: () => false });
  return { lines, stream: stream as unknown as typeof process.stderr }; // what createLog uses of a terminal
}

test('on a terminal a record is a line for people, with its fields', () => {
  const { lines, stream } = collector(true);
  const log = createLog({ level: 'info', format: 'auto' }, stream);
  log.warn({ file: 'a.csv', rows: 3 }, 'held some');
  log.debug('not shown');
  assert.equal(lines.length, 1);
  assert.match(lines[0] ?? '', /^\S*\d\d:\d\d:\d\d\S* \S*warn\S* held some.* file=a\.csv rows=3/);
});

test('an error is logged with its stack', () => {
  const { lines, stream } = collector(true);
  createLog({ level: 'info', format: 'text' }, stream).error(new Error('broken'), 'could not');
  assert.match(lines[0] ?? '', /could not[\s\S]*Error: broken\n\s+at /);
});

test('elsewhere a record is one JSON object a line on standard error, and output stays clean', async () => {
  await withFolder(async (cwd) => {
    const { stderr, stdout } = await runCli(['database', 'status', '--json'], { cwd, environment: { CARILLON_LOG_LEVEL: 'trace' } });
    for (const line of stderr.split('\n').filter((each) => each !== '')) JSON.parse(line);
    assert.equal(JSON.parse(stdout).server, 'stopped');
  });
});
