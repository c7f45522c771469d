import type { RefusalMeaning } from '../refusals.ts';

/** `carillon serve`. */
export const servingRefusals = {
  'serve.setting-missing': {
    meaning: 'A setting that serving needs is missing, or the file that it names cannot be read.',
    http: 422,
    remedy: 'Set it in carillon.yaml or the environment; docs/reference/settings.md has all of them.',
  },
  'serve.cannot-listen': {
    meaning: 'An address cannot be listened at: it is in use, not of this machine, or not allowed.',
    http: 422,
    remedy: 'Use a free port of this machine; ports below 1024 need a right of their own.',
  },
  'web.not-built': {
    meaning: 'The pages of the console could not be built from their sources.',
    http: 503,
    remedy: 'Look at the log; run npm ci in the folder of Carillon, see that its folder .build can be written, and load the page again.',
  },
} as const satisfies Record<string, RefusalMeaning>;
