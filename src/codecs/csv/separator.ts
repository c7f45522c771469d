import { readCsv } from './csv.ts';

const CANDIDATES = [',', ';', '\t', '|'] as const;
const LINES_LOOKED_AT = 200;

/**
 * The separator of delimited text, from its first lines: the one that gives the most lines the same number of fields, and of
 * those the one with more fields. A first line `sep=;` as Excel writes it decides. A comma when nothing separates.
 */
export function detectSeparator(beginning: string): string {
  const said = /^\uFEFF?sep=([^\r\n])\r?\n/i.exec(beginning);
  if (said !== null) return said[1] ?? ',';
  const lines = beginning.split(/\r\n|\r|\n/, LINES_LOOKED_AT + 1);
  // The last line may be cut off by the end of the sample.
  const sample = (lines.length > 2 ? lines.slice(0, -1) : lines).join('\n');
  let best = { separator: ',', score: 0 };
  for (const separator of CANDIDATES) {
    const score = scoreOf(sample, separator);
    if (score > best.score) best = { separator, score };
  }
  return best.separator;
}

function scoreOf(sample: string, separator: string): number {
  const counts = new Map<number, number>();
  const { rows } = readCsv(sample, { separator });
  for (const { fields } of rows) if (fields.length > 1) counts.set(fields.length, (counts.get(fields.length) ?? 0) + 1);
  let best = 0;
  for (const [fields, lines] of counts) best = Math.max(best, lines * Math.min(fields - 1, 5) + fields / 1000);
  return best;
}
