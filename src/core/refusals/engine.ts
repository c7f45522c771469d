import type { RefusalMeaning } from '../refusals.ts';

/** Of the process that charges: it says why it did not do what it was asked. */
export const engineRefusals = {
  'engine.account-unknown': {
    meaning: 'Charging has no account of this name.',
    http: 404,
    remedy: 'Look at the name; an account is opened before it is used.',
  },
  'engine.too-busy': {
    meaning:
      'The engine did not come to it in time, or does not have the account at this moment. It may still be done: the same key again is the same command.',
    http: 503,
    remedy: 'Give the same command with the same key again.',
  },
  'engine.pool-elsewhere': {
    meaning: 'The pool is served by another engine at this moment, and a member must be where its pool is.',
    http: 409,
    remedy: 'Give the command again when one engine has both, or stop the other.',
  },
  'engine.identity-taken': {
    meaning: 'Another account has this identity.',
    http: 409,
    remedy: 'Take it from the other account first.',
  },
  'engine.fault': {
    meaning: 'A fault of ours: nothing was changed.',
    http: 500,
    remedy: 'The log of the engine says more; please report it.',
  },
} as const satisfies Record<string, RefusalMeaning>;
