import type { RefusalMeaning } from '../refusals.ts';

/** Why an event is held instead of rated. The same codes are the reasons in suspense. */
export const ratingRefusals = {
  'rating.trunk-unknown': {
    meaning: 'The event came in or left on a trunk that is not configured.',
    http: 422,
    remedy: 'Add the trunk (or the switch’s name for it), then retry.',
  },
  'rating.no-trunk': {
    meaning: 'The event names no trunk at all, so nobody can be charged for it.',
    http: 422,
    remedy: 'Map the trunk fields of the source, then retry.',
  },
  'rating.no-agreement': {
    meaning: 'The trunk’s account has no agreement for this service and direction at the event’s start.',
    http: 422,
    remedy: 'Add an agreement version or correct its validity, then retry.',
  },
  'rating.agreement-ambiguous': {
    meaning: 'More than one agreement of the account prices this service and direction at the event’s start.',
    http: 422,
    remedy: 'Name the agreement at the trunk, then retry.',
  },
  'rating.no-rate': {
    meaning: 'No rate of the tariff matches the event.',
    http: 422,
    remedy: 'Add a rate for the code, then retry.',
  },
  'rating.no-rate-in-band': {
    meaning: 'The code has rates, but none for the time band the event reaches.',
    http: 422,
    remedy: 'Add a rate for the band, then retry.',
  },
  'rating.no-caller': {
    meaning: 'The tariff needs the caller’s number to choose a rate, and the event has none.',
    http: 422,
    remedy: 'Set withoutCaller on the tariff, then retry.',
  },
  'rating.price-missing': {
    meaning: 'The rate is a share of the price to the customer, and the event carries no such price.',
    http: 422,
    remedy: 'Map the price field of the source, then retry.',
  },
  'rating.currency-differs': {
    meaning: 'The event’s own price is in another currency than the tariff.',
    http: 422,
    remedy: 'Price the content in the tariff’s currency, then retry.',
  },
  'rating.amount-out-of-range': {
    meaning: 'The amount is beyond ±9.2 × 10⁹ units of currency for one charge.',
    http: 422,
    remedy: 'Check the quantity and the rate.',
  },
} as const satisfies Record<string, RefusalMeaning>;
