/** The guides are followed line by line: their files are written, their commands run, and the output compared. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { closeSync, globSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { isKept, runKept } from '../../tools/kept-command.ts';
import { withTestDatabase } from '../support/database.ts';
import { projectRoot, readProjectFile } from '../support/project-files.ts';

type Step =
  | { readonly kind: 'file'; readonly path: string; readonly text: string }
  | { readonly kind: 'command'; readonly line: string; readonly expected: readonly string[] };

/** A fence whose info string names a file is that file; a `console` fence holds commands and their output. */
export function stepsOf(guide: string): Step[] {
  return [...guide.matchAll(/^```(\w+)(?: (\S+))?\n([\s\S]*?)^```$/gm)].flatMap(([, language, path, body = '']): Step[] => {
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
  const [program, ...args] = line.split(' ');
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
        for (const step of stepsOf(readProjectFile(guide))) {
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

test('output that differs from a guide is seen', () => {
  assert.ok(looksLike(['a', 'b 12 s', 'c'], ['a', 'b … s', 'c']));
  assert.ok(looksLike(['a', 'x', 'y', 'c'], ['a', '…', 'c']));
  assert.ok(!looksLike(['a', 'b'], ['a']));
  assert.ok(!looksLike(['a 1'], ['a 2']));
  assert.ok(!looksLike(['a'], ['a', 'b']));
});
