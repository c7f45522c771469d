/** Columns of a table whose lines stand on both sides: what it is, how the two agree, each side's figures, and what is between them. */
import type { components } from '../client/client.ts';
import { StateBadge } from './state-badge.tsx';
import type { Column } from './table/columns.ts';

type Line = components['schemas']['ReconciledLine'];

/** Whose figures, as the API names them, and the headers over them. */
export interface ComparedSide {
  readonly of: 'ours' | 'theirs';
  readonly calls: string;
  readonly amount: string;
  /** Left out: nobody asks for it here. */
  readonly billed?: string;
}

interface Words {
  readonly destination: string;
  readonly time: string;
  readonly state: string;
  readonly difference: string;
  readonly stateOf: (state: Line['state']) => string;
}

/** The reader's own side stands first. */
export function comparedColumns(words: Words, sides: readonly [ComparedSide, ComparedSide], currency: string): readonly Column<Line>[] {
  return [
    { id: 'destination', header: words.destination, value: ({ destination }) => destination, width: 190, filter: true },
    { id: 'time', header: words.time, value: ({ time }) => time, width: 150 },
    {
      ...{ id: 'state', header: words.state, value: ({ state }) => words.stateOf(state), filter: true, width: 160 },
      cell: ({ state }) => (
        <StateBadge state={state === 'matched' || state === 'within-tolerance' ? 'settled' : 'attention'}>
          {words.stateOf(state)}
        </StateBadge>
      ),
    },
    ...sides.map(
      ({ of, calls }): Column<Line> => ({ id: `${of}Calls`, header: calls, kind: 'figure', value: (line) => line[of].calls, width: 105 }),
    ),
    ...sides.flatMap(({ of, billed }): readonly Column<Line>[] =>
      billed === undefined ? [] : [{ id: `${of}Billed`, header: billed, kind: 'figure', value: (line) => line[of].billed, isHidden: true }],
    ),
    ...sides.map(
      ({ of, amount }): Column<Line> => ({
        id: of,
        header: amount,
        kind: 'amount',
        value: (line) => line[of].amount,
        currency: () => currency,
      }),
    ),
    { id: 'difference', header: words.difference, kind: 'amount', value: ({ difference }) => difference, currency: () => currency },
  ];
}
