import type { RefusalMeaning } from '../refusals.ts';

/** Faults of a tariff, found when it is compiled. */
export const tariffRefusals = {
  'tariff.tie': {
    meaning: 'Two rates match the same traffic equally well at the same time.',
    http: 422,
    remedy: 'Close one of the two rates named, or give one a further match or a later start.',
  },
  'tariff.band-gap': {
    meaning: 'A code has rates for some time bands of the tariff but not for all.',
    http: 422,
    remedy: 'Add a rate for the missing band, or a rate without a band.',
  },
  'tariff.split-structure': {
    meaning: 'With split time bands, two rates of one code differ in more than their price.',
    http: 422,
    remedy: 'Give the rates of all bands the same increments, steps, tiers and fees, or price by start.',
  },
  'tariff.volume-tiers-split': {
    meaning: 'A rate for one time band has whole-volume tiers, and an agreement splits calls over bands.',
    http: 422,
    remedy: 'Price by start, give one rate for all bands, or use graduated tiers.',
  },
  'tariff.step-off-increment': {
    meaning: 'A price step does not begin where an increment of the step before it ends.',
    http: 422,
    remedy: 'Move the step to first increment + n × next increment.',
  },
  'tariff.band-unknown': {
    meaning: 'A rate names a time band that the tariff does not have.',
    http: 422,
    remedy: 'Correct the name, or add the band to the time bands of the tariff.',
  },
  'tariff.origin-unknown': {
    meaning: 'A rate names an origin set that is not configured.',
    http: 422,
    remedy: 'Configure the origin set or correct the name.',
  },
  'tariff.destination-unknown': {
    meaning: 'A rate names a destination that its code deck does not have, and gives no code.',
    http: 422,
    remedy: 'Give the rate a code, or correct the destination.',
  },
  'tariff.service-mismatch': {
    meaning: 'A rate uses a term that its service does not have (increments for data, size bands for voice …).',
    http: 422,
    remedy: 'Remove the term.',
  },
  'tariff.value-out-of-range': {
    meaning: 'A figure of a rate is negative, too large, or has more than 12 decimals.',
    http: 422,
    remedy: 'Correct the figure.',
  },
  'tariff.counter-differs': {
    meaning: 'Two rates of a tariff share a tier counter but differ in kind, measure or period.',
    http: 422,
    remedy: 'Give the counters different names, or the rates the same kind, measure and period.',
  },
  'time-bands.overlap': {
    meaning: 'Two time bands of one set cover the same local time.',
    http: 422,
    remedy: 'Change days or times so that each moment has one band.',
  },
  'time-bands.gap': {
    meaning: 'A local time is covered by no band of the set.',
    http: 422,
    remedy: 'Extend a band, or add one with "otherwise: true".',
  },
} as const satisfies Record<string, RefusalMeaning>;
