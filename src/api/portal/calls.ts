/** A partner's calls with their charge; and the days of which none are left. */
import Type from 'typebox';
import { formatNanos } from '#core/money/amount.ts';
import { formatInstant } from '#core/time/zoned.ts';
import type { AfterCall, PartyCall, PartyCallFilter } from '#operations/portal/ports.ts';
import { pageOf, readCursor } from '../cursor.ts';
import { checkDays } from '../listing.ts';
import { type Operation, operation } from '../operation.ts';
import { Amount, Currency, Instant, LocalDate, Name, orderedBy, Page, USUAL_LIMIT } from '../schemas.ts';
import { DeletedDays, type DeletedShown, deletedShown } from '../usage/deleted-days.ts';

const closed = { additionalProperties: false } as const;

export interface CallsDesk {
  readonly calls: (filter: PartyCallFilter, after: AfterCall | undefined, most: number) => Promise<readonly PartyCall[]>;
  /** Days that are asked for and whose records were deleted; undefined: there are none. */
  readonly deletedCalls: (filter: Pick<PartyCallFilter, 'from' | 'to'>) => Promise<DeletedShown | undefined>;
}

const Call = Type.Object(
  {
    ...{ call: Type.String(), started: Instant, service: Type.String(), calling: Type.Optional(Type.String()), called: Type.String() },
    ...{
      answered: Type.Boolean(),
      seconds: Type.String({ description: 'As measured, exact.' }),
      agreement: Type.String(),
      role: Type.String(),
    },
    ...{ destination: Type.String(), billed: Type.String(), amount: Amount, currency: Currency },
  },
  { ...closed, title: 'PortalCall' },
);

export function callsOperation(desk: CallsDesk): Operation {
  return operation({
    ...{ tag: 'Portal', permission: 'portal:use', forParties: ['partner'], method: 'GET' },
    ...{ id: 'listPortalCalls', path: '/v1/portal/calls', summary: 'Calls and messages with their charge, in the order of their time' },
    description: 'Of each, the side that is between you and us. Numbers are shown as the network gave them.',
    query: Type.Object({ ...orderedBy('start'), from: LocalDate, to: LocalDate, agreement: Type.Optional(Name) }, closed),
    answer: Type.Object({ ...Page(Call).properties, deleted: Type.Optional(DeletedDays) }, closed),
    refusals: ['api.cursor-wrong'],
    personal: 'whole',
    handle: async ({ query: { limit = USUAL_LIMIT, cursor, ...filter } }) => {
      checkDays({ from: filter.from, to: filter.to });
      const [started, event, leg] = readCursor(cursor, ['number', 'string', 'string']) ?? [];
      const id = typeof event === 'string' && /^\d{1,18}$/.test(event) ? BigInt(event) : 0n;
      const after = started === undefined ? undefined : { startedMicros: Number(started), eventId: id, leg: String(leg) };
      const found = await desk.calls(filter, after, limit + 1);
      const page = pageOf(found, limit, callShown, (call) => [call.startedMicros, String(call.eventId), call.leg]);
      const deleted = page.next === null ? await desk.deletedCalls(filter) : undefined;
      return { body: { ...page, ...deletedShown(deleted) } };
    },
  });
}

function callShown({ eventId, leg, startedMicros, calling, durationMicros, billed, amountNanos, ...call }: PartyCall) {
  const { service, called, answered, agreement, role, destination, currency } = call;
  const micros = durationMicros.toString().padStart(7, '0');
  return {
    ...{
      call: `${eventId}/${leg}`,
      started: formatInstant(startedMicros),
      service,
      called,
      answered,
      agreement,
      role,
      destination,
      currency,
    },
    ...{ seconds: `${micros.slice(0, -6)}.${micros.slice(-6)}`.replace(/\.?0+$/, ''), billed: billed.toString() },
    amount: formatNanos(amountNanos, 2),
    ...(calling === undefined ? {} : { calling }),
  };
}
