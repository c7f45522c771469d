import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { runCli, withFolder } from '../../test/support/cli.ts';
import { buildProgram } from './main.ts';
import { commandOf, registry } from './registry.ts';

test('help names every command in words, within the width of a terminal', async () => {
  const { status, stdout, stderr } = await runCli(['--help']);
  assert.equal(status, 0);
  assert.equal(stderr, '');
  assert.match(stdout, /^Usage: carillon /);
  assert.match(stdout, /\n {2}database .*\n/);
  assert.ok(stdout.split('\n').every((line) => line.length <= 80));
  assert.equal((await runCli([])).stdout, stdout);
});

/** Commands that do something, by their full names. */
function leaves(command: Command, name = ''): readonly (readonly [string, Command])[] {
  const below = command.commands.filter((each) => each.name() !== 'help');
  return below.length === 0 ? [[name, command]] : below.flatMap((each) => leaves(each, `${name} ${each.name()}`.trim()));
}

test('each command explains itself in words, with an example', async () => {
  for (const [name, command] of leaves(await buildProgram())) {
    let text = '';
    command.configureOutput({ writeOut: (part) => (text += part) }).outputHelp();
    // A dot within a word, as in ASN.1, ends no sentence.
    assert.match(command.description(), /^\S(?:[^.]|\.(?=\w))+$/, `carillon ${name} says in one phrase what it does`);
    assert.match(text, /\$ .*carillon /, `carillon ${name} --help shows an example`);
  }
});

test('an option that a command has in common with the one above it is read from both', async () => {
  // commander gives it to the upper one wherever it stands: these read it with optsWithGlobals.
  const read = new Set(['numbers import --json', 'numbers lookup --json', 'numbers table list --json', 'reconcile cdrs --out']);
  for (const [name, command] of leaves(await buildProgram()))
    for (let above = command.parent; above !== null; above = above.parent)
      for (const { long } of command.options.filter((own) => above?.options.some((theirs) => theirs.long === own.long)))
        assert.ok(read.has(`${name} ${long}`), `carillon ${name} ${long}`);
});

test('a command line loads the file of its command alone, which declares what the registry says', async () => {
  for (const [heading, group] of Object.entries(registry))
    for (const key of Object.keys(group)) {
      const alone = await buildProgram(key);
      assert.deepEqual(
        alone.commands.map((command) => command.name()),
        key.split(' '),
        `${heading} ${key}`,
      );
      for (const name of key.split(' ')) assert.equal(commandOf([name, 'list']), key);
    }
  assert.equal(commandOf(['--debug', '--data', 'invoice', '--log-level=error', 'deposit']), 'credit deposit');
  for (const args of [[], ['--help'], ['help', 'invoice'], ['invioce'], ['toString']]) assert.equal(commandOf(args), undefined);
});

test('help loads neither the database nor another library, so that it comes at once', () => {
  const main = fileURLToPath(new URL('main.ts', import.meta.url));
  const watch = `import { registerHooks } from 'node:module';
    registerHooks({ load: (url, context, next) => (process.stderr.write(url + '\\n'), next(url, context)) });`;
  const args = ['--import', `data:text/javascript,${encodeURIComponent(watch)}`, main, '--help'];
  const { stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  const loaded = stderr.split('\n').filter((url) => url.startsWith('file:') && !/\/(src\/(cli|core)|node_modules\/commander)\//.test(url));
  assert.deepEqual(loaded, []);
  assert.match(stderr, /src\/cli\/main\.ts/);
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
    const { stdout } = await runCli(['settings', '--data', '/srv/elsewhere'], { cwd, environment });
    assert.match(stdout, /\ndata +\/srv\/elsewhere +--data\n/);
    assert.match(stdout, /\nlog\.level +debug +CARILLON_LOG_LEVEL\n/);
    const json = JSON.parse((await runCli(['settings', '--json', '--data', 'elsewhere'], { cwd, environment })).stdout);
    assert.match(json.data.value, /^\/.*\/elsewhere$/);
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
