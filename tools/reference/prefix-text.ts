/** Lines `4420|London` of libphonenumber's carrier and geocoding files. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface PrefixText {
  readonly code: string;
  readonly text: string;
}

/** All files of a folder, in the order of their names. Throws on a line that is neither comment nor `digits|text`. */
export function readPrefixTexts(folder: string): PrefixText[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.txt'))
    .sort()
    .flatMap((name) => parse(readFileSync(join(folder, name), 'utf8'), name));
}

function parse(content: string, name: string): PrefixText[] {
  const found: PrefixText[] = [];
  for (const line of content.split('\n')) {
    if (line.trim() === '' || line.trim().startsWith('#')) continue;
    const match = /^(\d+)\|(.*)$/.exec(line.trim());
    if (match === null) throw new Error(`${name}: not understood: ${line}`);
    const [, code = '', text = ''] = match;
    if (text !== '') found.push({ code, text });
  }
  return found;
}
