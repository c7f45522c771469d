/** Rates as rows of the table `rate`: the one place that knows how a rate lies in the database. */
import type pg from 'pg';
import { type Decimal, decimal, formatDecimal } from '#core/money/decimal.ts';
import { jurisdictions, type Rate, type RateMatch, type RateTerms } from '#core/tariffs/tariff.ts';
import { present, readStructuredTerms, type StructuredTermsJson, structuredTermsJson } from '#operations/configuration/ports.ts';
import { formatTimestamptz } from '../column-types.ts';
import { copyField, copyRows } from '../database.ts';

/** Columns in the order in which rows are written and read, without rate_id. */
const COLUMNS = [
  'tariff',
  'code',
  'destination',
  'calling',
  'origin',
  'trunk',
  'band',
  'service_class',
  'jurisdiction',
  'rating_group',
  'apn',
  'price',
  'first_seconds',
  'next_seconds',
  'grace_seconds',
  'free_seconds',
  'setup_fee',
  'attempt_fee',
  'disconnect_fee',
  'surcharge',
  'minimum_charge',
  'maximum_charge',
  'more',
  'valid_from',
  'valid_to',
  'bin',
] as const;

const ROWS_PER_CHUNK = 2000;

/**
 * Writes rates as known from an instant on (their `id` is not looked at: the table numbers them). Returns
 * how many rows were written.
 */
export async function copyRates(
  client: pg.PoolClient,
  tariff: string,
  rates: readonly Rate[],
  knownFromMicros: number,
  importId: number | null = null,
): Promise<number> {
  const known = formatTimestamptz(knownFromMicros);
  function* chunks(): Generator<string> {
    for (let from = 0; from < rates.length; from += ROWS_PER_CHUNK) {
      yield rates
        .slice(from, from + ROWS_PER_CHUNK)
        .map((rate) => `${rowText(tariff, rate)}\t${known}\t${importId ?? '\\N'}\n`)
        .join('');
    }
  }
  return copyRows(client, `copy rate (${COLUMNS.join(', ')}, known_from, import_id) from stdin`, chunks());
}

function rowText(tariff: string, { match, terms, validFromMicros, validToMicros }: Rate): string {
  const money = (value: Decimal | undefined): string | null => (value === undefined ? null : formatDecimal(value));
  const fields = [
    tariff,
    match.code ?? null,
    match.destination,
    match.calling ?? null,
    match.origin ?? null,
    match.trunk ?? null,
    match.band ?? null,
    match.serviceClass ?? null,
    match.jurisdiction ?? null,
    match.ratingGroup ?? null,
    match.apn ?? null,
    money(terms.price),
    terms.firstSeconds ?? null,
    terms.nextSeconds ?? null,
    terms.graceSeconds ?? null,
    terms.freeSeconds ?? null,
    money(terms.setupFee),
    money(terms.attemptFee),
    money(terms.disconnectFee),
    money(terms.surcharge),
    money(terms.minimumCharge),
    money(terms.maximumCharge),
    formatMore(terms),
    formatTimestamptz(validFromMicros),
    formatTimestamptz(validToMicros),
    match.bin ?? null,
  ];
  return fields.map(copyField).join('\t');
}

/** The text of the column `more`: the structured terms; null when a rate has none of these. */
function formatMore(terms: RateTerms): string | null {
  const more = structuredTermsJson(terms);
  return Object.keys(more).length === 0 ? null : JSON.stringify(more);
}

/** The columns that `rateOfRow` reads, for a select in array mode. */
export const RATE_COLUMNS = `rate_id, ${COLUMNS.join(', ')}`;

/** A row of `select RATE_COLUMNS` in array mode: number, tariff, texts, figures. */
export type RateRow = [rateId: number, tariff: string, ...fields: (string | number | StructuredTermsJson | null)[]];

/** Reads one row; the tariff it belongs to is its second field. */
export function rateOfRow(row: Readonly<RateRow>): Rate {
  const text = (index: number): string | undefined => (row[index] as string | null) ?? undefined; // text columns give text or null
  const whole = (index: number): number | undefined => (row[index] as number | null) ?? undefined; // integer and timestamptz columns
  const money = (index: number): Decimal | undefined => {
    const written = row[index] as string | null; // numeric columns arrive as text
    return written === null ? undefined : decimal(written);
  };
  const match = present<RateMatch>({
    code: text(2),
    destination: text(3),
    calling: text(4),
    origin: text(5),
    trunk: text(6),
    band: text(7),
    serviceClass: text(8),
    jurisdiction: jurisdictions.find((word) => word === row[9]),
    ratingGroup: text(10),
    apn: text(11),
    bin: text(26),
  });
  const terms = present<RateTerms>({
    price: money(12),
    firstSeconds: whole(13),
    nextSeconds: whole(14),
    graceSeconds: whole(15),
    freeSeconds: whole(16),
    setupFee: money(17),
    attemptFee: money(18),
    disconnectFee: money(19),
    surcharge: money(20),
    minimumCharge: money(21),
    maximumCharge: money(22),
  });
  const more = row[23] as StructuredTermsJson | null; // written by formatMore
  return {
    id: row[0],
    match,
    terms: more === null ? terms : { ...terms, ...readStructuredTerms(more) },
    validFromMicros: whole(24) ?? 0,
    validToMicros: whole(25) ?? Number.POSITIVE_INFINITY,
  };
}
