/** Rates as rows of the table `rate`: the one place that knows how a rate lies in the database. */
import type pg from 'pg';
import { type Decimal, decimal, formatDecimal } from '#core/money/decimal.ts';
import {
  jurisdictions,
  type PriceStep,
  type Rate,
  type RateMatch,
  type RateTerms,
  type Share,
  type SizeBand,
  type Tiers,
} from '#core/tariffs/tariff.ts';
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
  ];
  return fields.map(copyField).join('\t');
}

/** What the column `more` holds: the structured terms, with decimals as text. */
interface MoreTerms {
  readonly steps?: readonly {
    readonly fromSeconds: number;
    readonly price: string;
    readonly firstSeconds: number;
    readonly nextSeconds: number;
  }[];
  readonly tiers?: Omit<Tiers, 'tiers'> & { readonly tiers: readonly { readonly from: string; readonly price: string }[] };
  /** Without upToBytes: the rest. */
  readonly sizeBands?: readonly { readonly upToBytes?: number; readonly price: string }[];
  readonly share?: { readonly percent: string; readonly after: string };
}

/** The text of the column `more`; null when a rate has none of these terms. */
export function formatMore({ steps, tiers, sizeBands, share }: RateTerms): string | null {
  const more: MoreTerms = {
    ...(steps === undefined ? {} : { steps: steps.map((step) => ({ ...step, price: formatDecimal(step.price) })) }),
    ...(tiers === undefined
      ? {}
      : { tiers: { ...tiers, tiers: tiers.tiers.map(({ from, price }) => ({ from: formatDecimal(from), price: formatDecimal(price) })) } }),
    ...(sizeBands === undefined
      ? {}
      : {
          sizeBands: sizeBands.map(({ upToBytes, price }) => ({
            ...(Number.isFinite(upToBytes) ? { upToBytes } : {}),
            price: formatDecimal(price),
          })),
        }),
    ...(share === undefined ? {} : { share: { percent: formatDecimal(share.percent), after: formatDecimal(share.after) } }),
  };
  return Object.keys(more).length === 0 ? null : JSON.stringify(more);
}

function readMore({ steps, tiers, sizeBands, share }: MoreTerms): Partial<RateTerms> {
  return {
    ...(steps === undefined ? {} : { steps: steps.map((step): PriceStep => ({ ...step, price: decimal(step.price) })) }),
    ...(tiers === undefined
      ? {}
      : { tiers: { ...tiers, tiers: tiers.tiers.map(({ from, price }) => ({ from: decimal(from), price: decimal(price) })) } }),
    ...(sizeBands === undefined
      ? {}
      : {
          sizeBands: sizeBands.map(
            ({ upToBytes, price }): SizeBand => ({ upToBytes: upToBytes ?? Number.POSITIVE_INFINITY, price: decimal(price) }),
          ),
        }),
    ...(share === undefined ? {} : { share: shareOf(share) }),
  };
}

function shareOf({ percent, after }: { readonly percent: string; readonly after: string }): Share {
  return { percent: decimal(percent), after: decimal(after) };
}

/** The columns that `rateOfRow` reads, for a select in array mode. */
export const RATE_COLUMNS = `rate_id, ${COLUMNS.join(', ')}`;

/** A row of `select RATE_COLUMNS` in array mode: number, tariff, texts, figures. */
export type RateRow = [rateId: number, tariff: string, ...fields: (string | number | MoreTerms | null)[]];

/** Reads one row; the tariff it belongs to is its second field. */
export function rateOfRow(row: Readonly<RateRow>): Rate {
  const text = (index: number): string | undefined => (row[index] as string | null) ?? undefined; // text columns give text or null
  const whole = (index: number): number | undefined => (row[index] as number | null) ?? undefined; // integer and timestamptz columns
  const money = (index: number): Decimal | undefined => {
    const written = row[index] as string | null; // numeric columns arrive as text
    return written === null ? undefined : decimal(written);
  };
  const match = withoutAbsent<RateMatch>({
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
  });
  const terms = withoutAbsent<RateTerms>({
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
  const more = row[23] as MoreTerms | null; // written by formatMore
  return {
    id: row[0],
    match,
    terms: more === null ? terms : { ...terms, ...readMore(more) },
    validFromMicros: whole(24) ?? 0,
    validToMicros: whole(25) ?? Number.POSITIVE_INFINITY,
  };
}

/** Drops what is undefined. The caller gives all that T requires: those columns are not null. */
function withoutAbsent<T extends object>(fields: { readonly [K in keyof T]: T[K] | undefined }): T {
  const kept: Record<string, unknown> = {};
  for (const key in fields) if (fields[key] !== undefined) kept[key] = fields[key];
  return kept as T; // see above
}
