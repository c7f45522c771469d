import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { runCli, withFolder } from '../../test/support/cli.ts';

test('help names every command in words, within the width of a terminal', async () => {
  const { status, stdout, stderr } = await runCli(['--help']);
  assert.equal(status, 0);
  assert.equal(stderr, '');
  assert.match(stdout, /^Usage: carillon /);
  assert.match(stdout, /\n {2}database .*\n/);
  assert.ok(stdout.split('\n').every((line) => line.length <= 100));
  assert.equal((await runCli([])).stdout, stdout);
});

test('each command has a help of its own with an example', async () => {
  const { stdout } = await runCli(['--help']);
  const commands = [...(stdout.split('Commands:')[1] ?? '').matchAll(/^ {2}([a-z]+)/gm)]
    .map((match) => match[1] ?? '')
    .filter((name) => name !== 'help');
  assert.ok(commands.length >= 2);
  for (const command of commands) {
    const help = await runCli(['help', command]);
    assert.equal(help.status, 0, command);
    const below = [...(help.stdout.split('Commands:')[1] ?? '').matchAll(/^ {2}([a-z]+)/gm)]
      .map((match) => match[1] ?? '')
      .filter((name) => name !== 'help');
    for (const path of below.length === 0 ? [[command]] : below.map((name) => [command, name])) {
      const { stdout: text } = await runCli([...path, '--help']);
      assert.match(text, /\$ .*carillon /, `carillon ${path.join(' ')} --help shows an example`);
    }
  }
});

test('an unknown command or option is wrong usage, with what was probably meant', async () => {
  const command = await runCli(['setings']);
  assert.equal(command.status, 2);
  assert.match(command.stderr, /unknown command 'setings'[\s\S]*Did you mean settings\?/);
  const option = await runCli(['settings', '--jsn']);
  assert.equal(option.status, 2);
  assert.match(option.stderr, /--json/);
});

test('a refusal is printed in one line without a stack, and the status is 1', async () => {
  await withFolder(async (cwd) => {
    await writeFile(join(cwd, 'carillon.yaml'), 'log:\n  level: loud\n');
    const { status, stdout, stderr } = await runCli(['settings'], { cwd });
    assert.equal(status, 1);
    assert.equal(stdout, '');
    assert.equal(
      stderr,
      'carillon.yaml:2 log.level: must be one of trace, debug, info, warn, error, silent ("loud") [settings.wrong-value]\n',
    );
  });
});

test('settings are printed with where they come from, also as JSON', async () => {
  await withFolder(async (cwd) => {
    const environment = { CARILLON_LOG_LEVEL: 'debug' };
    const { stdout } = await runCli(['settings', '--data', 'elsewhere'], { cwd, environment });
    assert.match(stdout, /\ndata +\S*elsewhere +--data\n/);
    assert.match(stdout, /\nlog\.level +debug +CARILLON_LOG_LEVEL\n/);
    const json = JSON.parse((await runCli(['settings', '--json'], { cwd, environment })).stdout);
    assert.deepEqual(json['log.level'], { value: 'debug', origin: 'CARILLON_LOG_LEVEL' });
  });
});

test('looking at the database neither starts it nor makes a folder', async () => {
  await withFolder(async (cwd) => {
    const { status, stdout } = await runCli(['database', 'status'], { cwd });
    assert.equal(status, 0);
    assert.match(stdout, /\.carillon: stopped\n$/);
    assert.equal((await runCli(['database', 'stop'], { cwd })).stdout, 'it was not running\n');
    const { readdir } = await import('node:fs/promises');
    assert.deepEqual(await readdir(cwd), []);
  });
});

test('a reader that has seen enough is no failure', () => {
  const main = fileURLToPath(new URL('main.ts', import.meta.url));
  const { stderr, status } = spawnSync('/bin/sh', ['-c', `"${process.execPath}" "${main}" --help | head -1; exit 0`], { encoding: 'utf8' });
  assert.equal(status, 0);
  assert.equal(stderr, '');
});
