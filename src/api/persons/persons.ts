/** What is held of a person: given out, and erased. The identity is never part of an address, and in the audit trail only where it can be erased. */
import Type from 'typebox';
import { formatInstant } from '#core/time/zoned.ts';
import { type JobDesk, startJob } from '../jobs/jobs.ts';
import { listed } from '../listing.ts';
import { actorOf, type Operation, operation, type Principal } from '../operation.ts';
import { Instant, Page, sortedQuery } from '../schemas.ts';

const closed = { additionalProperties: false } as const;

export interface ErasureSaid {
  readonly tables: readonly { readonly table: string; readonly rows: number; readonly how: string; readonly why?: string }[];
  readonly rawFiles: readonly { readonly file: string; readonly source: string; readonly until: string }[];
  readonly accountsClosed: number;
}

/** Methods throw RefusedError for what is refused. */
export interface PersonDesk {
  readonly export: (
    identity: string,
    by: string,
  ) => Promise<{
    readonly identity: string;
    readonly made: string;
    readonly alsoKnownAs: readonly string[];
    readonly sections: readonly { readonly name: string; readonly rows: number; readonly file: string }[];
    readonly notSearched: readonly string[];
    readonly data: Readonly<Record<string, readonly unknown[]>>;
  }>;
  readonly dryErasure: (identity: string) => Promise<ErasureSaid>;
  readonly ask: (identity: string, reason: string, by: string) => Promise<{ readonly erasure: bigint; readonly waits: boolean }>;
  readonly demandApprovable: (erasure: bigint, by: string) => Promise<unknown>;
  readonly refuse: (erasure: bigint, by: string) => Promise<void>;
  readonly list: () => Promise<
    readonly {
      readonly id: bigint;
      readonly state: string;
      readonly reason: string;
      readonly by: string;
      readonly askedMicros: number;
      readonly decidedBy: string | undefined;
      readonly decidedMicros: number | undefined;
    }[]
  >;
}

const Identity = Type.String({
  ...{ minLength: 3, maxLength: 260, pattern: '^[^\\u0000-\\u0020\\u007f]+$' },
  description: 'Number with its country code, `msisdn:…`, `imsi:…`, `sip:…`, address of mail, or account of online charging.',
});
const Order = Type.String({ pattern: '^[1-9][0-9]{0,17}$' });
const Report = Type.Object(
  {
    tables: Type.Array(
      Type.Object(
        {
          ...{ table: Type.String(), rows: Type.Integer(), how: Type.Enum(['deleted', 'pseudonyms', 'kept']) },
          why: Type.Optional(Type.String({ description: 'Of what is kept.' })),
        },
        closed,
      ),
    ),
    rawFiles: Type.Array(Type.Object({ file: Type.String(), source: Type.String(), until: Type.String() }, closed), {
      description: 'They stay as they were delivered.',
    }),
    accountsClosed: Type.Integer(),
  },
  { ...closed, title: 'ErasureReport' },
);
const Asked = Type.Object(
  {
    state: Type.Enum(['under-way', 'waiting', 'refused', 'dry-run'], {
      description: '`waiting`: for a second person. `under-way`: a job does it.',
    }),
    erasure: Type.Optional(Order),
    job: Type.Optional(Type.String({ description: 'How far it is, and its report: `GET /v1/jobs/{job}`.' })),
    report: Type.Optional(Report),
  },
  { ...closed, title: 'AskedErasure' },
);
const Erasure = Type.Object(
  {
    ...{ erasure: Order, state: Type.Enum(['waiting', 'done', 'refused']), reason: Type.String(), by: Type.String(), asked: Instant },
    ...{ decidedBy: Type.Optional(Type.String()), decided: Type.Optional(Instant) },
  },
  { ...closed, title: 'Erasure' },
);
const Export = Type.Object(
  {
    ...{ identity: Type.String(), made: Instant, alsoKnownAs: Type.Array(Type.String()) },
    sections: Type.Array(Type.Object({ name: Type.String(), rows: Type.Integer(), file: Type.String() }, closed)),
    notSearched: Type.Array(Type.String()),
    data: Type.Record(Type.String(), Type.Array(Type.Unknown()), { description: 'Rows by section, as they are kept.' }),
  },
  { ...closed, title: 'PersonExport' },
);

const unclear = ['person.identity-unclear', 'person.unknown'] as const;
const hindered = [...unclear, 'retention.legal-hold', 'person.session-open'] as const;

/** What the job is told: whom it is about stands in the order. */
export interface EraseInput {
  readonly erasure: string;
}
export const ERASE_PERSON = 'erase-person';

