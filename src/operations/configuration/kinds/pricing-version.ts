/** What a version of an agreement and of a plan have in common: until when it applies, and how charges come about under it. */
import { bandRules, secondsRules } from '#core/agreements/agreements.ts';
import { roundingModes } from '#core/money/rounding.ts';
import { localDate, wholeNumber } from '../scalar-shapes.ts';
import { defaulted, oneOf, optional, record, required } from '../shapes.ts';

export const pricingVersion = {
  validTo: optional(
    localDate,
    'First local day on which it no longer applies. Left out: open, or until the next version begins.',
    '2027-01-01',
  ),
  rounding: required(
    record('object', {
      decimals: required(wholeNumber(0, 9), 'Decimals of a charge.', '4'),
      mode: defaulted(oneOf(roundingModes), 'half-up', 'half-up', 'How the digit beyond them is rounded.', 'half-up'),
    }),
    'How each charge is rounded, once, at the end.',
    '{decimals: 4, mode: half-up}',
  ),
  seconds: defaulted(oneOf(secondsRules), 'as-given', 'as-given', 'How seconds are taken from a record before increments apply.', 'ceil'),
  bands: defaulted(oneOf(bandRules), 'start', 'start', 'Which price a call gets that reaches over a change of time band.', 'split'),
};
