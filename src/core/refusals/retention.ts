import type { RefusalMeaning } from '../refusals.ts';

/** Why something is not deleted though its time is over, and what was. */
export const retentionRefusals = {
  'usage.detail-deleted': {
    meaning: 'The records were deleted when their time was over; what they came to stands in statements, reports and the ledger.',
    http: 410,
    remedy:
      'Nothing brings them back. `carillon retention deletions` tells by which rule they went; the settings retention.* are the rules.',
  },
  'retention.period-open': {
    meaning: 'Charges of the day belong to a period that is not closed.',
    http: 409,
    remedy: 'Close the period (`carillon period close`); the next run deletes the day.',
  },
  'retention.legal-entity': {
    meaning: 'A legal entity keeps records of its traffic longer than the settings say, and has traffic on the day.',
    http: 409,
    remedy: 'Nothing is to be done: a run after its days deletes the day. They are `retention: {usageDays: …}` of the legal entity.',
  },
  'retention.dispute-open': {
    meaning: 'A dispute that is not over may need the records of the day.',
    http: 409,
    remedy: 'End the dispute; the next run deletes the day.',
  },
  'retention.invoice-undecided': {
    meaning: 'An invoice of a partner for this time is neither accepted nor refused: reconciliation may need the records.',
    http: 409,
    remedy: 'Accept or refuse the invoice; the next run deletes the day.',
  },
  'retention.records-held': {
    meaning: 'Records of the day, or of the file, wait in suspense.',
    http: 409,
    remedy: 'Take them up or write them off (`carillon usage retry`, `carillon usage discard`); the next run deletes the day.',
  },
  'retention.corrections-waiting': {
    meaning: 'Tiers or volumes wait for charges to be computed again, or a file of the day is loaded in part.',
    http: 409,
    remedy: 'Load the file again: it goes on where it stopped, and what waits is computed at its end. The next run deletes the day.',
  },
  'retention.legal-hold': {
    meaning: 'Somebody ordered that nothing of this party, or of these days, is deleted.',
    http: 409,
    remedy: 'Release the hold when it is over: `carillon retention release`.',
  },
  'retention.busy': {
    meaning: 'Somebody reads usage for so long that the day could not be taken out meanwhile.',
    http: 409,
    remedy: 'The next run deletes the day.',
  },
  'retention.books-differ': {
    meaning: 'The audit of the day finds what does not add up; what would prove it is not deleted.',
    http: 409,
    remedy: 'Look at `carillon usage audit` for the day, and mend what it names.',
  },
  'retention.hold-unknown': {
    meaning: 'There is no such hold, or it is released already.',
    http: 404,
    remedy: 'Look at `carillon retention holds`.',
  },
  'retention.days-wrong': {
    meaning: 'The days of a hold are no dates, or its end lies before its beginning.',
    http: 422,
    remedy: 'Give days as 2026-10-31; the last one is included.',
  },
} as const satisfies Record<string, RefusalMeaning>;

/** Why what is held of a person is not given out, or not erased. */
export const personRefusals = {
  'person.identity-unclear': {
    meaning: 'This is no number, address of mail, identity or account of online charging.',
    http: 422,
    remedy: 'Give a number with its country code (491701234567), msisdn:…, imsi:…, sip:…, an address, or the name of a charging account.',
  },
  'person.unknown': {
    meaning: 'Nothing is held with this identity.',
    http: 404,
    remedy: 'Look whether the number has its country code, as records in the books have it.',
  },
  'person.session-open': {
    meaning: 'The account of the person has sessions that run, or use that is not booked yet.',
    http: 409,
    remedy: 'Wait until they are over, or end them (`carillon charge close-session`), and ask again.',
  },
  'person.erasure-unknown': {
    meaning: 'There is no such order to erase that waits.',
    http: 404,
    remedy: 'Look at `carillon person erasures`.',
  },
  'person.second-person': {
    meaning: 'Where a legal entity wants four eyes, an erasure is approved by another person than who asked for it.',
    http: 403,
    remedy: 'Have somebody else approve it.',
  },
  'person.export-gone': {
    meaning: 'There is no such export, or not yet: its file goes after a day, and when the person is erased.',
    http: 404,
    remedy: 'Wait for its job, or ask for the export again.',
  },
  'person.file-exists': {
    meaning: 'The file is there already, or is no .json or .zip.',
    http: 409,
    remedy: 'Give another name that ends in .json or .zip: exports are not written over anything.',
  },
} as const satisfies Record<string, RefusalMeaning>;
