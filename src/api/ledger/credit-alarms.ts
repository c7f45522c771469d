/** Limits that accounts have reached. */
import Type from 'typebox';
import { formatNanos } from '#core/money/amount.ts';
import { formatInstant } from '#core/time/zoned.ts';
import type { KeptCreditAlarm } from '#operations/credit/ports.ts';
import { pageOf, readCursor } from '../cursor.ts';
import { type Operation, operation } from '../operation.ts';
import { Amount, Currency, Instant, orderedBy, Page, USUAL_LIMIT } from '../schemas.ts';

const closed = { additionalProperties: false } as const;

/** Newest first. */
export type ReadCreditAlarms = (cleared: boolean, before: bigint | undefined, most: number) => Promise<readonly KeptCreditAlarm[]>;

const Alarm = Type.Object(
  {
    ...{ alarm: Type.String(), account: Type.String() },
    percent: Type.Integer({ description: 'Of the limit, that was reached.' }),
    exposure: Type.String({ ...Amount, description: 'When it was raised.' }),
    ...{ limit: Amount, currency: Currency, raisedAt: Instant },
    clearedAt: Type.Optional(Type.String({ ...Instant, description: 'Since when it no longer holds.' })),
  },
  { ...closed, title: 'CreditAlarm' },
);

export function creditAlarmOperations(read: ReadCreditAlarms): readonly Operation[] {
  return [
    operation({
      ...{ id: 'listCreditAlarms', tag: 'Ledger', method: 'GET', path: '/v1/credit-alarms', permission: 'ledger:read' },
      summary: 'Credit limits that were reached, the newest first',
      query: Type.Object(
        { ...orderedBy('-raisedAt'), cleared: Type.Optional(Type.Boolean({ description: 'Also those that no longer hold.' })) },
        closed,
      ),
      ...{ answer: Page(Alarm), refusals: ['api.cursor-wrong'] },
      async handle({ query: { limit = USUAL_LIMIT, cursor, cleared = false } }) {
        const [before] = readCursor(cursor, ['number']) ?? [];
        const found = await read(cleared, before === undefined ? undefined : BigInt(before), limit + 1);
        return { body: pageOf(found, limit, alarmShown, ({ alarmId }) => [Number(alarmId)]) };
      },
    }),
  ];
}

function alarmShown({ alarmId, account, percent, exposureNanos, limitNanos, currency, raisedAtMicros, clearedAtMicros }: KeptCreditAlarm) {
  return {
    ...{ alarm: String(alarmId), account, percent, exposure: formatNanos(exposureNanos, 2), limit: formatNanos(limitNanos, 2), currency },
    ...{ raisedAt: formatInstant(raisedAtMicros) },
    ...(clearedAtMicros === undefined ? {} : { clearedAt: formatInstant(clearedAtMicros) }),
  };
}
