import type { RefusalMeaning } from '../refusals.ts';

export const eventRefusals = {
  'usage.event-invalid': {
    meaning: 'A usage event in JSON form is not what its schema says.',
    http: 422,
    remedy: 'Correct the field named; the form is in docs/reference/usage-event.md.',
  },
} as const satisfies Record<string, RefusalMeaning>;
