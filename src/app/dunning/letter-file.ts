import { type DocumentLanguage, documentLanguages } from '#core/parties/invoicing-terms.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import { renderDunning } from '#documents/dunning/render-dunning.ts';
import type { Database } from '#storage/database.ts';
import { writeWhole } from '../written-file.ts';
import { letterOf } from './dunning.ts';

/** Throws RefusedError (`dunning.notice-unknown`, `dunning.option-wrong`, `statement.output-unwritable`). */
export async function writeLetterFile(database: Database, number: string, language: string, file: string): Promise<void> {
  const known = documentLanguages.find((code): code is DocumentLanguage => code === language);
  if (known === undefined)
    throw new RefusedError(
      refuse('dunning.option-wrong', `languages are ${documentLanguages.join(', ')}`, { field: 'language', value: language }),
    );
  await writeWhole(file, [renderDunning(await letterOf(database, number), known)]);
}
