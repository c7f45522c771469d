/** What storage needs of this subject. */
export type { ImportMode, NumberImport, ReadNumbers } from './import-numbers.ts';
