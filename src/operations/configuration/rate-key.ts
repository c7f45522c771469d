import type { Rate } from '#core/tariffs/tariff.ts';

/** What makes a rate this rate: all it matches and when it begins. Its terms and its end may change. */
export function rateKey({ match, validFromMicros }: Pick<Rate, 'match' | 'validFromMicros'>): string {
  const { code, destination, calling, origin, trunk, band, serviceClass, jurisdiction, ratingGroup, apn, bin } = match;
  // A rate by code is the same rate under another name of its destination.
  const called = code === undefined ? `@${destination}` : code;
  return [called, calling, origin, trunk, band, serviceClass, jurisdiction, ratingGroup, apn, bin, validFromMicros]
    .map((part) => part ?? '')
    .join('\u001f');
}
