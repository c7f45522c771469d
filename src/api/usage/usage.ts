/** Records of usage, their charges with the reasons, and what waits. */
import Type from 'typebox';
import { formatNanos } from '#core/money/amount.ts';
import type { Explanation as Explaining } from '#core/rating/explanation.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import { formatInstant, parseInstant } from '#core/time/zoned.ts';
import { type Service, services } from '#core/usage/usage-event.ts';
import { pageOf, readCursor } from '../cursor.ts';
import { checkDays } from '../listing.ts';
import { type Operation, operation } from '../operation.ts';
import { Explained, explainedShown } from '../said.ts';
import { Instant, Money, Name, orderedBy, Page, USUAL_LIMIT } from '../schemas.ts';
import { DeletedDays, type DeletedShown, deletedShown } from './deleted-days.ts';
import { numbersFor, type Shown } from './masking.ts';
import { MissingRate, missingRate } from './missing-rate.ts';
import { HeldGroupName } from './search-fields.ts';

const closed = { additionalProperties: false } as const;
const outcomes = ['rated', 'held', 'rejected', 'duplicate'] as const;
const groupings = ['reason', 'source', 'trunk', 'destination', 'group'] as const;

export interface RecordQuestion {
  readonly record: string;
  readonly raw: boolean;
  readonly limit: number;
}

export interface UsageRecordShown {
  readonly id: number;
  readonly status: string;
  readonly file: string;
  readonly source: string;
  readonly callId: string | undefined;
  readonly reason: string | undefined;
  readonly detail: string | undefined;
  readonly call:
    | {
        readonly service: string;
        readonly startMicros: number;
        readonly calling?: string | undefined;
        readonly called: string;
        readonly trunkIn?: string | undefined;
        readonly trunkOut?: string | undefined;
        readonly answered: boolean;
        readonly durationMicros: number;
        readonly cause?: string | undefined;
      }
    | undefined;
  readonly charges: readonly {
    readonly charge: string;
    readonly role: string;
    readonly agreement: string;
    readonly destination: string;
    readonly amountNanos: bigint;
    readonly currency: string;
  }[];
  readonly raw: string | undefined;
}

export interface ExplainedShown {
  readonly id: number;
  readonly raw: string;
  readonly knownAtMicros: number;
  readonly charges: readonly {
    readonly charge: string;
    readonly agreement: string;
    readonly role: string;
    readonly side: string;
    readonly dueNanos: bigint;
    readonly currency: string;
    /** As it is told to people. */
    readonly steps: string;
    readonly explained: Explaining['steps'];
    readonly isAsBooked: boolean;
  }[];
}

export interface SuspenseShown {
  readonly group: string;
  readonly records: number;
  readonly firstSeenMicros: number;
  readonly lastSeenMicros: number;
  readonly receivable: Readonly<Record<string, bigint>>;
  readonly payable: Readonly<Record<string, bigint>>;
  readonly remedy: string | undefined;
}

/** Where a page ended. */
export interface CallPlace {
  /** UTC; empty for records that have none. */
  readonly day: string;
  readonly id: number;
}

export interface CallSearch {
  readonly number?: string;
  readonly calling?: string;
  readonly called?: string;
  readonly exact?: boolean;
  readonly callId?: string;
  readonly trunk?: string;
  readonly partner?: string;
  readonly agreement?: string;
  readonly destination?: string;
  readonly file?: string;
  /** UTC microseconds, `to` exclusive. */
  readonly from?: number;
  readonly to?: number;
  readonly service?: Service;
  readonly answered?: boolean;
  readonly reason?: string;
  readonly group?: string;
  readonly status?: (typeof outcomes)[number];
}

/** Methods throw RefusedError for what is refused. */
export interface UsageBooks {
  readonly search: (
    wanted: CallSearch,
    page: { readonly limit: number; readonly after: CallPlace | undefined },
  ) => Promise<readonly (UsageRecordShown & { readonly day: string })[]>;
  /** Days that are asked for and whose records were deleted: `from` and `to` are in them. */
  readonly deleted: (wanted: CallSearch) => Promise<DeletedShown | undefined>;
  readonly records: (question: RecordQuestion) => Promise<readonly UsageRecordShown[]>;
  readonly explain: (charge: string) => Promise<ExplainedShown>;
  readonly suspense: (by: (typeof groupings)[number], limit: number) => Promise<readonly SuspenseShown[]>;
}

