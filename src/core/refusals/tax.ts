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
  'tax.withholding-overlaps': {
    meaning: 'Several rules or percentages of withholding tax speak of this payment.',
    http: 409,
    remedy: 'End one of them, or say more narrowly whom it is about.',
  },
} as const satisfies Record<string, RefusalMeaning>;
