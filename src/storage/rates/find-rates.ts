/** Rates to be looked at: in force at an instant, as known then or now, and all that was ever known of a code. */
import type pg from 'pg';
import type { Rate } from '#core/tariffs/tariff.ts';
import { formatTimestamptz } from '../column-types.ts';
import { RATE_COLUMNS, type RateRow, rateOfRow } from '../configuration/rate-rows.ts';

export interface RateQuestion {
  readonly tariff: string;
  /** Codes that begin with it, and the longest code that it begins with. */
  readonly code?: string;
  /** With `code`: also rates without codes of these destinations. */
  readonly destinations?: readonly string[];
  readonly atMicros: number;
  /** Undefined: as known now. */
  readonly knownAtMicros?: number;
  readonly limit: number;
}

export interface FoundRates {
  readonly rates: readonly Rate[];
  /** How many there are, also beyond the limit. */
  readonly total: number;
}

/** Rates in force at an instant, by code and band. */
export async function findRates(client: pg.ClientBase | pg.Pool, question: RateQuestion): Promise<FoundRates> {
  const { tariff, code, destinations = [], atMicros, knownAtMicros, limit } = question;
  const values: unknown[] = [tariff, formatTimestamptz(atMicros)];
  let where = 'tariff = $1 and valid_from <= $2 and $2 < valid_to';
  if (knownAtMicros === undefined) where += ` and known_to = 'infinity'`;
  else {
    values.push(formatTimestamptz(knownAtMicros));
    where += ` and known_from <= $${values.length} and $${values.length} < known_to`;
  }
  if (code !== undefined) {
    values.push(code);
    const given = `$${values.length}`;
    values.push(destinations);
    const named = `code is null and destination = any($${values.length}::text[])`;
    where += ` and (starts_with(code, ${given}) or code = (select max(code) from rate where ${where} and starts_with(${given}, code)) or (${named}))`;
  }
  const { rows: counted } = await client.query<{ total: bigint }>(`select count(*) as total from rate where ${where}`, values);
  const { rows } = await client.query<RateRow>({
    text: `select ${RATE_COLUMNS} from rate where ${where} order by code collate "C" nulls first, destination, band nulls first, rate_id limit ${limit}`,
    values,
    rowMode: 'array',
  });
  return { rates: rows.map(rateOfRow), total: Number(counted[0]?.total ?? 0n) };
}

/** A rate with when it became known, until when, and by which import. */
export interface HistoricRate {
  readonly rate: Rate;
  readonly knownFromMicros: number;
  /** Infinity: it is known so now. */
  readonly knownToMicros: number;
  readonly importId: number | undefined;
}

/** All that was ever known of one code, or of a destination without codes, in the order in which it became known. */
export async function rateHistory(
  client: pg.ClientBase | pg.Pool,
  tariff: string,
  code: string,
  destination?: string,
): Promise<readonly HistoricRate[]> {
  const { rows } = await client.query<[...RateRow, number, number, number | null]>({
    text: `select ${RATE_COLUMNS}, known_from, known_to, import_id from rate where tariff = $1 and (code = $2 or (code is null and destination = $3)) order by known_from, valid_from, band nulls first, rate_id`,
    values: [tariff, code, destination ?? null],
    rowMode: 'array',
  });
  return rows.map((row) => {
    const [knownFromMicros, knownToMicros, importId] = row.slice(-3) as [number, number, number | null]; // the last three columns above
    return { rate: rateOfRow(row as unknown as RateRow), knownFromMicros, knownToMicros, importId: importId ?? undefined }; // rateOfRow reads the first columns
  });
}