const Charge = Type.Object(
  { charge: Type.String(), role: Type.String(), agreement: Type.String(), destination: Type.String(), money: Money },
  { ...closed, title: 'Charge' },
);
const Record = Type.Object(
  {
    ...{ record: Type.String(), status: Type.Enum([...outcomes]), file: Type.String(), source: Type.String() },
    callId: Type.Optional(Type.String({ description: 'The key of the record in its source.' })),
    ...{ reason: Type.Optional(Type.String()), detail: Type.Optional(Type.String()), raw: Type.Optional(Type.String()) },
    event: Type.Optional(
      Type.Object(
        {
          ...{
            service: Type.String(),
            start: Instant,
            calling: Type.Optional(Type.String()),
            called: Type.String(),
            answered: Type.Boolean(),
          },
          ...{ trunkIn: Type.Optional(Type.String()), trunkOut: Type.Optional(Type.String()) },
          seconds: Type.String({ description: 'Exact, as text.' }),
          cause: Type.Optional(Type.String({ description: 'Release cause, as the source gave it.' })),
        },
        closed,
      ),
    ),
    charges: Type.Array(Charge),
    rate: Type.Optional(MissingRate),
  },
  { ...closed, title: 'UsageRecord' },
);
const FoundRecords = Type.Object(
  {
    ...Page(Record).properties,
    deleted: Type.Optional(DeletedDays),
  },
  closed,
);
const Explanation = Type.Object(
  {
    ...{ record: Type.String(), raw: Type.String(), knownAt: Instant },
    charges: Type.Array(
      Type.Object(
        {
          ...{ charge: Type.String(), agreement: Type.String(), role: Type.String(), side: Type.String(), due: Money },
          steps: Type.Array(Type.String(), { description: 'Why it costs what it costs, line by line.' }),
          explained: Explained,
          asBooked: Type.Boolean({ description: 'Computed again it is what was booked.' }),
        },
        closed,
      ),
    ),
  },
  { ...closed, title: 'UsageExplanation' },
);
const Stake = Type.Array(Money, { description: 'By currency.' });
const Suspense = Type.Object(
  {
    ...{ group: Type.String(), records: Type.Integer(), firstSeen: Instant, lastSeen: Instant },
    ...{ receivable: Stake, payable: Stake, remedy: Type.Optional(Type.String()) },
  },
  { ...closed, title: 'SuspenseGroup' },
);

const Number_ = Type.String({ pattern: '^[+]?[0-9A-Za-z*#]{1,40}$' });
/** What records are searched by. */
const searchFields = {
  number: Type.Optional(Type.String({ ...Number_, description: 'The caller’s or the called number.' })),
  calling: Type.Optional(Number_),
  called: Type.Optional(Number_),
  exact: Type.Optional(Type.Boolean({ description: 'Numbers are given whole.' })),
  callId: Type.Optional(Type.String({ ...Name, maxLength: 1000, description: 'The key of the record in its source, whole.' })),
  trunk: Type.Optional(Type.String({ ...Name, description: 'At either end.' })),
  partner: Type.Optional(Type.String({ ...Name, description: 'Charged under an agreement with this party.' })),
  agreement: Type.Optional(Name),
  destination: Type.Optional(Type.String({ ...Name, description: 'As the tariff calls it.' })),
  from: Type.Optional(Type.String({ ...Instant, description: 'Started then or later.' })),
  to: Type.Optional(Type.String({ ...Instant, description: 'Started before.' })),
  service: Type.Optional(Type.Enum([...services])),
  answered: Type.Optional(Type.Boolean()),
  file: Type.Optional(Name),
  reason: Type.Optional(Type.String({ ...Name, description: 'Held or rejected for this.' })),
  group: Type.Optional(HeldGroupName),
  status: Type.Optional(Type.Enum([...outcomes])),
};

function microsOf(name: string, text: string): number {
  const micros = parseInstant(text);
  if (micros === undefined)
    throw new RefusedError(refuse('api.field-wrong', 'there is no such instant', { field: `query/${name}`, value: text }));
  return micros;
}

