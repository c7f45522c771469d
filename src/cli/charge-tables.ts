/** How accounts of online charging are printed. */
import type { StoredBatch } from '#app/charging/desk.ts';
import type { KeptCommand, KeptEntry, SessionTrace } from '#app/charging/trace.ts';
import { type ChargingAccount, FOREVER } from '#core/charging/account.ts';
import type { ShownCounter } from '#core/charging/shown.ts';
import { formatNanos } from '#core/money/amount.ts';
import { formatInstant } from '#core/time/zoned.ts';
import { type Column, formatTable } from './table.ts';

/** Money with its decimals, other units as whole numbers. */
export function amountText(amount: bigint, unit: string): string {
  return unit === 'money' ? formatNanos(amount, 2) : String(amount);
}

const until = (micros: number): string => (micros === FOREVER ? '' : formatInstant(micros));

/** `counters`: where they are shown. */
export function printAccount(account: ChargingAccount, json: boolean, counters?: readonly ShownCounter[]): string {
  if (json) return `${JSON.stringify(accountJson(account, counters))}\n`;
  const { id, plan, currency, status, identities, pools, debtNanos, buckets, sessions } = account;
  const lines = [`${id}: plan ${plan}, ${currency}, ${status}`];
  if (identities.length > 0) lines.push(`known as ${identities.map(({ kind, value }) => `${kind}:${value}`).join(', ')}`);
  for (const { pool, caps } of pools) {
    const most = caps.map((cap) => `at most ${cap.most} of ${cap.definition}`).join(', ');
    lines.push(`draws from ${pool}${most === '' ? '' : `, ${most}`}`);
  }
  if (debtNanos > 0n) lines.push(`owes ${formatNanos(debtNanos, 2)} ${currency}, which the next top-up pays first`);
  const columns: readonly Column[] = [
    { title: 'no', align: 'right' },
    { title: 'bucket' },
    { title: 'unit', cut: 'never' },
    { title: 'left', align: 'right' },
    { title: 'set aside', align: 'right' },
    { title: 'credit', align: 'right' },
    { title: 'until', cut: 'never' },
  ];
  const rows = buckets.map(({ id: number, definition, unit, value, reserved, limit, validToMicros }) => [
    String(number),
    definition,
    unit,
    amountText(value, unit),
    reserved === 0n ? '' : amountText(reserved, unit),
    limit === 0n ? '' : amountText(limit, unit),
    until(validToMicros),
  ]);
  lines.push('', formatTable(columns, rows));
  if (counters !== undefined && counters.length > 0) {
    const counted = counters.map(({ key, unit = '', value, reserved, toMicros }) => [
      key,
      unit,
      amountText(value, unit),
      reserved === 0n ? '' : amountText(reserved, unit),
      until(toMicros),
    ]);
    lines.push(
      '',
      formatTable(
        [
          { title: 'counter' },
          { title: 'unit', cut: 'never' },
          { title: 'value', align: 'right' },
          { title: 'set aside', align: 'right' },
          { title: 'until', cut: 'never' },
        ],
        counted,
      ),
    );
  }
  if (sessions.length > 0) {
    const running = sessions.map(({ id: session, service, startedMicros, expiresMicros }) => [
      session,
      service,
      formatInstant(startedMicros),
      formatInstant(expiresMicros),
    ]);
    lines.push(
      '',
      formatTable(
        [
          { title: 'session' },
          { title: 'service', cut: 'never' },
          { title: 'since', cut: 'never' },
          { title: 'silent until', cut: 'never' },
        ],
        running,
      ),
    );
  }
  return `${lines.join('\n')}\n`;
}

