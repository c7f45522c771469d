/** What a form begins with that adds the rate a record waits for. */
import Type, { type Static } from 'typebox';
import { tariffWithoutRate } from '#core/rating/rate-event.ts';
import { formatInstant } from '#core/time/zoned.ts';
import { LocalDate } from '../schemas.ts';

export const MissingRate = Type.Object(
  {
    tariff: Type.String(),
    code: Type.String({ description: 'What the called numbers begin with: seven digits at most, and never the last four.' }),
    from: { ...LocalDate, description: 'A day by which all of them are covered, whatever the zone.' },
  },
  {
    additionalProperties: false,
    title: 'MissingRate',
    description: 'What adds it: POST /v1/tariffs/{tariff}/rates. Left out: no rate is missing.',
  },
);

const MOST_DIGITS = 7;
const HIDDEN_DIGITS = 4;
/** Behind UTC, no zone is more. */
const BEHIND_MICROS = 12 * 3_600_000_000;

/** `called`: the smallest and the largest of their numbers. */
export function missingRate(
  reason: string,
  detail: string,
  called: readonly [string, string] | undefined,
  firstStartMicros: number | undefined,
): { readonly rate?: Static<typeof MissingRate> } {
  const tariff = reason === 'rating.no-rate' ? tariffWithoutRate(detail) : undefined;
  if (tariff === undefined || called === undefined || firstStartMicros === undefined) return {};
  const [least, most] = called;
  let common = 0;
  while (common < least.length && least[common] === most[common]) common += 1;
  const code = least.slice(0, Math.max(0, Math.min(common, MOST_DIGITS, least.length - HIDDEN_DIGITS)));
  return { rate: { tariff, code, from: formatInstant(firstStartMicros - BEHIND_MICROS).slice(0, 10) } };
}
