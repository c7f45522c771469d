import { type DocumentLanguage, documentLanguages } from '#core/parties/invoicing-terms.ts';
import type { LegalEntity, Party } from '#core/parties/parties.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import { renderDunning } from '#documents/dunning/render-dunning.ts';
import type { Database } from '#storage/database.ts';
import { writeWhole } from '../written-file.ts';
import { letterOf } from './dunning.ts';

/** In a language, else in that of the party. Throws RefusedError (`dunning.notice-unknown`, `dunning.option-wrong`, `statement.output-unwritable`). */
export async function writeLetterFile(database: Database, number: string, language: string | undefined, file: string): Promise<void> {
  const known = documentLanguages.find((code): code is DocumentLanguage => code === language);
  if (language !== undefined && known === undefined)
    throw new RefusedError(
      refuse('dunning.option-wrong', `languages are ${documentLanguages.join(', ')}`, { field: 'language', value: language }),
    );
  const letter = await letterOf(database, number);
  await writeWhole(file, [renderDunning(letter, known ?? letterLanguage(letter))]);
}

/** That of the party, as its other documents are. */
export function letterLanguage({ party, entity }: { readonly party: Party; readonly entity: LegalEntity }): DocumentLanguage {
  return party.language ?? entity.invoicing?.language ?? 'en';
}
