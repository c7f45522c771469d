/** Batches of vouchers, and each one's single use. */
import type { AccountCommand } from '#core/charging/command.ts';
import type { StoredBatch, VoucherBooks } from '#operations/charging/ports.ts';
import { formatTimestamptz } from '../column-types.ts';
import type { Database } from '../database.ts';
import { leaveCommand } from './desk.ts';

export function voucherBooksOn(database: Database): VoucherBooks {
  const { pool } = database;
  return {
    insertBatch: ({ nanos, currency, allowances, validToMicros, madeBy }, hashes) =>
      database.transaction(async (client) => {
        const { rows } = await client.query<{ id: number }>(
          `insert into voucher_batch (nanos, currency, allowances, valid_to, made_by) values ($1, $2, $3, $4, $5) returning batch_id as id`,
          [nanos, currency, allowances, validToMicros === undefined ? null : formatTimestamptz(validToMicros), madeBy],
        );
        const batch = rows[0]?.id ?? 0;
        await client.query(
          'insert into voucher (code_hash, batch_id, serial) select h, $1, n from unnest($2::bytea[]) with ordinality as v (h, n)',
          [batch, hashes.map((hash) => Buffer.from(hash))],
        );
        return batch;
      }),
    async batches() {
      const { rows } = await pool.query<BatchRow>(
        `select b.batch_id, b.nanos, b.currency, b.allowances, b.made_by,
                (extract(epoch from b.made_at) * 1000000)::bigint as made, (extract(epoch from b.valid_to) * 1000000)::bigint as valid_to,
                (extract(epoch from b.stopped_at) * 1000000)::bigint as stopped, count(v.*) as vouchers,
                count(v.*) filter (where v.command_key is not null and not exists
                  (select from charging_command c where c.command_key = v.command_key and c.state = 'refused')) as used
           from voucher_batch b left join voucher v using (batch_id) group by b.batch_id order by b.batch_id`,
      );
      return rows.map(batchFrom);
    },
    async stop(batch) {
      const { rowCount } = await pool.query(
        'update voucher_batch set stopped_at = coalesce(stopped_at, clock_timestamp()) where batch_id = $1',
        [batch],
      );
      return rowCount === 1;
    },
    take: (hash, account, nowMicros, text) =>
      database.transaction(async (client) => {
        // The row is locked: a parallel attempt waits, and then finds it used.
        const { rows } = await client.query<VoucherRow>(
          `select v.batch_id, v.serial, v.attempt, b.nanos, b.currency, b.allowances,
                  b.stopped_at is not null or coalesce(b.valid_to <= $2, false) as over,
                  v.command_key is not null and not exists (select from charging_command c where c.command_key = v.command_key and c.state = 'refused') as used
             from voucher v join voucher_batch b using (batch_id) where v.code_hash = $1 for update of v`,
          [Buffer.from(hash), formatTimestamptz(nowMicros)],
        );
        const [found] = rows;
        if (found === undefined) return { kind: 'unknown' };
        if (found.used) return { kind: 'used' };
        if (found.over) return { kind: 'over' };
        const serial = `${found.batch_id}-${found.serial}`;
        const key = `voucher:${serial}:${found.attempt + 1}`;
        const { nanos, currency, allowances } = found;
        const command: AccountCommand = { kind: 'voucher', key, text, serial, nanos, currency, allowances };
        await client.query(
          'update voucher set attempt = attempt + 1, command_key = $2, account_id = $3, used_at = clock_timestamp() where code_hash = $1',
          [Buffer.from(hash), key, account],
        );
        if (!(await leaveCommand(client, account, command))) throw new Error(`the command ${key} is there already`);
        return { kind: 'taken', key };
      }),
  };
}

interface VoucherRow {
  readonly batch_id: number;
  readonly serial: number;
  readonly attempt: number;
  readonly nanos: bigint;
  readonly currency: string;
  readonly allowances: readonly string[];
  readonly over: boolean;
  readonly used: boolean;
}

interface BatchRow {
  readonly batch_id: number;
  readonly nanos: bigint;
  readonly currency: string;
  readonly allowances: readonly string[];
  readonly made_by: string;
  readonly made: bigint;
  readonly valid_to: bigint | null;
  readonly stopped: bigint | null;
  readonly vouchers: bigint;
  readonly used: bigint;
}

function batchFrom({ batch_id, nanos, currency, allowances, made_by, made, valid_to, stopped, vouchers, used }: BatchRow): StoredBatch {
  return {
    batch: batch_id,
    nanos,
    currency,
    allowances,
    madeBy: made_by,
    madeMicros: Number(made),
    validToMicros: valid_to === null ? undefined : Number(valid_to),
    stoppedMicros: stopped === null ? undefined : Number(stopped),
    count: Number(vouchers),
    used: Number(used),
  };
}
