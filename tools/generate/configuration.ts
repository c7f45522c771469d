import { readFileSync } from 'node:fs';
import { configurationSchema, configurationTables, rateColumns } from '#operations/configuration/describe.ts';

const page = new URL('../../docs/reference/configuration.md', import.meta.url);
const BEGIN = '<!-- From here on made from src/operations/configuration/kinds by npm run generate; change it there. -->';

/** docs/reference/configuration.md: the prose above the mark as it is, below it every key of every kind. */
export function renderConfiguration(): string {
  const current = readFileSync(page, 'utf8');
  const end = current.indexOf(BEGIN);
  if (end < 0) throw new Error('docs/reference/configuration.md has lost its mark');
  return `${current.slice(0, end)}${BEGIN}\n\n${configurationTables()}\nColumns of a table of rates: ${rateColumns()}.\n`;
}

/** docs/reference/configuration.schema.json, for editors. */
export function renderConfigurationSchema(): string {
  return `${JSON.stringify(configurationSchema(), null, 2)}\n`;
}
