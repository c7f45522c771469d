/** Sums for reports. */
import type pg from 'pg';
import { type LegRole, legRoles } from '#core/agreements/agreements.ts';
import { services } from '#core/usage/usage-event.ts';
import { NO_DELAYS, trafficKind } from '#operations/reports/ports.ts';
import type { BookedDelays, BookedSum, Dimension, ReportQuestion } from '#operations/reports/report.ts';

/** What configuration knows of names in the books. */
export interface ReportNames {
  /** Party of an agreement. */
  readonly partnerOf: (agreement: string) => string;
  /** Agreements of a party. */
  readonly agreementsOf: (partner: string) => readonly string[];
  /** Service of a tariff; undefined for one that is not known any more. */
  readonly serviceOf: (tariff: string) => string | undefined;
}

interface SumRow {
  readonly row: string | number | null;
  readonly column: string | number | null;
  readonly currency: string | null;
  readonly role: LegRole | null;
  readonly leg?: 'in' | 'out';
  readonly tariff?: string;
  readonly attempts: string;
  readonly answered: string;
  readonly micros: string;
  readonly nanos: string;
  /** Left out where sums know of none. */
  readonly pdd_calls?: string;
  readonly pdd_millis?: string;
  readonly pdd_slow?: string;
}

/** From the rollup, which adds up what statements say. */
export async function selectRollupSums(
  client: pg.ClientBase | pg.Pool,
  question: ReportQuestion,
  names: ReportNames,
): Promise<readonly BookedSum[]> {
  const column = (dimension: Dimension | undefined): string =>
    dimension === undefined
      ? `''::text`
      : dimension === 'day'
        ? 's.day::text'
        : dimension === 'destination'
          ? 'l.destination'
          : dimension === 'service'
            ? 'l.tariff'
            : 'l.agreement';
  // Lines first: their names are texts, and days are many.
  const { rows } = await client.query<SumRow>(
    `select ${column(question.rows)} as row, ${column(question.columns)} as column, l.currency, l.role, l.tariff, sum(s.events)::text as attempts,
         sum(s.answered)::text as answered, sum(s.raw)::text as micros, sum(s.nanos)::text as nanos
       from (select line_id, ${question.rows === 'day' || question.columns === 'day' ? 'day' : 'null::date as day'}, sum(events) as events, sum(answered) as answered,
                trim_scale(sum(raw_quantity)) as raw, trim_scale(sum(amount_nanos)) as nanos
              from rollup_sum where day between $1 and $2 group by 1, 2) as s join rollup_line l using (line_id)
      where ($3::text[] is null or l.agreement = any($3)) and ($4::text is null or l.destination = $4)
      group by 1, 2, 3, 4, 5`,
    [
      question.from,
      question.to,
      question.partner === undefined ? null : names.agreementsOf(question.partner),
      question.destination ?? null,
    ],
  );
  return rows.flatMap((row) => {
    const service = names.serviceOf(row.tariff ?? '') ?? '';
    if (question.service !== undefined && service !== question.service) return [];
    return [sumOf(row, question, names, service)];
  });
}

/** Post-dial delays, which the rollup does not know, of what a question about it asks. */
export async function selectDelays(
  client: pg.ClientBase | pg.Pool,
  question: ReportQuestion,
  names: ReportNames,
): Promise<readonly BookedDelays[]> {
  return await selectTrafficSums(client, question, names, 'where pdd_calls > 0 and');
}

/** From records as they were booked: by trunk, hour and cause. */
export async function selectTrafficSums(
  client: pg.ClientBase | pg.Pool,
  question: ReportQuestion,
  names: ReportNames,
  where: 'where' | 'where pdd_calls > 0 and' = 'where',
): Promise<readonly BookedSum[]> {
  const { rows: row, columns, destination, trunk, partner, service } = question;
  const asked = new Set<Dimension>([row]);
  if (columns !== undefined) asked.add(columns);
  if (destination !== undefined) asked.add('destination');
  if (trunk !== undefined) asked.add('trunk');
  const column = (dimension: Dimension | undefined): string => {
    switch (dimension) {
      case undefined:
        return `''::text`;
      case 'day':
        return 't.day::text';
      case 'partner':
      case 'agreement':
        return 't.agreement';
      case 'hour':
        return `to_char(t.hour, 'FM00')`;
      case 'trunk':
        return '(select name from usage_trunk where trunk_id = t.trunk)';
      default:
        return `t.${dimension}`;
    }
  };
  const { rows } = await client.query<SumRow>(
    `with t as (
       select ${['day', 'hour', 'trunk', 'destination', 'cause', 'agreement', 'service'].map((name) => (grouped(name, asked) ? name : `null as ${name}`)).join(', ')},
           leg, role, currency, sum(attempts)::text as attempts, sum(answered)::text as answered, sum(micros)::text as micros, trim_scale(sum(amount_nanos))::text as nanos,
           sum(pdd_calls)::text as pdd_calls, sum(pdd_millis)::text as pdd_millis, sum(pdd_slow)::text as pdd_slow
         from usage_traffic ${where} kind = $1 and day between $2 and $3 and ($4::text[] is null or agreement = any($4)) and ($5::text is null or destination = $5)
           and ($6::text is null or trunk = (select trunk_id from usage_trunk where name = $6)) and ($7::smallint is null or service = $7)
        group by leg, role, currency${['day', 'hour', 'trunk', 'destination', 'cause', 'agreement', 'service']
          .filter((name) => grouped(name, asked))
          .map((name) => `, ${name}`)
          .join('')})
     select ${column(row)} as row, ${column(columns)} as column, currency, role, leg, attempts, answered, micros, nanos, pdd_calls, pdd_millis, pdd_slow from t`,
    [
      ...[
        trafficKind(asked) ?? 1,
        question.from,
        question.to,
        partner === undefined ? null : names.agreementsOf(partner),
        destination ?? null,
      ],
      ...[trunk ?? null, service === undefined ? null : services.indexOf(service)],
    ],
  );
  return rows.map((each) => sumOf(each, question, names, ''));
}

function grouped(name: string, asked: ReadonlySet<Dimension>): boolean {
  return [...asked].some((dimension) => dimension === name || (dimension === 'partner' && name === 'agreement'));
}

function sumOf(row: SumRow, question: ReportQuestion, names: ReportNames, service: string): BookedSum {
  const name = (dimension: Dimension | undefined, value: string | number | null): string => {
    if (dimension === 'partner') return value === null ? '' : names.partnerOf(String(value));
    if (dimension === 'service') return typeof value === 'number' ? (services[value] ?? '') : service;
    return value === null ? '' : String(value);
  };
  // What has no charge is told by its end: who hands calls in, owes for them.
  const side = row.role === null ? (row.leg === 'out' ? 'payable' : 'receivable') : legRoles[row.role];
  const hasDuration = service === '' || service === 'voice';
  return {
    ...{ row: name(question.rows, row.row), column: name(question.columns, row.column), currency: row.currency ?? '', side },
    ...{ attempts: BigInt(row.attempts), answered: BigInt(row.answered), amountNanos: BigInt(row.nanos.split('.')[0] ?? '0') },
    micros: hasDuration ? BigInt(row.micros.split('.')[0] ?? '0') : 0n,
    pdd: delaysOf(row),
  };
}

function delaysOf({ pdd_calls: calls, pdd_millis: millis, pdd_slow: slow }: SumRow): BookedSum['pdd'] {
  if (calls === undefined || millis === undefined || slow === undefined) return NO_DELAYS;
  return { calls: BigInt(calls), millis: BigInt(millis), slow: BigInt(slow) };
}
