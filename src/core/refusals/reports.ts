import type { RefusalMeaning } from '../refusals.ts';

export const reportRefusals = {
  'report.cannot-combine': {
    meaning: 'The report adds up what is not added up together.',
    http: 422,
    remedy:
      'Ask for two different ones of which at most one is trunk, hour, cause or destination; trunk by hour, trunk by destination, trunk by cause and hour by destination can be had, too.',
  },
  'report.too-long': {
    meaning: 'The report is about more days than are added up at once.',
    http: 422,
    remedy: 'Ask for less than that, and for the rest in further reports.',
  },
  'report.unknown': {
    meaning: 'No report is kept under this number by the one who asks.',
    http: 404,
    remedy: 'GET /v1/reports/saved lists them.',
  },
  'report.name-taken': {
    meaning: 'A report is kept under this name already.',
    http: 409,
    remedy: 'Give another name, or delete the one that is there.',
  },
} as const satisfies Record<string, RefusalMeaning>;
