/** The audit trail: searched, and its chain checked. */
import Type from 'typebox';
import { RefusedError, refuse } from '#core/refusals.ts';
import { formatInstant, parseInstant } from '#core/time/zoned.ts';
import { type AuditBooks, type AuditEntry, actorKinds, stages } from '#operations/audit-trail/ports.ts';
import { pageOf, readCursor } from '../cursor.ts';
import { type Operation, operation } from '../operation.ts';
import { Instant, Name, orderedBy, Page, USUAL_LIMIT } from '../schemas.ts';

const closed = { additionalProperties: false } as const;

const Entry = Type.Object(
  {
    ...{ entry: Type.String({ description: 'Its number in the chain.' }), at: Instant, stage: Type.Enum([...stages]) },
    ...{ operation: Type.String(), hash: Type.String() },
    who: Type.Object(
      {
        ...{ kind: Type.Enum([...actorKinds]), id: Type.String(), name: Type.String({ description: 'Empty where it was erased.' }) },
        ...{ address: Type.Optional(Type.String()), session: Type.Optional(Type.String()), party: Type.Optional(Type.String()) },
      },
      closed,
    ),
    subject: Type.Object({ kind: Type.String(), id: Type.String() }, closed),
    ...{ request: Type.Optional(Type.String()), follows: Type.Optional(Type.String()), code: Type.Optional(Type.String()) },
    asked: Type.Optional(Type.String({ description: 'JSON as text; secrets left out, long values as their SHA-256.' })),
    ...{ before: Type.Optional(Type.String()), after: Type.Optional(Type.String()), isErased: Type.Boolean() },
  },
  { ...closed, title: 'AuditEntry' },
);

export function auditOperations(books: Pick<AuditBooks, 'list' | 'verify'>): readonly Operation[] {
  const common = { tag: 'Audit trail', method: 'GET', permission: 'audit:read' } as const;
  return [
    operation({
      ...common,
      ...{ id: 'listAuditTrail', path: '/v1/audit-trail', summary: 'Who changed what, and who saw personal data; newest first' },
      description:
        'Stages: `changed` stands in the transaction of the change, `begun` before one that is made elsewhere, `done` and `failed` say what became of it (`follows`), `refused` changed nothing, `seen` showed personal data.',
      query: Type.Object(
        {
          ...{
            ...orderedBy('-sequence'),
            who: Type.Optional({ ...Name, description: 'Id or name of who did it.' }),
            operation: Type.Optional(Name),
          },
          ...{ subjectKind: Type.Optional(Name), subject: Type.Optional(Name), stage: Type.Optional(Type.Enum([...stages])) },
          from: Type.Optional({ ...Instant, description: 'From this instant on.' }),
          to: Type.Optional({ ...Instant, description: 'Before this instant.' }),
        },
        closed,
      ),
      answer: Page(Entry),
      refusals: ['api.cursor-wrong'],
      handle: async ({ query: { limit = USUAL_LIMIT, cursor, from, to, ...filter } }) => {
        const [before] = readCursor(cursor, ['string']) ?? [];
        const period = { fromMicros: instantOf('from', from), toMicros: instantOf('to', to) };
        const found = await books.list({ ...filter, ...period }, numberOf(before), limit + 1);
        return { body: pageOf(found, limit, entryShown, ({ sequence }) => [String(sequence)]) };
      },
    }),
    operation({
      ...common,
      ...{ id: 'verifyAuditTrail', path: '/v1/audit-trail/verification', summary: 'Check the whole chain' },
      description: 'Keep `head` elsewhere: an entry that was exchanged later changes every hash behind it.',
      answer: Type.Object(
        {
          ...{ entries: Type.Integer(), erased: Type.Integer(), head: Type.String() },
          faults: Type.Array(Type.Object({ entry: Type.String(), said: Type.String() }, closed)),
        },
        { ...closed, title: 'AuditCheck' },
      ),
      handle: async () => {
        const { entries, erased, head, faults } = await books.verify();
        return { body: { entries, erased, head, faults: faults.map(({ sequence, said }) => ({ entry: String(sequence), said })) } };
      },
    }),
  ];
}

function numberOf(text: string | number | undefined): bigint | undefined {
  return typeof text === 'string' && /^\d{1,18}$/.test(text) ? BigInt(text) : undefined;
}

/** Throws RefusedError (`api.field-wrong`) for an instant that the calendar does not have. */
function instantOf(name: string, text: string | undefined): number | undefined {
  const micros = text === undefined ? undefined : parseInstant(text);
  if (text !== undefined && micros === undefined)
    throw new RefusedError(refuse('api.field-wrong', 'there is no such instant', { field: `query/${name}`, value: text }));
  return micros;
}

function entryShown({ sequence, atMicros, stage, operation: what, hash, actor, subject, isErased, ...more }: AuditEntry) {
  const { kind, id, name, address, session, party } = actor;
  const optional = { request: more.requestId, follows: more.follows?.toString(), code: more.code, asked: more.asked };
  return {
    ...{ entry: String(sequence), at: formatInstant(atMicros), stage, operation: what, hash, isErased },
    who: { kind, id, name, ...present({ address, session, party }) },
    subject: { kind: subject.kind, id: subject.id },
    ...present({ ...optional, before: more.before, after: more.after }),
  };
}

function present<K extends string>(parts: Readonly<Record<K, string | undefined>>): { readonly [k in K]?: string } {
  return Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined)) as { readonly [k in K]?: string }; // without those
}
