import type { RefusalMeaning } from '../refusals.ts';

/** What statements and margins refuse. */
export const documentRefusals = {
  'statement.agreement-unknown': {
    meaning: 'No agreement has this id, or none had it at the instant asked about.',
    http: 404,
    remedy: 'Correct the id; `carillon export` lists the agreements.',
  },
  'statement.agreement-not-in-force': {
    meaning: 'No version of the agreement is valid on any day of the period.',
    http: 422,
    remedy: 'Choose a period within the agreement’s validity.',
  },
  'statement.period-malformed': {
    meaning: 'The period is not written in one of the known forms, or names a day that does not exist.',
    http: 400,
    remedy: 'Write 2026-10-21, 2026-W43, 2026-10-H1, 2026-10 or 2026-Q4, or give --from and --to.',
  },
  'statement.instant-malformed': {
    meaning: 'An instant or a date is not written as one.',
    http: 400,
    remedy: 'Write an instant as 2026-11-01T00:00:00Z or with an offset such as +01:00, a date as 2026-11-01.',
  },
  'statement.period-reversed': {
    meaning: 'The period ends before it begins.',
    http: 400,
    remedy: 'Exchange --from and --to.',
  },
  'statement.period-future': {
    meaning: 'The period has not begun yet in the agreement’s zone, and nothing is booked in it.',
    http: 422,
    remedy: 'Choose a period that has begun.',
  },
  'statement.no-usage': {
    meaning: 'Nothing is booked under the agreement in the period.',
    http: 404,
    remedy: 'Check the period and that the files are loaded (`carillon usage show`), or pass --empty for a nil statement.',
  },
  'statement.line-unknown': {
    meaning: 'The statement has no line of this number.',
    http: 404,
    remedy: 'Choose a number from the first column of the statement.',
  },
  'statement.detail-differs': {
    meaning: 'The charges of the usage events do not add up to the statement. The books disagree with themselves.',
    http: 500,
    remedy: 'Do not send the statement. Report it with the line named and the output of --verify.',
  },
  'statement.output-unwritable': {
    meaning: 'The file or folder to write to cannot be written.',
    http: 422,
    remedy: 'Choose another place with --out, or correct the permissions.',
  },
  'margin.no-usage': {
    meaning: 'Nothing is booked in the period.',
    http: 404,
    remedy: 'Check the period and that the files are loaded (`carillon usage show`).',
  },
  'margin.zone-unknown': {
    meaning: 'The zone is not an IANA time zone.',
    http: 400,
    remedy: 'Write it as Europe/Berlin or UTC.',
  },
} as const satisfies Record<string, RefusalMeaning>;
