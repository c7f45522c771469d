/** A month of charges straight in the rollups, as loads leave them, from a seed. */
import type { LegRole } from '#core/agreements/agreements.ts';
import { copyRows, type Database } from '#storage/database.ts';
import { seeded } from '../../test/support/seeded.ts';

/** A line of the rollup, charged on every day of the month. */
export interface RolledLine {
  readonly agreement: string;
  readonly role: LegRole;
  readonly tariff: string;
  readonly code: string;
  /** Voice: billed in seconds, priced by the minute. SMS: by the message. */
  readonly service: 'voice' | 'sms';
  /** Ten-thousandths of a unit of currency, for a minute or a message. */
  readonly price: number;
  /** Billed on a day at most. */
  readonly most: number;
}

/** Writes a month (`2026-10`) of these lines, by agreement. Returns what each line was charged, in nanos: less than 2⁵³. */
export async function writeRollups(
  database: Database,
  month: string,
  seed: number,
  validFrom: string,
  agreements: readonly (readonly RolledLine[])[],
): Promise<readonly (readonly number[])[]> {
  const ids = await writeLines(database, validFrom, agreements.flat());
  const days = Temporal.PlainYearMonth.from(month).daysInMonth;
  const random = seeded(seed);
  const plans = agreements.map((lines) => ({
    sums: lines.map(() => 0),
    lines: lines.map((line) => {
      const id = ids.get(keyOf(line));
      if (id === undefined) throw new Error(`${line.agreement} has no line for ${keyOf(line)}`);
      return { ...line, id };
    }),
  }));
  function* rows(): Generator<string> {
    let text = '';
    // Day by day, as loads leave them: the days of a line lie far from each other.
    for (let day = 1; day <= days; day += 1)
      for (const { sums, lines } of plans) {
        for (const [at, { id, service, price, most }] of lines.entries()) {
          const voice = service === 'voice';
          const billed = 1 + Math.floor(random() * most);
          const events = voice ? 1 + Math.floor(billed / 180) : billed;
          // Nanos at 6 decimals: whole thousands, less than 2 · 10¹¹, so that the sums of a month are exact.
          const amount = Math.round((billed * price * 100) / (voice ? 60 : 1)) * 1000;
          sums[at] = (sums[at] ?? 0) + amount;
          text += `${id}\t${month}-${String(day).padStart(2, '0')}\t${events + (voice ? 3 : 0)}\t${events}\t${billed}${voice ? '000000' : ''}\t${billed}\t${amount}\n`;
        }
        if (text.length > 1 << 18) {
          yield text;
          text = '';
        }
      }
    yield text;
  }
  await database.transaction((client) =>
    copyRows(client, 'copy rollup_sum (line_id, day, events, answered, raw_quantity, billed_quantity, amount_nanos) from stdin', rows()),
  );
  await database.pool.query('vacuum analyze rollup_sum');
  await database.pool.query('checkpoint');
  return plans.map(({ sums }) => sums);
}

function keyOf({ agreement, role, tariff, code }: Pick<RolledLine, 'agreement' | 'role' | 'tariff' | 'code'>): string {
  return `${agreement} ${role} ${tariff} ${code}`;
}

/** The lines of the rollup, made when they are not there. */
async function writeLines({ pool }: Database, validFrom: string, wanted: readonly RolledLine[]): Promise<ReadonlyMap<string, number>> {
  const { rows } = await pool.query<{ agreement: string; role: LegRole; tariff: string; code: string; line: number }>(
    `with wanted as (select * from unnest($1::text[], $2::text[], $3::text[], $4::text[]) as w(agreement, role, tariff, code)),
     made as (
       insert into rollup_line (agreement, version_id, role, tariff, rate_id, destination, band, currency)
       select w.agreement, v.version_id, w.role, w.tariff, r.rate_id, r.destination, '', v.body->>'currency'
         from wanted w join config_version v on v.kind = 'agreements' and v.key = w.agreement || '@' || $5
           join rate r on r.tariff = w.tariff and r.code = w.code
       on conflict do nothing returning agreement, role, tariff, rate_id, line_id),
     all_lines as (select agreement, role, tariff, rate_id, line_id from rollup_line union select * from made)
     select agreement, role, l.tariff, r.code, line_id as line from all_lines l join rate r using (rate_id)`,
    [
      wanted.map(({ agreement }) => agreement),
      wanted.map(({ role }) => role),
      wanted.map(({ tariff }) => tariff),
      wanted.map(({ code }) => code),
      validFrom,
    ],
  );
  await pool.query('analyze rollup_line');
  return new Map(rows.map((row) => [keyOf(row), row.line]));
}

/** A positive amount over a divisor, half up to cents. */
export function cents(nanos: bigint, divisor: bigint): bigint {
  const unit = 10_000_000n * divisor;
  return ((2n * nanos + unit) / (2n * unit)) * 10_000_000n;
}

/** What the close of a month must have made of an agreement. Nanos. */
export interface ClosedTruth {
  readonly currency: string;
  readonly selfBilled: boolean;
  /** Of the charges. */
  readonly receivableNanos: bigint;
  readonly payableNanos: bigint;
  /** Of the documents: rounded once to cents, and 19 per cent of that where we sell at home. */
  readonly receivable: readonly [net: bigint, tax: bigint];
  readonly payable: readonly [net: bigint, tax: bigint];
}
