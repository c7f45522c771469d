import { refusals } from '../../src/core/refusals.ts';

/** docs/reference/refusals.md: every code, by the part before the point. */
export function renderRefusals(): string {
  const groups = Map.groupBy(Object.entries(refusals), ([code]) => code.split('.')[0] ?? '');
  const sections = [...groups].sort(([a], [b]) => compare(a, b)).map(([group, entries]) => section(group, entries));
  return `# Refusals

Every way Carillon says no has a code. Commands print it in brackets behind the message, as in
\`rates.csv:12 price: the price is negative ("-0.01") [rate-sheet.price-negative]\`, and interfaces return it with the HTTP status shown.

<!-- Made from src/core/refusals by npm run generate; change it there. -->

${sections.join('\n')}`;
}

function section(group: string, entries: readonly (readonly [string, { meaning: string; http: number; remedy: string }])[]): string {
  const rows = [...entries]
    .sort(([a], [b]) => compare(a, b))
    .map(([code, { meaning, http, remedy }]) => `| \`${code}\` | ${cell(meaning)} | ${cell(remedy)} | ${http} |`);
  return `## ${group}\n\n| code | meaning | what to do | HTTP |\n|---|---|---|---|\n${rows.join('\n')}\n`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
