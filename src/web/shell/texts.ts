/** Texts of the shell and of the parts that all subjects share. */

import { useCatalogue } from './language.ts';
import type en from './texts/en.json';

export const useShellTexts = () => useCatalogue<typeof en>('shell');
