/**
 * Makes data/diameter/dictionary.json and the licences beside it.
 *
 *   node tools/diameter/generate.ts <sources>
 *
 * <sources> has freeDiameter/ and go-diameter/ as docs/data-sources.md describes. The same sources give the same file.
 */
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dictionaryText } from './dictionary-text.ts';
import { freeDiameter, goDiameter } from './sources.ts';

const folder = process.argv[2];
if (folder === undefined) {
  console.error('usage: node tools/diameter/generate.ts <sources>');
  process.exit(2);
}
const project = join(import.meta.dirname, '../..');
writeFileSync(join(project, 'data/diameter/dictionary.json'), dictionaryText(freeDiameter(folder), goDiameter(folder)));
cpSync(join(folder, 'freeDiameter/LICENSE'), join(project, 'data/licenses/freeDiameter.txt'));
cpSync(join(folder, 'go-diameter/LICENSE'), join(project, 'data/licenses/go-diameter.txt'));
