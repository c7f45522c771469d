/** Tables of ported and routed numbers: the files that count, what they have for a number, new files. */
import Type, { type Static } from 'typebox';
import { Job, type JobDesk, startJob } from '../jobs/jobs.ts';
import { listed } from '../listing.ts';
import { type Operation, operation } from '../operation.ts';
import { Instant, Name, Page, sortedQuery } from '../schemas.ts';
import { UploadName } from '../uploads/uploads.ts';

const closed = { additionalProperties: false } as const;

/** Kind of the job that takes a file of a number table in. */
export const IMPORT_NUMBERS = 'import-numbers';

const Import = Type.Object(
  {
    upload: Type.String({ ...UploadName, description: 'CSV, also gzipped; [its columns](../reference/numbering.md).' }),
    mode: Type.Enum(['full', 'delta'], { description: '`full` replaces what was known, `delta` changes it.' }),
  },
  { ...closed, title: 'ImportNumbers' },
);
export type ImportNumbersInput = Static<typeof Import> & { readonly table: string; readonly owner: string };

/** Methods throw RefusedError for what is refused. */
export interface NumberTables {
  readonly list: () => Promise<
    readonly {
      readonly id: string;
      readonly gives: string;
      readonly files: readonly { readonly file: string; readonly mode: string; readonly rows: number; readonly knownFrom: string }[];
    }[]
  >;
  /** Throws also `numbers.table-unknown`, for who is about to begin a job. */
  readonly demand: (table: string) => Promise<unknown>;
  readonly lookUp: (
    number: string,
    question: { readonly table?: string; readonly at?: string },
  ) => Promise<
    readonly {
      readonly table: string;
      readonly number: string;
      readonly value: string | undefined;
      readonly history: readonly { readonly from: string | undefined; readonly value: string | undefined }[];
    }[]
  >;
}

const Table = Type.Object(
  {
    table: Type.String(),
    gives: Type.String({ description: 'What it has for a number.' }),
    files: Type.Array(
      Type.Object({ file: Type.String(), mode: Type.Enum(['full', 'delta']), rows: Type.Integer(), knownFrom: Instant }, closed),
      { description: 'Those that count now, the first one first.' },
    ),
  },
  { ...closed, title: 'NumberTable' },
);
const Found = Type.Object(
  {
    ...{ table: Type.String(), number: Type.String() },
    value: Type.Optional(Type.String({ description: 'At the instant asked for; left out: the table does not have the number then.' })),
    history: Type.Array(
      Type.Object(
        {
          from: Type.Optional(Type.String({ ...Instant, description: 'Left out: since ever.' })),
          value: Type.Optional(Type.String({ description: 'Left out: from then on the table does not have it.' })),
        },
        closed,
      ),
    ),
  },
  { ...closed, title: 'FoundNumber' },
);

export function numberTableOperations(tables: NumberTables, jobs: JobDesk): readonly Operation[] {
  const read = { tag: 'Numbers', method: 'GET', permission: 'usage:read' } as const;
  return [
    operation({
      ...{ ...read, id: 'listNumberTables', path: '/v1/number-tables', summary: 'Number tables with the files that count' },
      ...{ query: Type.Object(sortedQuery, closed), answer: Page(Table), refusals: ['api.cursor-wrong'] },
      handle: async ({ query }) => ({
        body: listed(
          await tables.list(),
          query,
          ({ id }) => id,
          ({ id, gives, files }) => ({ table: id, gives, files: files.map((file) => ({ ...file, mode: file.mode as 'full' | 'delta' })) }), // its two modes
        ),
      }),
    }),
    operation({
      ...{ ...read, id: 'lookUpNumber', path: '/v1/numbers/{number}', summary: 'What number tables have for a number' },
      parameters: Type.Object({ number: Type.String({ pattern: '^\\+?[1-9][0-9]{0,14}$', description: 'With its country code.' }) }),
      query: Type.Object(
        {
          table: Type.Optional(Type.String({ ...Name, description: 'Only this one.' })),
          at: Type.Optional(Type.String({ ...Instant, description: 'Now, when left out.' })),
        },
        closed,
      ),
      answer: Type.Object({ number: Type.String(), tables: Type.Array(Found) }, { ...closed, title: 'LookedUpNumber' }),
      refusals: ['numbers.table-unknown', 'numbers.number-wrong', 'numbers.time-wrong'],
      handle: async ({ parameters: { number }, query }) => ({
        body: {
          number: number.replace(/^\+/, ''),
          tables: (await tables.lookUp(number, query)).map(({ value, history, ...found }) => ({
            ...{ ...found, ...(value === undefined ? {} : { value }) },
            history: history.map((step) => ({
              ...(step.from === undefined ? {} : { from: step.from }),
              ...(step.value === undefined ? {} : { value: step.value }),
            })),
          })),
        },
      }),
    }),
    operation({
      ...{ tag: 'Numbers', method: 'POST', permission: 'usage:manage', repetition: 'key', audit: { subject: 'number-table' } },
      ...{ id: 'importNumbers', path: '/v1/number-tables/{table}/imports', summary: 'Take a file of a number table in', status: 202 },
      ...{ parameters: Type.Object({ table: Name }), body: Import, answer: Job, refusals: ['numbers.table-unknown'] },
      description:
        'A job: the file is taken whole or not at all. What was rated before keeps its price; what is rated from now on knows the new numbers. Its ' +
        'result has `isNew`, `file`, `rows` and `knownFrom`; the first 500 faults are in `refusals` with their lines.',
      async handle({ parameters: { table }, body, principal }) {
        await tables.demand(table);
        return startJob(jobs, IMPORT_NUMBERS, { ...body, table, owner: principal.id } satisfies ImportNumbersInput, principal);
      },
    }),
  ];
}
