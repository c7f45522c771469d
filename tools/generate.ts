/** `npm run generate`: writes every file that is derived from another. A test compares them (test/tidy/derived.test.ts). */
import { writeFileSync } from 'node:fs';
import { derivedFiles } from './generate/derived-files.ts';

for (const [file, render] of Object.entries(derivedFiles)) {
  writeFileSync(new URL(`../${file}`, import.meta.url), await render());
  process.stdout.write(`${file}\n`);
}
