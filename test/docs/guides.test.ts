/** The guides are followed line by line: their files are written, their commands run, and the output compared. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { closeSync, globSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import type { Command } from 'commander';
import { buildProgram } from '#cli/main.ts';
import { isKept, runKept } from '../../tools/kept-command.ts';
import { withTestDatabase } from '../support/database.ts';
import { projectRoot, readProjectFile } from '../support/project-files.ts';

type Step =
  | { readonly kind: 'file'; readonly path: string; readonly text: string }
  | { readonly kind: 'command'; readonly line: string; readonly expected: readonly string[] };

interface Fence {
  readonly language: string;
  readonly path: string | undefined;
  readonly body: string;
}

/** Also those within lists, without what they are indented by. */
function fencesOf(guide: string): readonly Fence[] {
  return [...guide.matchAll(/^( *)```(\w*)(?: (\S+))?\n([\s\S]*?)^\1```$/gm)].map(([, indent = '', language = '', path, body = '']) => ({
    ...{ language, path },
    body: body.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  }));
}

/** A fence whose info string names a file is that file; a `console` fence holds commands and their output. */
export function stepsOf(guide: string): Step[] {
  return fencesOf(guide).flatMap(({ language, path, body }): Step[] => {
    if (path !== undefined) return [{ kind: 'file', path, text: body }];
    if (language !== 'console') return [];
    return body
      .split(/^\$ /m)
      .slice(1)
      .map((part) => {
        const [line = '', ...expected] = part.trimEnd().split('\n');
        return { kind: 'command', line, expected };
      });
  });
}

/** Commands of carillon in the fences of a guide, whatever runs them: without what a shell does with their output. */
export function commandsOf(guide: string): readonly string[] {
  return fencesOf(guide)
    .filter(({ path, language }) => path === undefined && /^(console|sh|bash)?$/.test(language))
    .flatMap(({ body }) => body.replaceAll('\\\n', ' ').split('\n'))
    .flatMap((line) => /^(?:\$ )?(?:[A-Z_]+=\S* )*(?:npx )?(carillon .*)$/.exec(line)?.[1] ?? []);
}

/** As a shell takes a line apart; its end where the shell does something else. */
export function wordsOf(line: string): readonly string[] {
  const words: string[] = [];
  for (const [, double, single, plain] of line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)) {
    if (plain !== undefined && /^(?:[|&<>#]|\d>)/.test(plain)) break;
    words.push(double ?? single ?? plain ?? '');
  }
  return words;
}

/** Whether output is as the guide shows it: `…` in a line stands for any text, `…` alone for any lines. */
export function looksLike(actual: readonly string[], expected: readonly string[]): boolean {
  const [first, ...rest] = expected;
  if (first === undefined) return actual.length === 0;
  if (first === '…') return Array.from({ length: actual.length + 1 }, (_, at) => at).some((at) => looksLike(actual.slice(at), rest));
  const pattern = first.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return actual.length > 0 && new RegExp(`^${pattern.join('.*')}$`).test(actual[0] ?? '') && looksLike(actual.slice(1), rest);
}

/** What a terminal shows. */
async function run(folder: string, databaseUrl: string, line: string): Promise<readonly string[]> {
  const [program, ...args] = wordsOf(line);
  assert.equal(program, 'carillon', `the guides run carillon only: ${line}`);
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('CARILLON_') && name !== 'DATABASE_URL'),
  );
  // Messages of quiet hours wait for the morning: the guides are followed at night, too.
  const env = { ...inherited, DATABASE_URL: databaseUrl, CARILLON_NOTIFY_QUIET_HOURS: '' };
  const shown = isKept(args, env) ? (await runKept(args, folder, env, true)).stdout : runAlone(folder, env, args);
  return shown
    .trim()
    .split('\n')
    .map((text) => text.trimEnd());
}

function runAlone(folder: string, env: NodeJS.ProcessEnv, args: readonly string[]): string {
  const outputPath = join(folder, '.output');
  const output = openSync(outputPath, 'w');
  spawnSync(process.execPath, [join(projectRoot, 'src/cli/main.ts'), ...args], { cwd: folder, env, stdio: ['ignore', output, output] });
  closeSync(output);
  return readFileSync(outputPath, 'utf8');
}

for (const guide of globSync(['docs/guides/*.md', 'docs/concepts/one-call.md'], { cwd: projectRoot })) {
  test(`${guide} can be followed line by line`, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'guide-'));
    try {
      // The tests' server: the embedded one of a folder is followed by the demonstration's test.
      await withTestDatabase(async ({ url }) => {
        const steps = stepsOf(readProjectFile(guide));
        // Who follows it stands in the repository. Elsewhere a folder of examples would be configuration, too.
        if (steps.some((step) => step.kind === 'command' && step.line.includes(' examples/')))
          symlinkSync(join(projectRoot, 'examples'), join(folder, 'examples'));
        for (const step of steps) {
          if (step.kind === 'file') {
            mkdirSync(dirname(join(folder, step.path)), { recursive: true });
            writeFileSync(join(folder, step.path), step.text);
            continue;
          }
          const actual = await run(folder, url, step.line);
          assert.ok(
            looksLike(actual, step.expected),
            `$ ${step.line}\n${actual.join('\n')}\n\nThe guide has:\n${step.expected.join('\n')}`,
          );
        }
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

test('each command of the guides is one of carillon’s, with its arguments and options, whether it is followed here or not', async () => {
  const program = await buildProgram();
  const quiet = (command: Command): void => {
    command.configureOutput({ writeOut: () => undefined, writeErr: () => undefined }).exitOverride();
    command.commands.forEach(quiet);
    // Nothing is done. What only has commands of its own goes on refusing all others.
    if (command.commands.length === 0 || command.registeredArguments.length > 0) command.action(() => undefined);
  };
  quiet(program);
  const wrong: string[] = [];
  let read = 0;
  for (const guide of globSync(['docs/guides/*.md', 'docs/concepts/*.md'], { cwd: projectRoot }))
    for (const line of commandsOf(readProjectFile(guide))) {
      read += 1;
      await program
        .parseAsync(wordsOf(line).slice(1), { from: 'user' })
        .catch((error: Error) => wrong.push(`${guide}: ${line}: ${error.message}`));
    }
  assert.deepEqual(wrong, []);
  assert.ok(read > 100, `${read} commands were found`);
});

test('a fence within a list is read as one, and a line as a shell reads it', () => {
  const guide = '1. See:\n\n   ```console\n   $ carillon a "b c" > d\n     e\n   ```\n\n   ```yaml f.yaml\n   g:\n     h: 1\n   ```\n';
  assert.deepEqual(stepsOf(guide), [
    { kind: 'command', line: 'carillon a "b c" > d', expected: ['  e'] },
    { kind: 'file', path: 'f.yaml', text: 'g:\n  h: 1\n' },
  ]);
  assert.deepEqual(commandsOf(guide).map(wordsOf), [['carillon', 'a', 'b c']]);
});

test('output that differs from a guide is seen', () => {
  assert.ok(looksLike(['a', 'b 12 s', 'c'], ['a', 'b … s', 'c']));
  assert.ok(looksLike(['a', 'x', 'y', 'c'], ['a', '…', 'c']));
  assert.ok(!looksLike(['a', 'b'], ['a']));
  assert.ok(!looksLike(['a 1'], ['a 2']));
  assert.ok(!looksLike(['a'], ['a', 'b']));
});
