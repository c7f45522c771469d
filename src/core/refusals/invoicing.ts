import type { RefusalMeaning } from '../refusals.ts';

/** What invoices, credit notes and their files refuse. */
export const invoicingRefusals = {
  'invoice.unknown': {
    meaning: 'No document that was issued has this number.',
    http: 404,
    remedy: 'Correct the number; `carillon invoice list` has all of them. Where two legal entities have it, add --legal-entity.',
  },
  'invoice.draft-unknown': {
    meaning: 'No open draft has this number: there is none, or it was issued or discarded.',
    http: 404,
    remedy: 'Choose one from `carillon invoice list --drafts`.',
  },
  'invoice.party-unknown': {
    meaning: 'An account, party or legal entity of the document is not configured.',
    http: 404,
    remedy: 'Correct the id; `carillon export` lists them.',
  },
  'invoice.key-differs': {
    meaning: 'A document of the same key exists already and says something else. One cause makes one document.',
    http: 409,
    remedy: 'Give the new document another key, or correct the one that was issued by a credit note.',
  },
  'invoice.day-before-last': {
    meaning: 'The series runs in the order of dates, and its last document has a later date.',
    http: 422,
    remedy: 'Issue it with the date of the last document or a later one.',
  },
  'invoice.line-unknown': {
    meaning: 'The document has no line of this number, or it is named twice.',
    http: 404,
    remedy: 'Choose a number from `carillon invoice show`.',
  },
  'invoice.not-creditable': {
    meaning: 'Only invoices, debit notes and self-billed invoices are corrected by a credit note.',
    http: 422,
    remedy: 'To take a credit note back, issue a debit note or a new invoice.',
  },
  'invoice.reason-missing': {
    meaning: 'A credit note says why it was made.',
    http: 422,
    remedy: 'Give the reason with --reason.',
  },
  'invoice.credit-before': {
    meaning: 'A credit note would be dated before the document that it corrects.',
    http: 422,
    remedy: 'Give a day from that of the document on, with --dated.',
  },
  'invoice.credit-too-much': {
    meaning: 'More is to be given back than is left of the line, or an amount of the other sign.',
    http: 422,
    remedy: 'Give back what is left at most; `carillon invoice show` says how much that is.',
  },
  'invoice.nothing-left': {
    meaning: 'The document, or the line, was given back in full.',
    http: 409,
    remedy: 'Look at its credit notes with `carillon invoice show`.',
  },
  'invoice.amount-not-whole': {
    meaning: 'An amount has more decimals than its currency is paid in.',
    http: 422,
    remedy: 'Write it in the currency’s smallest unit.',
  },
  'invoice.empty': {
    meaning: 'A document without lines.',
    http: 422,
    remedy: 'Give it at least one line.',
  },
  'invoice.totals-differ': {
    meaning: 'Lines, taxes and total of a document do not add up.',
    http: 422,
    remedy: 'Make the draft again from what it bills. Report it when it was made by Carillon.',
  },
  'invoice.no-statement': {
    meaning: 'The document bills no statement, so there are no events behind it.',
    http: 422,
    remedy: 'Ask for the detail of a document that was made by closing a period.',
  },
  'invoice.detail-differs': {
    meaning: 'The books say another amount for a line now than the document did. Its events would not add up to it.',
    http: 409,
    remedy: 'Look at `carillon statement … --verify` and at corrections since the document was issued.',
  },
  'invoice.detail-too-long': {
    meaning: 'The document bills more events than one file over HTTP holds.',
    http: 422,
    remedy: 'Read them page by page: GET /v1/portal/calls, or `carillon invoice detail`.',
  },
  'template.unknown': {
    meaning: 'No template has this name, or a name is taken by a shipped one.',
    http: 404,
    remedy: 'Choose one from `carillon template list`.',
  },
  'template.broken': {
    meaning: 'The template does not compile.',
    http: 422,
    remedy: 'Correct the line that is named; `carillon template preview` shows the result.',
  },
  'template.reaches-out': {
    meaning: 'The template asks for a file, a package or an address. It may read `parts.typ` and its logo, and nothing else.',
    http: 422,
    remedy: 'Put what it needs into the template itself; the logo is given with --logo.',
  },
  'template.too-slow': {
    meaning: 'The template was not done in the time that one document may take.',
    http: 422,
    remedy: 'Look for loops without an end.',
  },
  'template.too-large': {
    meaning: 'The template makes too many pages, too large a file, or takes too much memory.',
    http: 422,
    remedy: 'Look for loops that add pages or repeat text.',
  },
} as const satisfies Record<string, RefusalMeaning>;
