/** The requests of the guide are sent, and their answers compared with it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withTestDatabase } from '../support/database.ts';
import { readProjectFile } from '../support/project-files.ts';
import { applyExample, startServer } from './server-under-test.ts';

interface Example {
  readonly line: string;
  readonly expected: string;
}

function examplesOf(guide: string): readonly Example[] {
  return [...guide.matchAll(/^```curl\n(.*)\n```\n+```json\n(.*)\n```$/gm)].map(([, line = '', expected = '']) => ({ line, expected }));
}

/** Words as a shell divides them: quotes, and no more than the guide uses. */
function wordsOf(line: string, variables: Readonly<Record<string, string>>): string[] {
  return [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, single, double, plain]) =>
    single !== undefined ? single : (double ?? plain ?? '').replaceAll(/\$([A-Z]+)/g, (_all, name: string) => variables[name] ?? ''),
  );
}

async function curl(line: string, variables: Readonly<Record<string, string>>): Promise<string> {
  const [program, ...args] = wordsOf(line, variables);
  assert.equal(program, 'curl');
  const headers: [string, string][] = [];
  let [method, url, body] = ['GET', '', undefined as string | undefined];
  while (args.length > 0) {
    const arg = args.shift() ?? '';
    if (arg === '-X') method = args.shift() ?? '';
    else if (arg === '-d') body = args.shift();
    else if (arg === '-H')
      headers.push((args.shift() ?? '').split(': ') as [string, string]); // a header has two parts
    else if (arg !== '-s') url = arg;
  }
  return (await fetch(url, { method, headers, ...(body === undefined ? {} : { body }) })).text();
}

test('every request of "Use the API" gets the answer that the guide shows', () =>
  withTestDatabase(async (database) => {
    await applyExample(database);
    const server = await startServer(database);
    try {
      const port = await server.api.listen('127.0.0.1', 0);
      const variables = { API: `http://127.0.0.1:${port}`, KEY: server.apiKey };
      const examples = examplesOf(readProjectFile('docs/guides/use-the-api.md'));
      assert.ok(examples.length >= 8, String(examples.length));
      for (const { line, expected } of examples) {
        const actual = await curl(line, variables);
        const pattern = expected.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
        assert.match(actual, new RegExp(`^${pattern.join('.*')}$`), line);
      }
    } finally {
      await server.close();
    }
  }));
