/** Disputes with their steps and evidence. */
import Type from 'typebox';
import { formatNanos } from '#core/money/amount.ts';
import type { DisputeFile, DisputeSummary } from '#operations/disputes/ports.ts';
import { listed, numberKey } from '../listing.ts';
import { type Operation, operation } from '../operation.ts';
import { Amount, Currency, LocalDate, Name, Page, sortedQuery } from '../schemas.ts';

const closed = { additionalProperties: false } as const;
const states = ['open', 'offered', 'agreed', 'withdrawn', 'settled'] as const;

/** Methods throw RefusedError for what is refused. */
export interface DisputeDesk {
  readonly list: () => Promise<readonly DisputeSummary[]>;
  readonly show: (id: string) => Promise<{ readonly file: DisputeFile; readonly summary: DisputeSummary }>;
}

const Dispute = Type.Object(
  {
    ...{ dispute: Type.String(), state: Type.Enum([...states]), side: Type.String(), legalEntity: Type.String(), account: Type.String() },
    ...{ party: Type.String(), document: Type.String(), isOurs: Type.Boolean({ description: 'Whether the document is ours.' }) },
    ...{ agreement: Type.Optional(Type.String()), line: Type.Optional(Type.Integer()), currency: Currency, net: Amount, gross: Amount },
    ...{
      reason: Type.String(),
      raisedOn: LocalDate,
      respondBy: LocalDate,
      offered: Type.Optional(Amount),
      outcome: Type.Optional(Type.String()),
    },
  },
  { ...closed, title: 'Dispute' },
);
const Step = Type.Object(
  {
    ...{
      kind: Type.String(),
      by: Type.Enum(['us', 'them']),
      day: LocalDate,
      net: Type.Optional(Amount),
      outcome: Type.Optional(Type.String()),
    },
    ...{ note: Type.String(), result: Type.Optional(Type.String()) },
  },
  { ...closed, title: 'DisputeStep' },
);

export function disputeOperations(desk: DisputeDesk): readonly Operation[] {
  const common = { tag: 'Disputes', method: 'GET', permission: 'disputes:read', forParties: ['partner', 'customer'] } as const;
  return [
    operation({
      ...common,
      ...{ id: 'listDisputes', path: '/v1/disputes', summary: 'Disputes by their number' },
      query: Type.Object({ ...sortedQuery, state: Type.Optional(Type.Enum([...states])), party: Type.Optional(Name) }, closed),
      answer: Page(Dispute),
      refusals: ['api.cursor-wrong'],
      handle: async ({ query }) => {
        const found = (await desk.list()).filter(
          ({ state, party }) => (query.state ?? state) === state && (query.party ?? party) === party,
        );
        return { body: listed(found, query, ({ id }) => numberKey(id), disputeShown) };
      },
    }),
    operation({
      ...common,
      ...{ id: 'getDispute', path: '/v1/disputes/{dispute}', summary: 'A dispute with its steps and the names of its evidence' },
      parameters: Type.Object({ dispute: Type.String({ pattern: '^[1-9][0-9]{0,17}$' }) }),
      answer: Type.Object(
        {
          ...{ dispute: Dispute, steps: Type.Array(Step) },
          evidence: Type.Array(Type.Object({ name: Type.String(), sha256: Type.String() }, closed)),
        },
        closed,
      ),
      refusals: ['dispute.unknown'],
      handle: async ({ parameters }) => {
        const { file, summary } = await desk.show(parameters.dispute);
        const steps = file.steps.map(({ step: { kind, by, day, ...more }, note, result }) => ({
          ...{ kind, by, day, note },
          ...('netNanos' in more ? { net: formatNanos(more.netNanos, 2) } : {}),
          ...('outcome' in more ? { outcome: more.outcome } : {}),
          ...(result === undefined ? {} : { result }),
        }));
        const evidence = file.evidence.map(({ name, sha256 }) => ({ name, sha256 }));
        return { body: { dispute: disputeShown(summary), steps, evidence } };
      },
    }),
  ];
}

function disputeShown(summary: DisputeSummary) {
  const { id, state, side, legalEntity, account, party, document, isOurs, currency, netNanos, grossNanos, reason, raisedOn, respondBy } =
    summary;
  const { agreement, line, offeredNanos, outcome } = summary;
  return {
    ...{ dispute: String(id), state, side, legalEntity, account, party, document, isOurs, currency, reason, raisedOn, respondBy },
    ...{ net: formatNanos(netNanos, 2), gross: formatNanos(grossNanos, 2) },
    ...(agreement === undefined ? {} : { agreement }),
    ...(line === undefined ? {} : { line }),
    ...(offeredNanos === undefined ? {} : { offered: formatNanos(offeredNanos, 2) }),
    ...(outcome === undefined ? {} : { outcome }),
  };
}
