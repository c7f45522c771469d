/** What is held of a person: given out, and erased. The identity is never part of an address, and in the audit trail only where it can be erased. */
import Type from 'typebox';
import { formatInstant } from '#core/time/zoned.ts';
import { type JobDesk, startJob } from '../jobs/jobs.ts';
import { listed } from '../listing.ts';
import { actorOf, fileOperation, type Operation, operation, type Principal } from '../operation.ts';
import { Instant, Page, sortedQuery } from '../schemas.ts';
import { numbersFor } from '../usage/masking.ts';

const closed = { additionalProperties: false } as const;

export interface ErasureSaid {
  readonly tables: readonly { readonly table: string; readonly rows: number; readonly how: string; readonly why?: string }[];
  readonly rawFiles: readonly { readonly file: string; readonly source: string; readonly until: string }[];
  readonly accountsClosed: number;
}

/** Methods throw RefusedError for what is refused. */
export interface PersonDesk {
  readonly askExport: (identity: string) => Promise<bigint>;
  /** Tells in the audit trail who saw whom. */
  readonly readExport: (id: bigint, actor: Principal['actor']) => Promise<Uint8Array>;
  readonly dryErasure: (identity: string) => Promise<ErasureSaid>;
  readonly ask: (identity: string, reason: string, by: string) => Promise<{ readonly erasure: bigint; readonly waits: boolean }>;
  readonly demandApprovable: (erasure: bigint, by: string) => Promise<unknown>;
  readonly waiting: (erasure: bigint) => Promise<{
    readonly identity: string;
    readonly person: {
      readonly names: readonly string[];
      readonly numbers: readonly string[];
      readonly addresses: readonly string[];
      readonly accounts: readonly string[];
    };
    readonly report?: ErasureSaid;
    readonly hindered: readonly string[];
  }>;
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
const Texts = (description: string) => Type.Array(Type.String(), { description });
const Waiting = Type.Object(
  {
    erasure: Order,
    identity: Type.Optional(
      Type.String({ description: 'As who asked wrote it. A number is masked, and all else left out, for who may not see it.' }),
    ),
    names: Texts('Of the customer, and of who signs in. None without the permission to see persons.'),
    numbers: Texts('Masked without the permission to see persons.'),
    addresses: Texts('Of mail, and other names. None without the permission to see persons.'),
    accounts: Texts('Of online charging: they are closed.'),
    report: Type.Optional(Report),
    hindered: Texts('Why it could not be done now, in place of a report.'),
  },
  { ...closed, title: 'WaitingErasure' },
);
const AskedExport = Type.Object(
  {
    ...{ export: Order, job: Type.String({ description: 'How far it is, and what was found how often: `GET /v1/jobs/{job}`.' }) },
    file: Type.String({ description: 'Where the file is when the job is done.' }),
  },
  { ...closed, title: 'AskedPersonExport' },
);

const unclear = ['person.identity-unclear', 'person.unknown'] as const;
const hindered = [...unclear, 'retention.legal-hold', 'person.session-open'] as const;

/** What the job is told: whom it is about stands in the order. */
export interface EraseInput {
  readonly erasure: string;
}
export const ERASE_PERSON = 'erase-person';
export interface ExportInput {
  readonly export: string;
}
export const EXPORT_PERSON = 'export-person';

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
        repetition: 'key',
        status: 202,
      },
      description: 'A job makes it: a zip with a manifest and a file of lines for each section. The file is kept for a day.',
      body: Type.Object({ identity: Identity }, closed),
      answer: AskedExport,
      // Whom it is about is told when somebody takes the file: who is not known is not known for having been asked for.
      audit: { subject: 'person-export', id: () => '', asked: () => ({}), made: (answer: { export: string }) => answer.export },
      refusals: ['person.identity-unclear', 'job.too-many'],
      handle: async ({ body: { identity }, principal }) => {
        const input: ExportInput = { export: String(await desk.askExport(identity)) };
        const { status = 202, body, location = '' } = await startJob(jobs, EXPORT_PERSON, input, principal);
        return { status, location, body: { ...input, job: body.job, file: `/v1/persons/exports/${input.export}/file` } };
      },
    }),
    fileOperation({
      ...{ tag: 'Retention', method: 'GET', permission: 'retention:manage', byPeople: true },
      ...{ id: 'getPersonExport', path: '/v1/persons/exports/{export}/file', summary: 'The file of an export, for a day' },
      // It tells the sight itself, with whom it is of.
      description: 'Each look is told in the audit trail. It is gone at once when the person is erased.',
      ...{ types: ['application/zip'], refusals: ['person.export-gone'], parameters: Type.Object({ export: Order }) },
      handle: async ({ parameters, principal }) => ({
        ...{ type: 'application/zip', name: `person-${parameters.export}.zip` },
        content: await desk.readExport(BigInt(parameters.export), principal.actor),
      }),
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
      ...{ tag: 'Retention', method: 'GET', permission: 'retention:manage', byPeople: true, personal: true },
      ...{ id: 'getErasure', path: '/v1/persons/erasures/{erasure}', summary: 'Whom an order that waits would erase, and what of it' },
      description: 'For who is to approve it. Nothing is changed; each look that shows the person is told in the audit trail.',
      ...{ parameters: Type.Object({ erasure: Order }), answer: Waiting, refusals: ['person.erasure-unknown'] },
      handle: async ({ parameters: { erasure }, seesPersonal }) => {
        const { identity, person, report, hindered } = await desk.waiting(BigInt(erasure));
        const number = numbersFor({ seesPersonal });
        const isNumber = /^(?:msisdn:|imsi:)?\+?\d+$/.test(identity);
        return {
          body: {
            erasure,
            ...(seesPersonal || isNumber ? { identity: number(identity) } : {}),
            ...{ names: seesPersonal ? [...person.names] : [], numbers: person.numbers.map((each) => number(each)) },
            ...{
              addresses: seesPersonal ? [...person.addresses] : [],
              accounts: person.accounts.map((each) => number(each)),
              hindered: [...hindered],
            },
            ...(report === undefined ? {} : { report: shown(report) }),
          },
        };
      },
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
