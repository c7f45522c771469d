import { useCatalogue } from '../../shell/language.ts';
import type en from './texts/en.json';

/** Words of the month from open to settled, which its subjects share. */
export const useTexts = () => useCatalogue<typeof en>('month');