function accountJson(account: ChargingAccount, counters: readonly ShownCounter[] | undefined): object {
  const { id, plan, currency, status, identities, pools, debtNanos, buckets, sessions } = account;
  return {
    account: id,
    plan,
    currency,
    status,
    identities: identities.map(({ kind, value }) => `${kind}:${value}`),
    pools: pools.map(({ pool, caps }) => ({
      pool,
      caps: Object.fromEntries(caps.map(({ definition, most }) => [definition, String(most)])),
    })),
    owes: formatNanos(debtNanos, 2),
    buckets: buckets.map(({ id: number, definition, unit, value, reserved, limit, validToMicros }) => ({
      bucket: number,
      definition,
      unit,
      left: amountText(value, unit),
      setAside: amountText(reserved, unit),
      credit: amountText(limit, unit),
      ...(validToMicros === FOREVER ? {} : { validTo: formatInstant(validToMicros) }),
    })),
    counters: counters?.map(({ key, unit, value, reserved, toMicros }) => ({
      counter: key,
      unit,
      value: amountText(value, unit ?? ''),
      setAside: amountText(reserved, unit ?? ''),
      ...(toMicros === FOREVER ? {} : { until: until(toMicros) }),
    })),
    sessions: sessions.map(({ id: session, service, startedMicros, expiresMicros }) => ({
      session,
      service,
      since: formatInstant(startedMicros),
      silentUntil: formatInstant(expiresMicros),
    })),
  };
}

/** Balances, and what else was done to the account, by time. */
export function printHistory(entries: readonly KeptEntry[], commands: readonly KeptCommand[], most: number, json: boolean): string {
  const all = [...entries, ...commands].sort((a, b) => b.atMicros - a.atMicros).slice(0, most); // of one instant: as they came
  if (json) return all.map((each) => `${JSON.stringify('command' in each ? commandJson(each) : entryJson(each))}\n`).join('');
  if (all.length === 0) return 'nothing has changed yet\n';
  const rows = all.map((each) => ('command' in each ? commandRow(each) : entryRow(each)));
  return `${formatTable(entryColumns, rows, { width: 160 })}\n`;
}

function commandRow({ atMicros, command: { text, ...command } }: KeptCommand): readonly string[] {
  return [formatInstant(atMicros), '', '', '', '', `${commandText(command)}${text === undefined ? '' : `, ${text}`}`];
}

/** Amounts in what they are of; everything else by its name. */
function commandText({ kind, key: _, ...said }: Omit<KeptCommand['command'], 'text'>): string {
  const { unit = 'money', ...named } = said as { readonly unit?: string }; // those that have one
  const words = Object.entries(named).map(([name, value]: [string, unknown]) => {
    if (typeof value === 'bigint') return `${name === 'nanos' ? 'amount' : name} ${amountText(value, unit)}`;
    if (name.endsWith('Micros') && typeof value === 'number')
      return `${name.slice(0, -'Micros'.length)} ${value === 0 ? 'no longer' : formatInstant(value)}`;
    return `${name} ${typeof value === 'object' ? JSON.stringify(value, digits) : String(value)}`;
  });
  return [kind, ...words].join(' ');
}

function commandJson({ atMicros, account, command: { kind, key, text, ...said } }: KeptCommand): object {
  const note = text === undefined ? {} : { note: text };
  return { account, at: formatInstant(atMicros), cause: kind, of: key, ...note, command: JSON.parse(JSON.stringify(said, digits)) };
}

const digits = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value);

const entryColumns: readonly Column[] = [
  { title: 'at', cut: 'never' },
  { title: 'bucket' },
  { title: 'unit', cut: 'never' },
  { title: 'change', align: 'right' },
  { title: 'left', align: 'right' },
  { title: 'why' },
];

function entryRow({ atMicros, bucket, definition, unit, before, after, cause, of, number, note }: KeptEntry): readonly string[] {
  const change = after - before;
  const why = cause === 'use' || cause === 'refund' ? `${cause} ${of}, request ${number}` : `${cause} ${note ?? of}`;
  return [
    formatInstant(atMicros),
    `${bucket} ${definition}`,
    unit,
    `${change > 0n ? '+' : ''}${amountText(change, unit)}`,
    amountText(after, unit),
    why,
  ];
}

function entryJson({ account, atMicros, bucket, definition, unit, before, after, cause, of, number, note }: KeptEntry): object {
  const request = cause === 'use' || cause === 'refund' ? { request: number } : {};
  const change = { before: amountText(before, unit), after: amountText(after, unit) };
  return {
    account,
    at: formatInstant(atMicros),
    bucket,
    definition,
    unit,
    ...change,
    cause,
    of,
    ...request,
    ...(note === undefined ? {} : { note }),
  };
}

