/** A partner's figures beside ours, and why they differ, said to the partner. Our files and who of us worked on it stay ours. */
import Type, { type Static } from 'typebox';
import { RefusedError, refuse } from '#core/refusals.ts';
import { causeKinds, causeSaidToThem } from '#core/settlement/reconciliation/causes.ts';
import type { ReconciledDeclaration } from '#operations/reconciliation/reconcile-agreement.ts';
import { fileOperation, type Operation, operation } from '../operation.ts';
import { CauseSaid, causeShown, ReconciledLine, ReconciledSum, reconciledShown } from '../reconciliation/reconciled-shown.ts';
import { Amount } from '../schemas.ts';
import { partyOf } from './party-of.ts';

const closed = { additionalProperties: false } as const;
/** Lines of an answer; the file has all. */
const MOST_LINES = 500;

/** Throws RefusedError: a declaration of another does not exist (`declaration.unknown`). */
export interface ComparedDesk {
  readonly compare: (declaration: string) => Promise<ReconciledDeclaration>;
  readonly compareFile: (found: ReconciledDeclaration) => { readonly name: string; readonly content: Uint8Array };
}

const { causes: _causes, ...figures } = ReconciledSum.properties;
const Compared = Type.Object(
  {
    ...figures,
    causes: Type.Array(
      Type.Object(
        {
          cause: Type.Enum([...causeKinds]),
          ...{ words: Type.String(), amount: Amount, calls: Type.Integer() },
          evidence: Type.String({ description: 'How much of what does not fit it explains.' }),
          ...CauseSaid,
        },
        closed,
      ),
    ),
    lines: Type.Array(ReconciledLine, { description: `Those that differ, the largest difference first; at most ${MOST_LINES}.` }),
    differing: Type.Integer({ description: 'How many of all lines differ.' }),
  },
  { ...closed, title: 'PortalReconciliation' },
);

export function comparedOperations(desk: ComparedDesk): readonly Operation[] {
  const look = {
    tag: 'Portal',
    permission: 'portal:use',
    forParties: ['partner'],
    method: 'GET',
    parameters: Type.Object({ declaration: Type.String({ pattern: '^[1-9][0-9]{0,17}$' }) }),
    refusals: ['declaration.unknown', 'declaration.currency', 'api.too-busy'],
  } as const;
  // It costs computing: one at a time for a party, whoever of it asks.
  const busy = new Set<string>();
  const alone = async <T>(party: string, work: () => Promise<T>): Promise<T> => {
    if (busy.has(party)) throw new RefusedError(refuse('api.too-busy', 'figures of yours are compared already: ask again when they are'));
    busy.add(party);
    try {
      return await work();
    } finally {
      busy.delete(party);
    }
  };
  return [
    operation({
      ...{ ...look, id: 'comparePortalDeclaration', path: '/v1/portal/declarations/{declaration}/reconciliation' },
      summary: 'Your figures beside ours, and why they differ',
      description: 'As our books are now. What the causes make of the difference and what is left unexplained add up to it.',
      answer: Compared,
      handle: async ({ parameters: { declaration }, principal }) => ({
        body: comparedShown(await alone(partyOf(principal), () => desk.compare(declaration))),
      }),
    }),
    fileOperation({
      ...{ ...look, id: 'getPortalReconciliationFile', path: '/v1/portal/declarations/{declaration}/reconciliation/file' },
      ...{ summary: 'Every line of it as CSV', types: ['text/csv'] },
      handle: ({ parameters: { declaration }, principal }) =>
        alone(partyOf(principal), async () => ({ type: 'text/csv', ...desk.compareFile(await desk.compare(declaration)) })),
    }),
  ];
}

export function comparedShown(found: ReconciledDeclaration): Static<typeof Compared> {
  const differing = found.result.lines.filter(({ state }) => state !== 'matched' && state !== 'within-tolerance');
  const size = (nanos: bigint): bigint => (nanos < 0n ? -nanos : nanos);
  const largest = differing
    .toSorted((a, b) => {
      const [one, other] = [size(a.differenceNanos), size(b.differenceNanos)];
      return one === other ? a.number - b.number : one > other ? -1 : 1;
    })
    .slice(0, MOST_LINES);
  const { lines, ...shown } = reconciledShown({ ...found, result: { ...found.result, lines: largest } });
  return {
    ...shown,
    causes: found.result.causes.map((each) => ({ cause: each.cause.kind, ...causeShown(each, causeSaidToThem(each.cause)) })),
    ...{ lines, differing: differing.length, lineCount: found.result.lines.length },
  };
}
