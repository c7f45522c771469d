/** Where usage comes from: how each source stands, its throughput, its alarms. */
import Type from 'typebox';
import { formatInstant } from '#core/time/zoned.ts';
import { type AlarmKind, alarmKinds } from '#operations/collecting/ports.ts';
import { type Operation, operation } from '../operation.ts';
import { Instant, Name } from '../schemas.ts';

const closed = { additionalProperties: false } as const;

export interface SourceShown {
  readonly source: string;
  readonly format: string;
  /** Where files are fetched from; undefined: they are loaded by hand. */
  readonly place: string | undefined;
  readonly loaded: number;
  readonly refused: number;
  readonly waiting: number;
  readonly openAlarms: number;
  readonly lastName: string | undefined;
  readonly lastSeenMicros: number | undefined;
  readonly lastNumber: number | undefined;
  /** Of the last seven days, by UTC day, the latest last. */
  readonly days: readonly SourceDay[];
}

export interface SourceDay {
  readonly day: string;
  readonly files: number;
  readonly read: number;
  readonly held: number;
  readonly rejected: number;
  /** While files were loaded. */
  readonly recordsPerSecond: number;
}

export interface AlarmShown {
  readonly id: number;
  readonly source: string;
  readonly kind: AlarmKind;
  readonly subject: string;
  readonly detail: string;
  readonly raisedAtMicros: number;
  readonly clearedAtMicros: number | undefined;
}

export interface Sources {
  readonly list: () => Promise<readonly SourceShown[]>;
  readonly alarms: (filter: {
    readonly source: string | undefined;
    readonly cleared: boolean;
    readonly limit: number;
  }) => Promise<readonly AlarmShown[]>;
  /** Those that were open. */
  readonly clear: (ids: readonly number[]) => Promise<readonly number[]>;
}

const Day = Type.Object(
  {
    day: Type.String(),
    files: Type.Integer(),
    read: Type.Integer(),
    held: Type.Integer(),
    rejected: Type.Integer(),
    recordsPerSecond: Type.Integer(),
  },
  closed,
);
const Source = Type.Object(
  {
    ...{
      source: Type.String(),
      format: Type.String(),
      place: Type.Optional(Type.String({ description: 'Left out: its files are loaded by hand.' })),
    },
    ...{ loaded: Type.Integer(), refused: Type.Integer(), waiting: Type.Integer(), openAlarms: Type.Integer() },
    ...{ lastFile: Type.Optional(Type.String()), lastSeen: Type.Optional(Instant), lastNumber: Type.Optional(Type.Integer()) },
    days: Type.Array(Day, { description: 'The last seven UTC days on which something was loaded.' }),
  },
  { ...closed, title: 'Source' },
);
const Alarm = Type.Object(
  {
    ...{ alarm: Type.Integer(), source: Type.String(), kind: Type.Enum([...alarmKinds]), subject: Type.String(), detail: Type.String() },
    ...{ raisedAt: Instant, clearedAt: Type.Optional(Instant) },
  },
  { ...closed, title: 'SourceAlarm' },
);

export function sourceOperations(sources: Sources): readonly Operation[] {
  const read = { tag: 'Sources', method: 'GET', permission: 'usage:read' } as const;
  return [
    operation({
      ...{ ...read, id: 'listSources', path: '/v1/sources', summary: 'How each source stands: files, what waits, alarms, throughput' },
      answer: Type.Object({ items: Type.Array(Source) }, closed),
      handle: async () => ({
        body: {
          items: (await sources.list()).map(({ place, lastName, lastSeenMicros, lastNumber, days, ...rest }) => ({
            ...{ ...rest, days: days.map((day) => ({ ...day })) },
            ...(place === undefined ? {} : { place }),
            ...(lastName === undefined ? {} : { lastFile: lastName }),
            ...(lastSeenMicros === undefined ? {} : { lastSeen: formatInstant(lastSeenMicros) }),
            ...(lastNumber === undefined ? {} : { lastNumber }),
          })),
        },
      }),
    }),
    operation({
      ...{
        ...read,
        id: 'listSourceAlarms',
        path: '/v1/sources/alarms',
        summary: 'Files that never came, came late, twice or damaged, and places that do not answer; the latest first',
      },
      query: Type.Object(
        {
          source: Type.Optional(Name),
          cleared: Type.Optional(Type.Boolean({ description: 'Also those that are cleared.' })),
          limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000 })),
        },
        closed,
      ),
      answer: Type.Object({ items: Type.Array(Alarm) }, closed),
      handle: async ({ query: { source, cleared = false, limit = 100 } }) => ({
        body: {
          items: (await sources.alarms({ source, cleared, limit })).map(({ id, raisedAtMicros, clearedAtMicros, ...rest }) => ({
            ...{ alarm: id, ...rest, raisedAt: formatInstant(raisedAtMicros) },
            ...(clearedAtMicros === undefined ? {} : { clearedAt: formatInstant(clearedAtMicros) }),
          })),
        },
      }),
    }),
    operation({
      ...{ tag: 'Sources', method: 'POST', permission: 'usage:manage', repetition: 'key', audit: { subject: 'source-alarm' } },
      ...{ id: 'clearSourceAlarms', path: '/v1/sources/alarms/clearings', summary: 'Clear alarms: somebody has seen to them' },
      body: Type.Object(
        { alarms: Type.Array(Type.Integer({ minimum: 1, maximum: 2_147_483_647 }), { minItems: 1, maxItems: 1_000 }) },
        closed,
      ),
      answer: Type.Object({ cleared: Type.Array(Type.Integer(), { description: 'Those that were open.' }) }, closed),
      handle: async ({ body }) => ({ body: { cleared: [...(await sources.clear(body.alarms))] } }),
    }),
  ];
}