export function printTrace(
  { account, session, closedMicros, result, detail, open, entries, records }: SessionTrace,
  json: boolean,
): string {
  if (json) {
    const used = records.map(({ record, booked, explanation }) => ({
      record: record.id,
      ...(booked === undefined ? {} : { event: booked }),
      start: formatInstant(record.event.startMicros),
      charged: formatNanos(record.chargedNanos, 2),
      unpaid: formatNanos(record.unpaidNanos, 2),
      currency: record.currency,
      covered: record.covered.map(({ definition, units }) => ({ definition, units: String(units) })),
      paid: record.paid.map(({ definition, nanos }) => ({ definition, amount: formatNanos(nanos, 2) })),
      steps: explanation?.steps ?? [],
    }));
    const over = closedMicros === undefined ? {} : { closed: formatInstant(closedMicros) };
    return `${JSON.stringify({ account, session, ...over, result, detail, changes: entries.map(entryJson), used })}\n`;
  }
  const lines = [
    `session ${session} of account ${account}: ${closedMicros === undefined ? 'open' : `over since ${formatInstant(closedMicros)}`}, last answer ${result ?? ''}${detail === undefined ? '' : `: ${detail}`}`,
  ];
  for (const { ratingGroup, unit, use, grant } of open?.items ?? []) {
    const group = ratingGroup === undefined ? '' : `rating group ${ratingGroup}: `;
    lines.push(
      `  ${group}used ${use?.used ?? 0n} ${unit} since the charge began, ${formatNanos(use?.chargedNanos ?? 0n, 2)} charged; granted ${grant?.units ?? 0n}`,
    );
  }
  lines.push('', entries.length === 0 ? 'it changed no balance' : formatTable(entryColumns, entries.map(entryRow), { width: 160 }));
  for (const { record, booked, steps } of records) {
    const covered = record.covered.map(({ definition, units }) => `${units} by ${definition}`);
    const paid = record.paid.map(({ definition, nanos }) => `${formatNanos(nanos, 2)} by ${definition}`);
    lines.push(
      '',
      `${record.id}: ${formatNanos(record.chargedNanos, 2)} ${record.currency} charged; ${[...covered, ...paid].join(', ') || 'nothing to pay'}${booked === undefined ? '' : `; event ${booked} of the books of usage`}`,
      steps,
    );
  }
  return `${lines.join('\n')}\n`;
}

export function printBatches(batches: readonly StoredBatch[], json: boolean): string {
  if (json) {
    return batches
      .map(({ nanos, madeMicros, validToMicros, stoppedMicros, ...batch }) =>
        JSON.stringify({
          ...batch,
          amount: formatNanos(nanos, 2),
          made: formatInstant(madeMicros),
          ...(validToMicros === undefined ? {} : { validTo: formatInstant(validToMicros) }),
          ...(stoppedMicros === undefined ? {} : { stopped: formatInstant(stoppedMicros) }),
        }),
      )
      .map((line) => `${line}\n`)
      .join('');
  }
  if (batches.length === 0) return 'no vouchers were made yet\n';
  const columns: readonly Column[] = [
    { title: 'batch', align: 'right' },
    { title: 'made', cut: 'never' },
    { title: 'brings' },
    { title: 'vouchers', align: 'right' },
    { title: 'used', align: 'right' },
    { title: 'until', cut: 'never' },
  ];
  const rows = batches.map(({ batch, madeMicros, nanos, currency, allowances, count, used, validToMicros, stoppedMicros }) => [
    String(batch),
    formatInstant(madeMicros),
    [...(nanos > 0n ? [`${formatNanos(nanos, 2)} ${currency}`] : []), ...allowances].join(', '),
    String(count),
    String(used),
    stoppedMicros === undefined ? (validToMicros === undefined ? '' : formatInstant(validToMicros)) : 'stopped',
  ]);
  return `${formatTable(columns, rows)}\n`;
}
