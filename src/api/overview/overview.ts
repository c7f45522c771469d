/** The house in one glance: traffic and money, what waits, what is due; read once, or as a stream. */
import Type, { type Static } from 'typebox';
import { checkDays } from '../listing.ts';
import { eventsOperation, type Operation, operation } from '../operation.ts';
import { Amount, Currency, Instant, LocalDate, Money } from '../schemas.ts';
import type { LiveFeed } from './live.ts';

const closed = { additionalProperties: false } as const;
const Side = Type.Enum(['receivable', 'payable']);

export const OverviewShown = Type.Object(
  {
    on: Type.String({ ...LocalDate, description: 'The day shown: the last one with charges when none is asked for.' }),
    traffic: Type.Optional(
      Type.Array(
        Type.Object(
          { ...{ day: LocalDate, side: Side, events: Type.Integer(), answered: Type.Integer() } },
          { ...closed, title: 'DayOfTraffic' },
        ),
        { description: 'Two weeks to the day shown. With `usage:read`.' },
      ),
    ),
    money: Type.Optional(
      Type.Array(Type.Object({ day: LocalDate, side: Side, amount: Amount, currency: Currency }, { ...closed, title: 'DayOfMoney' }), {
        description: 'The same days: charges as they stand, without tax. With `settlement:read`.',
      }),
    ),
    margin: Type.Optional(
      Type.Array(Type.Object({ day: LocalDate, amount: Amount, currency: Currency }, { ...closed, title: 'DayOfMargin' }), {
        description: 'What is receivable less what is payable, in each currency for itself. With `settlement:read`.',
      }),
    ),
    held: Type.Optional(
      Type.Array(
        Type.Object(
          { reason: Type.String(), records: Type.Integer(), receivable: Type.Array(Money), payable: Type.Array(Money) },
          { ...closed, title: 'HeldForReason' },
        ),
        { description: 'Records that wait, with the money that may be at stake. With `usage:read`.' },
      ),
    ),
    alarms: Type.Optional(
      Type.Array(
        Type.Object({ source: Type.String(), kind: Type.String(), detail: Type.String(), at: Instant }, { ...closed, title: 'OpenAlarm' }),
        {
          description: 'Of collecting; those that are open, newest first, a hundred at most. With `usage:read`.',
        },
      ),
    ),
    due: Type.Optional(
      Type.Array(
        Type.Object({ agreement: Type.String(), party: Type.String(), period: Type.String() }, { ...closed, title: 'DuePeriod' }),
        {
          description: 'Periods that are over and not closed. With `settlement:read`.',
        },
      ),
    ),
    disputes: Type.Optional(
      Type.Array(
        Type.Object(
          {
            ...{ dispute: Type.String(), party: Type.String(), document: Type.String(), reason: Type.String(), respondBy: LocalDate },
            ...{ amount: Amount, currency: Currency },
          },
          { ...closed, title: 'PressingDispute' },
        ),
        { description: 'Open ones, the nearest deadline first. With `disputes:read`.' },
      ),
    ),
    charging: Type.Optional(
      Type.Object(
        {
          ...{ sessions: Type.Integer(), accounts: Type.Integer({ description: 'In memory.' }), waiting: Type.Integer() },
          requestsPerSecond: Type.Number({ description: 'Answered in the last second.' }),
        },
        { ...closed, description: 'Of the engine in this process. With `charging:read`.' },
      ),
    ),
  },
  { ...closed, title: 'Overview' },
);

export type Overview = Static<typeof OverviewShown>;

/** Which parts of it need which permission; the day needs none. */
export const partPermissions = {
  traffic: 'usage:read',
  money: 'settlement:read',
  margin: 'settlement:read',
  held: 'usage:read',
  alarms: 'usage:read',
  due: 'settlement:read',
  disputes: 'disputes:read',
  charging: 'charging:read',
} as const satisfies Partial<Record<keyof Overview, string>>;

/** The parts that somebody with these permissions sees. */
export function partsFor(whole: Overview, permissions: readonly string[]): Overview {
  const hidden = Object.entries(partPermissions).flatMap(([part, permission]) => (permissions.includes(permission) ? [] : [part]));
  return Object.fromEntries(Object.entries(whole).filter(([part]) => !hidden.includes(part))) as Overview; // all but `on` are optional
}

export interface OverviewDesk {
  /** `on` undefined: the last day with charges. */
  readonly read: (on: string | undefined) => Promise<Overview>;
}

export function overviewOperations(desk: OverviewDesk, live: Pick<LiveFeed, 'watch'>): readonly Operation[] {
  const common = { method: 'GET', tag: 'Overview', permission: 'overview:read' } as const;
  return [
    operation({
      ...common,
      ...{
        id: 'getOverview',
        path: '/v1/overview',
        summary: 'Traffic and money of two weeks, what waits, what is due',
        answer: OverviewShown,
      },
      description: 'A call that comes from one partner and goes to another is on both sides.',
      query: Type.Object({ on: Type.Optional(LocalDate) }, closed),
      handle: async ({ query, principal }) => {
        checkDays({ on: query.on });
        return { body: partsFor(await desk.read(query.on), principal.permissions) };
      },
    }),
    eventsOperation({
      ...common,
      ...{ id: 'watchLive', path: '/v1/live', summary: 'The same as it changes, once a second at most', answer: OverviewShown },
      description: 'Events `overview` have all parts that the caller may see, at first and whenever one has changed.',
      handle: async ({ principal }) => live.watch(principal.permissions),
    }),
  ];
}
