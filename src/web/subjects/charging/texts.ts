import type en from './texts/en.json';
import { useCatalogue } from '../../shell/language.ts';

export const useTexts = () => useCatalogue<typeof en>('charging');
