import type { RefusalMeaning } from '../refusals.ts';

/** What is refused of partners' declarations, reconciling and disputes. */
export const reconcilingRefusals = {
  'declaration.no-header': {
    meaning: 'The sheet has no header in which figures are recognised.',
    http: 422,
    remedy: 'Choose another sheet with --sheet, or name the columns: --map "Their header=billed" or --map C=billed.',
  },
  'declaration.column-twice': {
    meaning: 'Two columns are taken for the same figure.',
    http: 422,
    remedy: 'Map the one that does not count to ignore: --map "Their header=ignore".',
  },
  'declaration.empty': {
    meaning: 'The declaration has no row with figures.',
    http: 422,
    remedy: 'Choose another sheet, or check the file.',
  },
  'declaration.decimal-mixed': {
    meaning: 'Some figures have decimal commas, others points.',
    http: 422,
    remedy: 'Say which is the decimal mark with --decimal comma or --decimal point.',
  },
  'declaration.decimal-unclear': {
    meaning: 'A figure may be a thousand or a decimal fraction.',
    http: 422,
    remedy: 'Say which with --decimal comma or --decimal point.',
  },
  'declaration.date-unclear': {
    meaning: 'Day or month may come first.',
    http: 422,
    remedy: 'Say which with --date-format dd/mm/yyyy or mm/dd/yyyy.',
  },
  'declaration.unit-unclear': {
    meaning: 'A duration may be in seconds or in minutes.',
    http: 422,
    remedy: 'Say which with --unit seconds or --unit minutes.',
  },
  'declaration.figure-unreadable': {
    meaning: 'A cell that should be a figure is none.',
    http: 422,
    remedy: 'Correct the cell, or map its column to ignore.',
  },
  'declaration.day': {
    meaning: 'A row has no day, none that exists, or one outside the period.',
    http: 422,
    remedy: 'Check --period and --date-format, or correct the row.',
  },
  'declaration.currency': {
    meaning: 'A row, or the declaration, is in a currency that is not the one expected.',
    http: 422,
    remedy: 'Give the currency with --currency, and to reconcile a rate for it: --rate USD=0.92.',
  },
  'declaration.total-differs': {
    meaning: 'A total in the file is not the sum of the rows above it: rows are missing or were read wrongly.',
    http: 422,
    remedy: 'Ask the partner for the whole file, or check how the figures were read.',
  },
  'declaration.option': {
    meaning: 'An option for declarations or reconciling cannot be read.',
    http: 400,
    remedy: 'Correct it as the message says.',
  },
  'declaration.unknown': {
    meaning: 'There is no such declaration.',
    http: 404,
    remedy: '`carillon declaration list` shows those recorded.',
  },
  'declaration.file-too-large': {
    meaning: 'The file has more than 200,000 rows.',
    http: 422,
    remedy: 'Ask for sums by destination and day; single calls are compared by `carillon reconcile cdrs`.',
  },
  'reconcile.unknown': {
    meaning: 'No reconciliation has this number, or it is not done yet.',
    http: 404,
    remedy: 'GET /v1/jobs/{job} says how far it is. POST /v1/agreements/{agreement}/reconciliations/{period} begins one.',
  },
  'reconcile.no-declaration': {
    meaning: 'Nothing of theirs is recorded for the agreement and the period.',
    http: 404,
    remedy: 'Take their figures in with `carillon declaration import` or `enter`.',
  },
  'reconcile.calls-columns': {
    meaning: 'The first line of a file of calls does not name a column that is needed.',
    http: 422,
    remedy: 'Name it: --map "Their header=called" (calling, called, start, duration).',
  },
  'reconcile.calls-unreadable': {
    meaning: 'A file of calls, or a row of it, cannot be read.',
    http: 422,
    remedy: 'Correct the file; rows that are no calls are counted and passed over.',
  },
  'dispute.document-unknown': {
    meaning: 'No document of this number can be disputed, or several have it.',
    http: 404,
    remedy:
      'Correct the number; their invoices are taken in with `carillon partner-invoice import`; give --legal-entity or --party where several have the number.',
  },
  'dispute.unknown': { meaning: 'There is no such dispute.', http: 404, remedy: '`carillon dispute list` shows them.' },
  'dispute.reason-missing': { meaning: 'A dispute has no reason.', http: 400, remedy: 'Say why with --reason.' },
  'dispute.message-refused': {
    meaning:
      'A message of a dispute says nothing, the dispute has too many, or a file is of no kind that evidence is, or not what its name says.',
    http: 422,
    remedy: 'Write words, or send PDF, pictures, sheets, texts, mails, packet captures or archives, each under the ending of its kind.',
  },
  'dispute.amount': {
    meaning: 'More is disputed, offered or given back than there is, or nothing.',
    http: 422,
    remedy: 'Choose an amount within what the document has and what is contested.',
  },
  'dispute.window-passed': {
    meaning: 'The days within which the agreement allows a dispute have passed.',
    http: 422,
    remedy: 'Agree with the other side to extend the window (settlement.disputeWindowDays), or correct the day.',
  },
  'dispute.step-impossible': {
    meaning: 'The step may not follow those that were made.',
    http: 409,
    remedy: 'Look at what happened with `carillon dispute show`.',
  },
  'dispute.result-missing': {
    meaning: 'What settles the dispute is not there, or does not fit whose document it is.',
    http: 422,
    remedy: 'Take their document in first, and name it with --result; what is ours is made by the command.',
  },
  'dispute.result-differs': {
    meaning: 'Their document is of another amount than was agreed, or about another document.',
    http: 422,
    remedy: 'Ask for a document of what was agreed, or agree anew with `carillon dispute offer`.',
  },
  'dispute.outcome-impossible': {
    meaning: 'The outcome does not fit whose document it is, or what was agreed.',
    http: 422,
    remedy:
      'What is theirs is given back by their credit note; what they left out of a self-billed invoice comes by another one; a debit note and a re-rating are about our own figures.',
  },
} as const satisfies Record<string, RefusalMeaning>;
