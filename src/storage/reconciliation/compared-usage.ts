/** Charged usage added up by rate, quarter of an hour, duration and file: what causes are tried on. */
import type pg from 'pg';
import { legRoles } from '#core/agreements/agreements.ts';
import type { Declared } from '#core/settlement/reconciliation/declared.ts';
import type { ComparedRate } from '#core/settlement/reconciliation/price-call.ts';
import { SLOT_MICROS, UsageCells } from '#core/settlement/reconciliation/usage-cells.ts';
import type { Period } from '#core/time/period.ts';
import type { Service } from '#core/usage/usage-event.ts';
import type { ComparedUsage, ReconciliationBooks } from '#operations/reconciliation/ports.ts';
import type { AgreementTerms } from '#operations/settlement/books.ts';
import { RATE_COLUMNS, type RateRow, rateOfRow } from '../configuration/rate-rows.ts';
import { selectAgreementTerms } from '../settlement/agreement-terms.ts';

const ROWS_PER_FETCH = 20_000;

/** Inside a transaction: usage comes through a cursor. */
export function reconciliationBooksOn(client: pg.ClientBase): ReconciliationBooks {
  return {
    findAgreement: (id) => selectAgreementTerms(client, id, undefined),
    agreementIds: async () => {
      const { rows } = await client.query<{ id: string }>(
        `select distinct body->>'id' as id from config_version where kind = 'agreements' and known_to = 'infinity' order by 1`,
      );
      return rows.map(({ id }) => id);
    },
    usage: (terms, side, service, period) => selectUsage(client, terms, side, service, period),
  };
}

async function selectUsage(
  client: pg.ClientBase,
  terms: AgreementTerms,
  side: Declared['side'],
  service: Service,
  period: Period,
): Promise<ComparedUsage> {
  const roles = Object.entries(legRoles).flatMap(([role, of]) => (of === side ? [role] : []));
  const tariffs = [...terms.tariffs.values()].filter((tariff) => tariff.service === service).map(({ id }) => id);
  const versions = terms.versions.map(({ versionId }) => versionId);
  const followed = [...terms.tariffs.values()].filter(({ portability }) => portability === 'follow').map(({ id }) => id);
  await client.query(
    `declare compared no scroll cursor for
     select l.rate_id, s.file_id, floor(extract(epoch from e.started_at) / 900)::integer as slot, s.raw, count(*)::integer as calls,
            sum(s.billed)::text as billed, sum(s.amount_nanos)::text as amount,
            case when l.tariff = any($6) then left(e.called, (select max(length(code)) from rate where tariff = any($6))) end as dialled
       from usage_standing s join usage_event e on e.event_id = s.event_id and e.day = s.day join rollup_line l on l.line_id = s.line_id
      where l.version_id = any($1) and l.role = any($2) and l.tariff = any($3) and l.rate_id <> 0 and (s.answered or s.amount_nanos <> 0)
        and s.day >= $4::date - 2 and s.day <= $5::date + 1 and e.day >= $4::date - 2 and e.day <= $5::date + 1
      group by 1, 2, 3, 4, 8`,
    [versions, roles, tariffs, period.from, period.to, followed],
  );
  const cells = new UsageCells();
  /** Beginnings of numbers dialled, by their place from 1: until the rates are there, cells have the place. */
  const dialled = new Map<string, number>();
  const placeOf = (number: string): number => {
    const place = dialled.get(number) ?? dialled.size + 1;
    dialled.set(number, place);
    return place;
  };
  // Billed seconds become microseconds, as declarations have them.
  const factor = service === 'voice' ? 1_000_000n : 1n;
  for (;;) {
    const { rows } = await client.query<[number, number, number, bigint, number, string, string, string | null]>({
      text: `fetch ${ROWS_PER_FETCH} from compared`,
      rowMode: 'array',
    });
    for (const [rateId, fileId, slot, raw, calls, billed, amount, number] of rows) {
      cells.add({
        rateId,
        fileId,
        slotMicros: slot * SLOT_MICROS,
        raw: Number(raw),
        calls,
        billed: BigInt(billed) * factor,
        amountNanos: BigInt(amount),
        ...(number === null ? {} : { dialledRateId: placeOf(number) }),
      });
    }
    if (rows.length < ROWS_PER_FETCH) break;
  }
  await client.query('close compared');
  const used = (column: Int32Array): number[] => [...new Set(column.subarray(0, cells.count))];
  const files = await client.query<{ file_id: number; name: string }>('select file_id, name from usage_file where file_id = any($1)', [
    used(cells.fileIds),
  ]);
  const numbers = [...dialled.keys()];
  const rates = await selectRates(client, terms, tariffs, used(cells.rateIds), numbers);
  findDialled(cells, rates, numbers);
  return {
    cells,
    rates,
    files: new Map(files.rows.map(({ file_id, name }) => [file_id, name])),
  };
}

/**
 * The rate that each call would have had by the number dialled: of the same tariff and conditions, valid then. It is another one than its own
 * where the number is ported. `numbers`: beginnings of numbers dialled, of which cells have the place from 1.
 */
function findDialled(cells: UsageCells, rates: ReadonlyMap<number, ComparedRate>, numbers: readonly string[]): void {
  if (numbers.length === 0) return;
  const byCode = Map.groupBy(
    [...rates.values()].filter(({ code }) => code !== undefined),
    ({ tariff, condition, code }) => `${tariff}|${condition}|${code}`,
  );
  const longest = (own: ComparedRate, number: string, micros: number): number => {
    for (let length = number.length; length > 0; length -= 1) {
      const same = byCode.get(`${own.tariff}|${own.condition}|${number.slice(0, length)}`);
      const found = same?.find(({ validFromMicros, validToMicros }) => validFromMicros <= micros && validToMicros > micros);
      if (found !== undefined) return found.id;
    }
    return own.id;
  };
  for (let at = 0; at < cells.count; at += 1) {
    const number = numbers[(cells.dialledRateIds[at] ?? 0) - 1];
    const own = rates.get(cells.rateIds[at] ?? 0);
    const found = number === undefined || own?.code === undefined ? undefined : longest(own, number, (cells.slots[at] ?? 0) * SLOT_MICROS);
    cells.dialledRateIds[at] = found === undefined || found === own?.id ? 0 : found;
  }
}

/** The rates used, those of numbers dialled, those before and after them, and those of shorter codes, which another deck may have instead. */
async function selectRates(
  client: pg.ClientBase,
  terms: AgreementTerms,
  tariffs: readonly string[],
  ids: readonly number[],
  dialled: readonly string[],
): Promise<ReadonlyMap<number, ComparedRate>> {
  const { rows } = await client.query<RateRow>({
    text: `with used as (select distinct code, destination from rate where rate_id = any($2)),
                codes as (select distinct left(code, n) as code from (select code from used union all select unnest($3::text[])) as numbers(code),
                            generate_series(0, 18) n where code is not null and n <= length(code))
           select ${RATE_COLUMNS} from rate
            where rate_id = any($2) or (tariff = any($1) and known_to = 'infinity'
              and (code in (select code from codes) or (code is null and destination in (select destination from used))))`,
    values: [tariffs, ids, dialled],
    rowMode: 'array',
  });
  return new Map(
    rows.map((row) => {
      const { id, match, terms: priced, validFromMicros, validToMicros } = rateOfRow(row);
      const { code, destination, ...condition } = match;
      const tariff = row[1];
      const per = terms.tariffs.get(tariff)?.per ?? 1;
      return [
        id,
        { id, tariff, per, terms: priced, destination, code, condition: JSON.stringify(condition), validFromMicros, validToMicros },
      ];
    }),
  );
}