export function usageOperations(usage: UsageBooks): readonly Operation[] {
  const common = { tag: 'Usage', method: 'GET', permission: 'usage:read' } as const;
  const number = Type.String({
    pattern: '^[0-9]{1,15}(/(in|out))?$',
    description: 'Number of the record, or of one of its charges: `1042/in`.',
  });
  return [
    operation({
      ...common,
      ...{
        id: 'searchUsage',
        path: '/v1/usage/records',
        summary: 'Records by number, call, trunk, partner, destination, period, file or status',
      },
      description: `All that is given must fit. Rated and held records, the newest UTC day first and in a day the latest record first; duplicates and
rejected ones when \`status\` asks for them, the latest first. Numbers are what a number begins with, all of it with \`exact\`.`,
      query: Type.Object({ ...orderedBy('-record'), ...searchFields }, closed),
      answer: FoundRecords,
      refusals: ['usage.file-unknown', 'api.cursor-wrong'],
      personal: true,
      handle: async ({ query: { limit = USUAL_LIMIT, cursor, from, to, ...asked }, seesPersonal }) => {
        const [day, id] = readCursor(cursor, ['string', 'number']) ?? [];
        // Only what was not read so far has no day.
        const isOfDays = asked.status !== 'duplicate' && asked.status !== 'rejected';
        if (day !== undefined && (day !== '' || isOfDays)) checkDays({ cursor: String(day) });
        const wanted = {
          ...asked,
          ...(from === undefined ? {} : { from: microsOf('from', from) }),
          ...(to === undefined ? {} : { to: microsOf('to', to) }),
        };
        const after = day === undefined ? undefined : { day: String(day), id: Number(id) };
        const found = await usage.search(wanted, { limit: limit + 1, after });
        const shown = recordShown(numbersFor({ seesPersonal }));
        const page = pageOf(found, limit, shown, (row) => [row.day, row.id]);
        const deleted = page.next === null ? await usage.deleted(wanted) : undefined;
        return { body: { ...page, ...deletedShown(deleted) } };
      },
    }),
    operation({
      ...common,
      ...{ id: 'getUsageRecord', path: '/v1/usage/records/{record}', summary: 'A record with its charges, and as it was delivered' },
      parameters: Type.Object({ record: Type.String({ pattern: '^[0-9]{1,15}$' }) }),
      answer: Type.Object({ items: Type.Array(Record) }, closed),
      refusals: ['usage.record-unknown', 'usage.detail-deleted'],
      personal: true,
      handle: async ({ parameters, seesPersonal }) => ({
        body: { items: (await usage.records({ ...parameters, raw: true, limit: 10 })).map(recordShown(numbersFor({ seesPersonal }))) },
      }),
    }),
    operation({
      ...common,
      ...{ id: 'explainUsage', path: '/v1/usage/explanations/{charge}', summary: 'Why a charge is what it is' },
      parameters: Type.Object({ charge: number }),
      answer: Explanation,
      refusals: ['usage.record-unknown', 'usage.charge-unknown', 'usage.detail-deleted'],
      personal: true,
      handle: async ({ parameters, seesPersonal }) => ({
        body: explanationShown(await usage.explain(parameters.charge), numbersFor({ seesPersonal })),
      }),
    }),
    operation({
      ...common,
      ...{ id: 'listSuspense', path: '/v1/usage/suspense', summary: 'What is held, with the money that may be at stake' },
      query: Type.Object(
        { by: Type.Optional(Type.Enum([...groupings])), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000 })) },
        closed,
      ),
      answer: Type.Object({ items: Type.Array(Suspense) }, closed),
      personal: true,
      handle: async ({ query: { by = 'reason', limit = 100 }, seesPersonal }) => ({
        body: { items: (await usage.suspense(by, limit)).map(suspenseShown(numbersFor({ seesPersonal }))) },
      }),
    }),
  ];
}

/** `numbers`: as who asks may see them. */
const recordShown = (numbers: (text: string) => string) => (record: UsageRecordShown) => {
  const { id, status, file, source, callId, reason, detail, call, charges, raw } = record;
  return {
    ...{ record: String(id), status: status as (typeof outcomes)[number], file, source }, // one of the four that there are
    ...(callId === undefined ? {} : { callId }),
    ...(reason === undefined ? {} : { reason }),
    ...(detail === undefined ? {} : { detail: numbers(detail) }),
    ...(raw === undefined ? {} : { raw: numbers(raw) }),
    ...(call === undefined
      ? {}
      : {
          event: {
            ...{ service: call.service, start: formatInstant(call.startMicros), called: numbers(call.called), answered: call.answered },
            ...(call.calling === undefined ? {} : { calling: numbers(call.calling) }),
            ...(call.trunkIn === undefined ? {} : { trunkIn: call.trunkIn }),
            ...(call.trunkOut === undefined ? {} : { trunkOut: call.trunkOut }),
            ...(call.cause === undefined ? {} : { cause: call.cause }),
            seconds: formatNanos(BigInt(call.durationMicros) * 1_000n),
          },
        }),
    ...(status !== 'held' || reason === undefined || call === undefined
      ? {}
      : missingRate(reason, detail ?? '', [call.called, call.called], call.startMicros)),
    charges: charges.map(({ amountNanos, currency, ...charge }) => ({
      ...charge,
      money: { amount: formatNanos(amountNanos, 2), currency },
    })),
  };
};

function explanationShown({ id, raw, knownAtMicros, charges }: ExplainedShown, numbers: Shown) {
  return {
    ...{ record: String(id), raw: numbers(raw), knownAt: formatInstant(knownAtMicros) },
    charges: charges.map(({ charge, agreement, role, side, dueNanos, currency, steps, explained, isAsBooked }) => ({
      ...{ charge, agreement, role, side, due: { amount: formatNanos(dueNanos, 2), currency } },
      ...{ steps: numbers(steps).split('\n'), explained: explainedShown(explained, numbers), asBooked: isAsBooked },
    })),
  };
}

const suspenseShown = (numbers: (text: string) => string) => (suspense: SuspenseShown) => {
  const { group, records, firstSeenMicros, lastSeenMicros, receivable, payable, remedy } = suspense;
  const stake = (sums: Readonly<Record<string, bigint>>) =>
    Object.entries(sums).map(([currency, nanos]) => ({ amount: formatNanos(nanos, 2), currency }));
  return {
    ...{ group: numbers(group), records, firstSeen: formatInstant(firstSeenMicros), lastSeen: formatInstant(lastSeenMicros) },
    ...{ receivable: stake(receivable), payable: stake(payable) },
    ...(remedy === undefined ? {} : { remedy }),
  };
};
