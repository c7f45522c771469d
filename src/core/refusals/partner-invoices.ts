import type { RefusalMeaning } from '../refusals.ts';

/** What is refused of invoices that partners wrote. */
export const partnerInvoiceRefusals = {
  'partner-invoice.faulty': {
    meaning: 'A partner’s invoice lacks something, or something in it cannot be.',
    http: 422,
    remedy: 'Give what is missing (--number, --issued, --due, --tax, --currency), or ask the partner for a corrected invoice.',
  },
  'partner-invoice.total-differs': {
    meaning: 'Lines, net, tax and total of a partner’s invoice do not add up.',
    http: 422,
    remedy: 'Check how the file was read, or ask the partner for a corrected invoice.',
  },
  'partner-invoice.line-unplaced': {
    meaning: 'A line does not say of which agreement or of which days it is.',
    http: 422,
    remedy:
      'Give --agreement and --period, which hold for lines that say nothing, or map columns: --map "Contract=agreement" --map "Month=period".',
  },
  'partner-invoice.party-differs': {
    meaning: 'Lines of one invoice are of agreements with several parties or accounts, or the seller in the file is another party.',
    http: 422,
    remedy: 'Take it in for the agreements of the party that wrote it; correct `taxId` of the party if that is what differs.',
  },
  'partner-invoice.self-billed': {
    meaning: 'What we owe under the agreement is invoiced by us in the partner’s name.',
    http: 409,
    remedy: 'Refuse the paper, or change `settlement.payableBy` of the agreement to `them`.',
  },
  'partner-invoice.not-self-billed': {
    meaning: 'What is owed to us under the agreement is invoiced by us, not by the partner in our name.',
    http: 409,
    remedy: 'Refuse the paper, or change `settlement.receivableBy` of the agreement to `them`.',
  },
  'partner-invoice.number-differs': {
    meaning: 'The partner’s number was taken in before with other figures.',
    http: 409,
    remedy: 'Refuse the first (`carillon partner-invoice refuse`), then the corrected one may come; or ask for a number of its own.',
  },
  'partner-invoice.corrects-unknown': {
    meaning: 'The invoice that a credit note corrects was not taken in, or is not accepted.',
    http: 404,
    remedy: 'Take the invoice in and accept it first, or correct --corrects.',
  },
  'partner-invoice.unknown': {
    meaning: 'There is no such invoice of a partner.',
    http: 404,
    remedy:
      '`carillon partner-invoice list` shows them. The number is the first in that list, which we gave it when it was taken in, and not the one that the partner wrote on it.',
  },
  'partner-invoice.refused-before': {
    meaning: 'The invoice was refused.',
    http: 409,
    remedy: 'Take the corrected invoice in; its number may be the same.',
  },
  'partner-invoice.decided': {
    meaning: 'The step does not fit what was decided of the invoice.',
    http: 409,
    remedy: 'Look at it with `carillon partner-invoice show`; an acceptance is taken back by `carillon partner-invoice reverse`.',
  },
  'partner-invoice.second-person': {
    meaning: 'The legal entity wants two persons, and this is the first.',
    http: 403,
    remedy: 'Somebody else accepts it, or the proposal is taken back with `carillon partner-invoice reverse`.',
  },
  'partner-invoice.reason-missing': { meaning: 'There is no reason.', http: 400, remedy: 'Say why with --reason.' },
  'partner-invoice.period-open': {
    meaning: 'The days of the invoice are not closed yet: what we expect is not known.',
    http: 409,
    remedy: 'It waits: close the period, then accept it. --before-close accepts it now; the close then takes back what it expects.',
  },
  'partner-invoice.period-cuts': {
    meaning: 'The invoice is of a part of the days of a recorded statement.',
    http: 409,
    remedy: 'Correct --period, or accept it with --more-to-come: only so much of what is expected is taken back as it asks for.',
  },
  'partner-invoice.differs': {
    meaning: 'The invoice is more off what we expect than the agreement’s tolerance.',
    http: 409,
    remedy:
      'Look why with `carillon partner-invoice check`. Accept what is right with --undisputed (self-billed: claim what is missing with --claim), all of it with --whole, or a part that others will follow with --more-to-come; or refuse it.',
  },
  'partner-invoice.tax-differs': {
    meaning: 'The tax on the invoice is not what our rules make of the same supply.',
    http: 409,
    remedy: 'Refuse the invoice, correct the tax rules or registrations, or accept its tax with --tax-as-invoiced.',
  },
  'partner-invoice.claim-too-much': {
    meaning: 'More is claimed beyond a self-billed invoice than it leaves out of what is expected, or the document is none.',
    http: 422,
    remedy: 'Claim at most what `carillon partner-invoice check` shows as missing; of invoices to us say what is right with --undisputed.',
  },
  'partner-invoice.credit-too-much': {
    meaning: 'A credit note gives back more than was accepted of the invoice.',
    http: 422,
    remedy: 'What is contested is given back by the credit note that settles the dispute; else ask for a corrected one.',
  },
  'partner-invoice.credit-of-dispute': {
    meaning: 'The invoice has a dispute that is agreed and waits for this credit note.',
    http: 409,
    remedy: '`carillon dispute settle <dispute> --outcome their-credit-note --result <number>` books both.',
  },
  'partner-invoice.settled': {
    meaning: 'An acceptance is not taken back any more.',
    http: 409,
    remedy: 'Take back what was paid or set off, or withdraw the dispute; else their credit note corrects it.',
  },
} as const satisfies Record<string, RefusalMeaning>;
