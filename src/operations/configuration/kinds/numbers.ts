/** Sets of prefixes: origins of callers, and code decks. */
import { digits, identifier, tablePath, text } from '../scalar-shapes.ts';
import { type Fields, listOf, oneOf, optional, record, required } from '../shapes.ts';
import { listOrTable } from '../tables.ts';

export const originSet = record('origin set', {
  id: required(identifier, 'Name of the set.', 'eea'),
  prefixes: required(
    listOrTable(listOf(digits, { lone: true }), tablePath),
    'Prefixes of the callers’ numbers, or a table with the column `prefix`.',
    '[30, 31, 32, 33]',
  ),
});

export const codeFields = {
  code: required(digits, 'The prefix.', '44770'),
  destination: required(text, 'The destination it belongs to.', 'United Kingdom Mobile'),
} as const satisfies Fields;

export const prefixFields = {
  prefix: required(digits, 'The prefix.', '4930'),
} as const satisfies Fields;

export const codeDeck = record('code deck', {
  id: required(identifier, 'Name of the deck.', 'world'),
  base: optional(oneOf(['world']), 'Begin with the default world deck; `codes` then add to it and replace in it.', 'world'),
  codes: optional(
    listOrTable(listOf(record('object', codeFields)), tablePath),
    'Codes with their destinations, or a table with the columns `code` and `destination`.',
    'decks/own.csv',
  ),
  remove: optional(listOf(digits, { lone: true }), 'Codes of the base that the deck does not have.', '[88213]'),
});
