import { useCatalogue } from '../../shell/language.ts';
import type en from './texts/en.json';

export const useTexts = () => useCatalogue<typeof en>('dunning');