export function personOperations(desk: PersonDesk, jobs: JobDesk): readonly Operation[] {
  const change = { tag: 'Retention', method: 'POST', permission: 'retention:manage', byPeople: true } as const;
  const underWay = async (erasure: bigint, principal: Principal) => {
    const input: EraseInput = { erasure: String(erasure) };
    const { status = 202, body, location = '' } = await startJob(jobs, ERASE_PERSON, input, principal);
    return { status, location, body: { state: 'under-way' as const, ...input, job: body.job } };
  };
  return [
    operation({
      ...change,
      ...{
        id: 'exportPerson',
        path: '/v1/persons/exports',
        summary: 'Everything that is held with an identity',
        repetition: 'natural',
        personal: 'whole',
      },
      description: 'Told in the audit trail. Nothing is changed or kept; for very much, `carillon person export` writes a file.',
      body: Type.Object({ identity: Identity }, closed),
      answer: Export,
      audit: { keptIn: 'the audit trail, as a sight' },
      refusals: [...unclear],
      handle: async ({ body: { identity }, principal }) => {
        const { identity: known, made, alsoKnownAs, sections, notSearched, data } = await desk.export(identity, actorOf(principal));
        return {
          body: {
            ...{ identity: known, made, alsoKnownAs: [...alsoKnownAs], sections: [...sections], notSearched: [...notSearched] },
            data: Object.fromEntries(Object.entries(data).map(([name, rows]) => [name, [...rows]])),
          },
        };
      },
    }),
    operation({
      ...change,
      ...{ id: 'erasePerson', path: '/v1/persons/erasures', summary: 'Erase what may go; pseudonyms where books stay', repetition: 'key' },
      description: 'Where a legal entity wants four eyes it waits for a second person. `dryRun` tells what would become of what.',
      body: Type.Object(
        { identity: Identity, reason: Type.String({ minLength: 1, maxLength: 500 }), dryRun: Type.Optional(Type.Boolean()) },
        closed,
      ),
      answer: Asked,
      // Whom it is about stands in none of it.
      audit: {
        subject: 'person',
        id: () => '',
        asked: ({ body: { reason, dryRun } }: { body: { reason: string; dryRun?: boolean } }) => ({ reason, dryRun }),
      },
      refusals: [...hindered, 'job.too-many'],
      handle: async ({ body: { identity, reason, dryRun }, principal }) => {
        if (dryRun === true) return { body: { state: 'dry-run' as const, report: shown(await desk.dryErasure(identity)) } };
        const { erasure, waits } = await desk.ask(identity, reason, actorOf(principal));
        return waits ? { body: { state: 'waiting' as const, erasure: String(erasure) } } : underWay(erasure, principal);
      },
    }),
    operation({
      ...{ tag: 'Retention', method: 'GET', permission: 'retention:read', id: 'listErasures', path: '/v1/persons/erasures' },
      ...{ summary: 'Orders to erase', query: Type.Object(sortedQuery, closed), answer: Page(Erasure), refusals: ['api.cursor-wrong'] },
      handle: async ({ query }) => ({
        body: listed(
          await desk.list(),
          query,
          ({ id }) => String(id).padStart(18, '0'),
          ({ id, state, reason, by, askedMicros, decidedBy, decidedMicros }) => ({
            ...{ erasure: String(id), state: state as 'waiting' | 'done' | 'refused', reason, by, asked: formatInstant(askedMicros) }, // as the table checks
            ...(decidedBy === undefined ? {} : { decidedBy }),
            ...(decidedMicros === undefined ? {} : { decided: formatInstant(decidedMicros) }),
          }),
        ),
      }),
    }),
    operation({
      ...change,
      ...{
        id: 'decideErasure',
        path: '/v1/persons/erasure-decisions',
        summary: 'Approve or refuse an order that waits',
        repetition: 'key',
      },
      body: Type.Object({ erasure: Order, decision: Type.Enum(['approve', 'refuse']) }, closed),
      answer: Asked,
      audit: { subject: 'person-erasure', id: ({ body }: { body: { erasure: string } }) => body.erasure },
      refusals: ['person.erasure-unknown', 'person.second-person', ...hindered, 'job.too-many'],
      handle: async ({ body: { erasure, decision }, principal }) => {
        if (decision === 'approve') {
          await desk.demandApprovable(BigInt(erasure), actorOf(principal));
          return underWay(BigInt(erasure), principal);
        }
        await desk.refuse(BigInt(erasure), actorOf(principal));
        return { body: { state: 'refused' as const, erasure } };
      },
    }),
  ];
}

function shown({ tables, rawFiles, accountsClosed }: ErasureSaid) {
  const hows = { deleted: 'deleted', pseudonyms: 'pseudonyms', kept: 'kept' } as const;
  return {
    tables: tables.map(({ table, rows, how, why }) => ({
      table,
      rows,
      how: hows[how as keyof typeof hows],
      ...(why === undefined ? {} : { why }),
    })),
    ...{ rawFiles: rawFiles.map(({ file, source, until }) => ({ file, source, until })), accountsClosed },
  };
}
