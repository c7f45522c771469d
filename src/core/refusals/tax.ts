import type { RefusalMeaning } from '../refusals.ts';

/** Why no tax is determined, or its data is not taken. */
export const taxRefusals = {
  'tax.question-broken': {
    meaning: 'What tax is asked about does not hang together: a day, country, currency or amount that is none.',
    http: 422,
    remedy: 'Correct the field that the message names.',
  },
  'tax.rule-missing': {
    meaning: 'No rule says what the tax on this supply is: seller, buyer, service and day together.',
    http: 409,
    remedy: 'Declare a rule under taxRules and apply it; `carillon tax rules` lists those there are, docs/reference/tax.md shows how.',
  },
  'tax.rules-overlap': {
    meaning: 'Several rules say what the tax on this supply is.',
    http: 409,
    remedy: 'End one of them with validTo, or say more narrowly what it is about. `carillon tax check` finds all that overlap.',
  },
  'tax.rate-missing': {
    meaning: 'A tax that is due has no percentage in the place on the day.',
    http: 409,
    remedy:
      'Declare it under taxRates, or load the table of the jurisdiction with `carillon tax import`. Where nothing is due, 0 is a percentage.',
  },
  'tax.rates-overlap': {
    meaning: 'A tax has several percentages in one jurisdiction on the day.',
    http: 409,
    remedy: 'End one of them with validTo. `carillon tax check` finds all that overlap.',
  },
  'tax.region-missing': {
    meaning: 'The tax depends on the state or province of a party, and none is declared.',
    http: 409,
    remedy: 'Declare region of the party or legal entity: US-CA, CA-ON, IN-KA.',
  },
  'tax.country-missing': {
    meaning: 'A party has no country, on which the tax depends.',
    http: 409,
    remedy: 'Declare country of the party and apply the configuration.',
  },
  'tax.registration-missing': {
    meaning: 'A rule can be used only with a tax registration that the party does not have.',
    http: 409,
    remedy: 'Declare it under registrations of the party or legal entity. A buyer without one may be a consumer: then say business: false.',
  },
  'tax.withholding-missing': {
    meaning: 'A rule of withholding tax speaks of this payment, and has no percentage on the day.',
    http: 409,
    remedy: 'Give the rule a percentage for that time; 0 where nothing is withheld any more.',
  },
  'tax.gross-up-impossible': {
    meaning: 'The payer bears the tax that it withholds, and all of the payment is withheld: no amount leaves what was agreed.',
    http: 409,
    remedy: 'Correct the percentage of the rule, or withholdingBorneBy in the settlement terms of the agreement.',
  },
  'tax.withholding-overlaps': {
    meaning: 'Several rules or percentages of withholding tax speak of this payment.',
    http: 409,
    remedy: 'End one of them, or say more narrowly whom it is about.',
  },
  'tax.table-broken': {
    meaning: 'A table of tax rates cannot be taken. Nothing of it was.',
    http: 422,
    remedy: 'Correct the lines named. docs/reference/tax.md has the columns.',
  },
  'tax.file-unreadable': {
    meaning: 'A file of tax rates cannot be read.',
    http: 422,
    remedy: 'Correct the path, or the permissions.',
  },
  'tax.party-unknown': {
    meaning: 'There is no party or legal entity of this name.',
    http: 404,
    remedy: 'Use an id of the configuration.',
  },
  'tax.certificate-broken': {
    meaning: 'What is said of a certificate does not hang together.',
    http: 422,
    remedy:
      'Dates are written 2026-12-31, and the end is behind the beginning; what it frees of is a rate, a jurisdiction or a withholding rule.',
  },
  'tax.certificate-differs': {
    meaning: 'The party has a certificate of this number for this, with other dates.',
    http: 409,
    remedy:
      'Certificates are not edited. End the one there is with `carillon tax certificate end`, and record the new one under its own number.',
  },
  'tax.certificate-unknown': {
    meaning: 'The party has no certificate of this number for this.',
    http: 404,
    remedy: '`carillon tax certificate list` shows those there are.',
  },
  'tax.amount-unreadable': {
    meaning: 'An amount, currency, service or day of a question about tax is not one.',
    http: 422,
    remedy: 'Write amounts as 100.00 with no more decimals than the currency has.',
  },
  'tax.service-unreachable': {
    meaning: 'The external tax service cannot be reached, or says that it is busy or broken. It was tried several times.',
    http: 503,
    remedy: 'Check the setting tax.url and the service; the document waits and is made when it answers.',
  },
  'tax.service-timeout': {
    meaning: 'The external tax service did not answer in time. It was tried several times.',
    http: 504,
    remedy: 'Check the service, or raise the setting tax.timeoutMs.',
  },
  'tax.service-refused': {
    meaning: 'The external tax service says no to the question.',
    http: 502,
    remedy: 'The message has what it said: correct the party, or the token of the setting tax.token.',
  },
  'tax.service-answer-broken': {
    meaning: 'The answer of the external tax service does not fit the question. Nothing is billed by it.',
    http: 502,
    remedy: 'Show the message to whoever runs the service; docs/reference/tax.md has the form of an answer.',
  },
} as const satisfies Record<string, RefusalMeaning>;
