import type { RefusalMeaning } from '../refusals.ts';

/** Of long work that was asked for over HTTP, and of files sent for it. */
export const jobRefusals = {
  'job.unknown': {
    meaning: 'There is no such job, or none that you may see.',
    http: 404,
    remedy: 'Look at GET /v1/jobs.',
  },
  'job.ended': {
    meaning: 'The job is over: there is nothing to stop.',
    http: 409,
    remedy: 'Read what came of it. What it did stays done.',
  },
  'job.not-restartable': {
    meaning: 'The job runs, or is done: only what was interrupted, stopped or refused is begun again.',
    http: 409,
    remedy: 'Wait for its end, or ask for new work at its own address.',
  },
  'job.too-many': {
    meaning: 'You have as much long work running as one may have.',
    http: 429,
    remedy: 'Wait until some of it is done, or stop it.',
  },
  'upload.unknown': {
    meaning: 'Of this name nothing was sent by you within the last day.',
    http: 404,
    remedy: 'Send the file with POST /v1/uploads, and name it by the `upload` of the answer.',
  },
  'upload.full': {
    meaning: 'As much is kept of what you sent as may be.',
    http: 409,
    remedy: 'Use what you sent, remove it with DELETE /v1/uploads/{upload}, or wait a day.',
  },
} as const satisfies Record<string, RefusalMeaning>;
