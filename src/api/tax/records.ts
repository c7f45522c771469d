/** What is recorded of tax: certificates, ended and never edited, and tables of rates. */
import Type, { type Static } from 'typebox';
import { formatInstant } from '#core/time/zoned.ts';
import type { HeldCertificate, TaxTableImport } from '#operations/tax/ports.ts';
import { Job, type JobDesk, startJob } from '../jobs/jobs.ts';
import { checkDays, listed } from '../listing.ts';
import { actorOf, type Operation, operation } from '../operation.ts';
import { Instant, LocalDate, Name, Page, sortedQuery, Text } from '../schemas.ts';
import { UploadName } from '../uploads/uploads.ts';

const closed = { additionalProperties: false } as const;

/** Kind of the job that takes a table of rates in. */
export const IMPORT_TAX_TABLE = 'import-tax-table';

const key = {
  party: Type.String({ ...Name, description: 'Party or legal entity that holds it.' }),
  number: Type.String({ ...Name, maxLength: 100, description: 'As the tax office gave it.' }),
  of: Type.String({
    ...{ ...Name, maxLength: 100, examples: ['US-CA'] },
    description: 'What it frees of: a rate, a jurisdiction, a tax of a country, a withholding rule.',
  }),
};
const validTo = Type.Optional(Type.String({ ...LocalDate, description: 'First day on which it no longer holds.' }));
const Add = Type.Object(
  { ...key, validFrom: LocalDate, validTo, note: Type.Optional(Type.String({ ...Text, description: 'Where the paper is.' })) },
  { ...closed, title: 'AddTaxCertificate' },
);
const End = Type.Object(
  {
    ...key,
    on: Type.String({ ...LocalDate, description: 'First day on which it no longer holds.' }),
    why: Type.String({ ...Text, minLength: 1 }),
  },
  { ...closed, title: 'EndTaxCertificate' },
);
const Import = Type.Object(
  {
    upload: Type.String({ ...UploadName, description: 'CSV; [its columns](../reference/tax.md).' }),
    table: Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$' }),
  },
  { ...closed, title: 'ImportTaxTable' },
);
export type AddCertificateBody = Static<typeof Add>;
export type EndCertificateBody = Static<typeof End>;
export type ImportTaxTableInput = Static<typeof Import> & { readonly owner: string };

/** Methods throw RefusedError for what is refused. */
export interface TaxRecords {
  readonly certificates: (party: string | undefined) => Promise<readonly HeldCertificate[]>;
  /** False when it is recorded already with the same dates. */
  readonly add: (body: AddCertificateBody, by: string) => Promise<boolean>;
  /** False when it was ended before. */
  readonly end: (body: EndCertificateBody, by: string) => Promise<boolean>;
  /** The newest import of each. */
  readonly tables: () => Promise<readonly TaxTableImport[]>;
}

const Certificate = Type.Object(
  {
    ...{ ...key, validFrom: LocalDate, validTo, note: Type.Optional(Type.String()), recordedAt: Instant, recordedBy: Type.String() },
    ended: Type.Optional(Type.Object({ why: Type.String(), at: Instant, by: Type.String() }, closed)),
  },
  { ...closed, title: 'TaxCertificate' },
);
const Table = Type.Object(
  {
    ...{ table: Type.String(), file: Type.String(), sha256: Type.String(), rows: Type.Integer() },
    ...{ importedAt: Instant, importedBy: Type.String() },
  },
  { ...closed, title: 'TaxTable' },
);

export function taxRecordOperations(records: TaxRecords, jobs: JobDesk): readonly Operation[] {
  const read = { tag: 'Tax', method: 'GET', permission: 'documents:read', refusals: ['api.cursor-wrong'] } as const;
  const change = { tag: 'Tax', method: 'POST', permission: 'documents:manage', repetition: 'key' } as const;
  const named = ({ body: { party, number, of } }: { body: Static<typeof Add> | Static<typeof End> }): string => `${party} ${number} ${of}`;
  return [
    operation({
      ...{ ...read, id: 'listTaxCertificates', path: '/v1/tax/certificates', summary: 'Certificates of exemption and of residence' },
      ...{ query: Type.Object({ ...sortedQuery, party: Type.Optional(Name) }, closed), answer: Page(Certificate) },
      handle: async ({ query: { party, ...page } }) => ({
        body: listed(await records.certificates(party), page, (each) => JSON.stringify([each.party, each.id, each.of]), certificateShown),
      }),
    }),
    operation({
      ...{ ...change, id: 'addTaxCertificate', path: '/v1/tax/certificates', summary: 'Record a certificate', status: 201, body: Add },
      audit: { subject: 'tax-certificate', id: named },
      answer: Type.Object({ isNew: Type.Boolean({ description: 'False: it was recorded before.' }) }, closed),
      refusals: ['tax.party-unknown', 'tax.certificate-broken', 'tax.certificate-differs'],
      handle: async ({ body, principal }) => ({ body: { isNew: await records.add(body, actorOf(principal)) } }),
    }),
    operation({
      ...{ ...change, id: 'endTaxCertificate', path: '/v1/tax/certificate-endings', summary: 'End a certificate before its time' },
      audit: { subject: 'tax-certificate', id: named },
      ...{ status: 201, body: End },
      answer: Type.Object({ isNew: Type.Boolean({ description: 'False: it was ended before.' }) }, closed),
      refusals: ['tax.certificate-unknown', 'tax.certificate-broken'],
      async handle({ body, principal }) {
        checkDays({ on: body.on });
        return { body: { isNew: await records.end(body, actorOf(principal)) } };
      },
    }),
    operation({
      ...{ ...read, id: 'listTaxTables', path: '/v1/tax/tables', summary: 'Tables of rates that were taken in, the newest of each' },
      ...{ query: Type.Object(sortedQuery, closed), answer: Page(Table) },
      handle: async ({ query }) => ({
        body: listed(
          await records.tables(),
          query,
          ({ table }) => table,
          ({ recorded, ...table }) => ({ ...table, importedAt: formatInstant(recorded.atMicros), importedBy: recorded.by }),
        ),
      }),
    }),
    operation({
      ...{ ...change, id: 'importTaxTable', path: '/v1/tax/tables', summary: 'Take a table of rates by jurisdiction in', status: 202 },
      ...{ audit: { subject: 'tax-table', id: ({ body }: { body: Static<typeof Import> }) => body.table }, body: Import, answer: Job },
      description:
        'A job: the file is taken whole or not at all, and a newer one of the same table stands in place of the one before. Its result has `isNew`, ' +
        '`rows` and `rates`; the first 500 faults are in `refusals` with their lines.',
      handle: ({ body, principal }) =>
        startJob(jobs, IMPORT_TAX_TABLE, { ...body, owner: principal.id } satisfies ImportTaxTableInput, principal),
    }),
  ];
}

function certificateShown({ party, id, of, validFrom, validTo: end, note, recorded, ended }: HeldCertificate): Static<typeof Certificate> {
  return {
    ...{ party, number: id, of, validFrom, ...(end === undefined ? {} : { validTo: end }), ...(note === undefined ? {} : { note }) },
    ...{ recordedAt: formatInstant(recorded.atMicros), recordedBy: recorded.by },
    ...(ended === undefined ? {} : { ended: { why: ended.reason, at: formatInstant(ended.atMicros), by: ended.by } }),
  };
}
