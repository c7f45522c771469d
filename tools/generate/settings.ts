import { readFileSync } from 'node:fs';

const source = new URL('../../carillon.default.yaml', import.meta.url);

/** docs/reference/settings.md: the default file with its comments, as a table. */
export function renderSettings(): string {
  const { intro, entries } = readDefaults(readFileSync(source, 'utf8'));
  const rows = entries.map(({ key, value, comment }) => {
    const environment = /Environment: ([A-Z_]+)\./.exec(comment)?.[1] ?? '';
    const text = comment.replace(/ ?Environment: [A-Z_]+\./, '');
    return `| \`${key}\` | \`${value}\` | \`${environment}\` | ${text.replaceAll('|', '\\|')} |`;
  });
  return `# Settings

${intro}

\`carillon settings\` prints the settings in effect and where each comes from. They are checked before anything
else happens; every wrong key and value is named with its file and line, and nothing runs until they are right.
(Settings say how the program runs. What it charges is the business configuration, see \`carillon apply\`.)

<!-- Made from carillon.default.yaml by npm run generate; change it there. -->

| setting | default | environment variable | meaning |
|---|---|---|---|
${rows.join('\n')}

The file itself:

\`\`\`yaml
${readFileSync(source, 'utf8').trim()}
\`\`\`
`;
}

interface Entry {
  readonly key: string;
  readonly value: string;
  readonly comment: string;
}

/** The file is plain: comments above keys, one level of groups. The tests read it with the real parser as well. */
export function readDefaults(text: string): { readonly intro: string; readonly entries: readonly Entry[] } {
  const [first = '', ...blocks] = text.split('\n\n');
  const entries: Entry[] = [];
  for (const block of blocks) {
    let group = '';
    let comment: string[] = [];
    for (const line of block.split('\n')) {
      const note = /^\s*# ?(.*)$/.exec(line);
      const pair = /^(\s*)([A-Za-z]+):\s*(.*)$/.exec(line);
      if (note !== null) comment.push(note[1] ?? '');
      if (pair === null) continue;
      const [, indent = '', name = '', value = ''] = pair;
      if (indent === '' && value === '') group = `${name}.`;
      else {
        entries.push({ key: `${indent === '' ? '' : group}${name}`, value, comment: comment.join(' ') });
      }
      comment = [];
    }
  }
  return { intro: first.replace(/^# ?/gm, ''), entries };
}
