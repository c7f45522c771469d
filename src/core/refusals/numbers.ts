import type { RefusalMeaning } from '../refusals.ts';

/** Tables of numbers: their files, and looking numbers up. */
export const numberRefusals = {
  'numbers.table-unknown': {
    meaning: 'No number table of this name is configured.',
    http: 404,
    remedy: 'Add it to the configuration (kind numberTables) and apply it, or correct the name.',
  },
  'numbers.file-unreadable': {
    meaning: 'The file cannot be read to its end: missing, no permission, or a damaged gzip.',
    http: 422,
    remedy: 'Check the path, or fetch the file again.',
  },
  'numbers.file-cut': {
    meaning: 'The file’s last line has no line end: the file may have been cut. Nothing of it was taken.',
    http: 422,
    remedy: 'Fetch the file again; where files never end with a line end, set unendedLine: take at the table.',
  },
  'numbers.columns-missing': {
    meaning:
      'The file’s header lacks a column that the table maps, or the table maps a name and its files have no header. Nothing was taken.',
    http: 422,
    remedy: 'Correct the columns of the table.',
  },
  'numbers.row-wrong': {
    meaning: 'A row has a number, value or time that cannot be read. Nothing of the file was taken.',
    http: 422,
    remedy: 'Correct the row, or how the table’s files are declared, and import the file again.',
  },
  'numbers.contradiction': {
    meaning: 'Two rows say different things of one number for the same time. Nothing of the file was taken.',
    http: 422,
    remedy: 'Take one of the two rows out, or correct their times.',
  },
  'numbers.file-empty': {
    meaning: 'The file has no rows.',
    http: 422,
    remedy: 'Fetch the file again.',
  },
  'numbers.delta-before-full': {
    meaning: 'A delta came before any full file of the table, so there is nothing that it changes.',
    http: 409,
    remedy: 'Import a full file first.',
  },
  'numbers.table-empty': {
    meaning: 'An enrichment looks numbers up in a table that has no file yet. Nothing was rated: ported numbers would be priced wrongly.',
    http: 409,
    remedy: 'Import a full file of the table, or take the table out of the enrichment profile.',
  },
  'numbers.number-wrong': {
    meaning: 'What is to be looked up is not 1 to 15 digits.',
    http: 422,
    remedy: 'Write the number with its country code.',
  },
  'numbers.time-wrong': {
    meaning: 'The instant is not ISO 8601 with an offset or Z, or a date.',
    http: 422,
    remedy: 'Write it as 2026-10-01T12:00:00Z or 2026-10-01.',
  },
} as const satisfies Record<string, RefusalMeaning>;
