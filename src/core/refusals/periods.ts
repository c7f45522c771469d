import type { RefusalMeaning } from '../refusals.ts';

/** What closing a period and asking for deals refuse. */
export const periodRefusals = {
  'deal.none': {
    meaning: 'The agreement has no deal that holds on the day.',
    http: 404,
    remedy: 'Choose a day on which one holds (--on), or agree on one under `settlement: deals:` of the agreement.',
  },
  'period.nothing-due': {
    meaning: 'The agreement has no period that is over and open: all are closed, or nothing was ever booked under it.',
    http: 404,
    remedy: 'See `carillon period status`; give a later day with --on.',
  },
  'period.not-next': {
    meaning: 'Periods of an agreement are closed one after another, and this one is not the next.',
    http: 409,
    remedy: 'Close the one that is named first.',
  },
  'period.not-closed': {
    meaning: 'No statement is recorded for the agreement and period.',
    http: 404,
    remedy: 'Close the period first: `carillon period close`.',
  },
  'period.not-awaited': {
    meaning: 'The statement waits for nobody: its agreement wants no approval, or all have been given.',
    http: 409,
    remedy: 'See `carillon period status`.',
  },
  'period.approved-before': {
    meaning: 'The person has approved the statement already, and it takes a second one.',
    http: 409,
    remedy: 'Let another person approve.',
  },
  'period.not-reopened': {
    meaning: 'A closed period is never opened again: its documents are out, and its statement stays as it was.',
    http: 409,
    remedy: 'Load or correct the traffic: the next statement has the difference. Correct a document by a credit note.',
  },
} as const satisfies Record<string, RefusalMeaning>;
