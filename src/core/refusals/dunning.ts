import type { RefusalMeaning } from '../refusals.ts';

/** Asking for what is overdue. */
export const dunningRefusals = {
  'dunning.not-declared': {
    meaning: 'The legal entity declares no stages of dunning.',
    http: 409,
    remedy: 'Declare `dunning` at the legal entity and apply the configuration.',
  },
  'dunning.notice-unknown': {
    meaning: 'No letter has this number.',
    http: 404,
    remedy: '`carillon dunning list` shows the letters.',
  },
  'dunning.hold-unchanged': {
    meaning: 'The account is on hold already, or is not on hold.',
    http: 409,
    remedy: '`carillon dunning holds` shows the accounts on hold.',
  },
  'dunning.option-wrong': {
    meaning: 'A day is not a date, or a reason is empty.',
    http: 400,
    remedy: 'Write days as 2026-12-31, and say why.',
  },
} as const satisfies Record<string, RefusalMeaning>;
