import type { RefusalMeaning } from '../refusals.ts';

/** Formats of usage: declared as data, by us or by the user. */
export const formatRefusals = {
  'format.invalid': {
    meaning: 'The declaration of a format has a fault.',
    http: 422,
    remedy: 'Correct the field named; docs/reference/formats.md has every key.',
  },
  'format.unknown': {
    meaning: 'There is no format of this name, neither shipped nor in the configuration.',
    http: 404,
    remedy: 'See "carillon formats list", with --config for your own.',
  },
} as const satisfies Record<string, RefusalMeaning>;
