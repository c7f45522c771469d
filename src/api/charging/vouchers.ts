/** Vouchers: batches are made and stopped here; customers use them one by one. */
import Type from 'typebox';
import { formatNanos } from '#core/money/amount.ts';
import { formatInstant } from '#core/time/zoned.ts';
import { listed, numberKey } from '../listing.ts';
import { actorOf, type Operation, operation } from '../operation.ts';
import { Currency, Instant, Money, Name, Page, sortedQuery } from '../schemas.ts';
import { microsOf, nanosOf } from './read-use.ts';

const closed = { additionalProperties: false } as const;
/** Of one request; several batches are as good. */
const MOST_CODES = 10_000;

export interface BatchWords {
  readonly nanos: bigint;
  readonly currency: string;
  readonly allowances: readonly string[];
  readonly validToMicros: number | undefined;
  readonly madeBy: string;
}

export interface BatchKept extends BatchWords {
  readonly batch: number;
  readonly madeMicros: number;
  readonly stoppedMicros: number | undefined;
  readonly count: number;
  readonly used: number;
}

/** Methods throw RefusedError for what is refused. */
export interface VoucherDesk {
  readonly batches: () => Promise<readonly BatchKept[]>;
  readonly make: (
    words: BatchWords,
    count: number,
    digits: number,
  ) => Promise<{ readonly batch: number; readonly codes: readonly string[] }>;
  readonly stop: (batch: number) => Promise<void>;
}

const Batch = Type.Object(
  {
    ...{ batch: Type.String(), money: Money, allowances: Type.Array(Type.String()), count: Type.Integer(), used: Type.Integer() },
    ...{ made: Instant, madeBy: Type.String(), until: Type.Optional(Instant), stopped: Type.Optional(Instant) },
  },
  { ...closed, title: 'VoucherBatch' },
);

export function voucherOperations(desk: VoucherDesk): readonly Operation[] {
  const common = { tag: 'Charging accounts' } as const;
  return [
    operation({
      ...{ ...common, method: 'GET', permission: 'charging:read', query: Type.Object(sortedQuery, closed) },
      ...{ id: 'listVoucherBatches', path: '/v1/charging/voucher-batches', summary: 'Batches of vouchers, and how many of each were used' },
      ...{ answer: Page(Batch), refusals: ['api.cursor-wrong'] },
      handle: async ({ query }) => ({ body: listed(await desk.batches(), query, ({ batch }) => numberKey(batch), batchShown) }),
    }),
    operation({
      ...{ ...common, method: 'POST', permission: 'charging:manage', repetition: 'natural', status: 201 },
      ...{ id: 'makeVouchers', path: '/v1/charging/voucher-batches', summary: 'Make a batch of vouchers' },
      audit: { subject: 'voucher-batch', made: ({ batch }: { batch: string }) => batch },
      description: 'The codes are answered once and kept as hashes only, so a repetition makes another batch: stop the one that was lost.',
      body: Type.Object(
        {
          count: Type.Integer({ minimum: 1, maximum: MOST_CODES }),
          ...{ amount: Type.Optional(Type.String({ pattern: '^[0-9]{1,9}(\\.[0-9]{1,9})?$' })), currency: Currency },
          allowances: Type.Optional(Type.Array(Name, { maxItems: 20, uniqueItems: true })),
          ...{
            until: Type.Optional(Instant),
            digits: Type.Optional(Type.Integer({ minimum: 16, maximum: 32, description: '20 when left out.' })),
          },
        },
        closed,
      ),
      answer: Type.Object({ batch: Type.String(), codes: Type.Array(Type.String()) }, closed),
      refusals: ['charging.allowance-unknown', 'charging.amount-wrong'],
      handle: async ({ body: { count, amount, currency, allowances = [], until, digits = 20 }, principal }) => {
        const words = { currency, allowances, nanos: amount === undefined ? 0n : nanosOf(amount), madeBy: actorOf(principal) };
        const made = await desk.make(
          { ...words, validToMicros: until === undefined ? undefined : microsOf(until, 'body/until') },
          count,
          digits,
        );
        return { body: { batch: String(made.batch), codes: [...made.codes] } };
      },
    }),
    operation({
      ...{ ...common, method: 'POST', permission: 'charging:manage', repetition: 'key', audit: { subject: 'voucher-batch' } },
      ...{ id: 'stopVouchers', path: '/v1/charging/voucher-batches/{batch}/stops' },
      summary: 'No voucher of a batch can be used from now on',
      parameters: Type.Object({ batch: Type.String({ pattern: '^[1-9][0-9]{0,8}$' }) }),
      ...{ answer: Type.Object({ stopped: Type.Boolean() }, closed), refusals: ['charging.voucher-unknown'] },
      handle: async ({ parameters }) => {
        await desk.stop(Number(parameters.batch));
        return { body: { stopped: true } };
      },
    }),
  ];
}

function batchShown({ batch, nanos, currency, allowances, count, used, madeMicros, madeBy, validToMicros, stoppedMicros }: BatchKept) {
  return {
    ...{ batch: String(batch), money: { amount: formatNanos(nanos, 2), currency }, allowances: [...allowances], count, used },
    ...{ made: formatInstant(madeMicros), madeBy },
    ...(validToMicros === undefined ? {} : { until: formatInstant(validToMicros) }),
    ...(stoppedMicros === undefined ? {} : { stopped: formatInstant(stoppedMicros) }),
  };
}
