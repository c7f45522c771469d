/** Examples of guides: requests as curl sends them, with what is answered. */
import assert from 'node:assert/strict';

export interface Example {
  readonly line: string;
  readonly expected: string;
}

export function examplesOf(guide: string): readonly Example[] {
  return [...guide.matchAll(/^```curl\n(.*)\n```\n+```json\n(.*)\n```$/gm)].map(([, line = '', expected = '']) => ({ line, expected }));
}

/** Words as a shell divides them: quotes, and no more than the guide uses. */
function wordsOf(line: string, variables: Readonly<Record<string, string>>): string[] {
  return [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, single, double, plain]) =>
    single !== undefined ? single : (double ?? plain ?? '').replaceAll(/\$([A-Z]+)/g, (_all, name: string) => variables[name] ?? ''),
  );
}

export async function curl(line: string, variables: Readonly<Record<string, string>>): Promise<string> {
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
    else if (arg !== '-s' && arg !== '-N') url = arg;
  }
  return (await fetch(url, { method, headers, ...(body === undefined ? {} : { body }) })).text();
}

/** Sends them in their order; `…` in what is expected stands for any text. */
export async function followExamples(examples: readonly Example[], variables: Readonly<Record<string, string>>): Promise<void> {
  for (const { line, expected } of examples) {
    const actual = (await curl(line, variables)).replaceAll('\n', ' ');
    const pattern = expected.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    assert.match(actual, new RegExp(`^${pattern.join('.*')}$`), line);
  }
}
