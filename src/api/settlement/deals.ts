/** Deals of an agreement: how far they have come, and where they will end. */
import Type from 'typebox';
import { dealMeasures } from '#core/agreements/deals.ts';
import { formatNanos } from '#core/money/amount.ts';
import type { DealProgress } from '#core/settlement/deals/deal-forecast.ts';
import { measureOfDeal, percentOf, promisedIn, quantityIn } from '#core/settlement/deals/deal-standing.ts';
import type { RoundedOutcome } from '#core/settlement/deals/settle-deals.ts';
import { lastDay } from '#core/settlement/statement-period.ts';
import { checkDays } from '../listing.ts';
import { type Operation, operation } from '../operation.ts';
import { Amount, LocalDate, Name } from '../schemas.ts';

const closed = { additionalProperties: false } as const;

/** Deals that hold on a day; none when the agreement has none. Throws RefusedError (`statement.agreement-unknown`). */
export type DealReader = (agreement: string, on: string) => Promise<readonly DealProgress[]>;

const figures = {
  reached: Type.String({ description: 'Traffic in the deal’s measure, to two decimals.' }),
  adjustment: Type.String({ ...Amount, description: 'What is due beyond what was charged, in the agreement’s currency.' }),
};
const Forecast = Type.Object(figures, closed);
const Deal = Type.Object(
  {
    ...{ deal: Type.String(), name: Type.String(), kind: Type.String(), from: LocalDate, lastDay: LocalDate },
    ...{ days: Type.Integer(), daysOver: Type.Integer(), measure: Type.Enum([...dealMeasures]) },
    promised: Type.Optional(Type.String({ description: 'In the measure; left out where nothing is.' })),
    sides: Type.Array(
      Type.Object(
        {
          ...{ side: Type.Enum(['receivable', 'payable']), ...figures, words: Type.String() },
          percent: Type.Optional(Type.String({ description: 'Of what is promised, cut to one decimal.' })),
          linear: Type.Optional({ ...Forecast, description: 'At the end, if traffic goes on as on the mean of the days so far.' }),
          byWeekday: Type.Optional({ ...Forecast, description: 'The same by the mean of each weekday.' }),
        },
        closed,
      ),
    ),
  },
  { ...closed, title: 'DealProgress' },
);

export function dealOperations(read: DealReader): readonly Operation[] {
  return [
    operation({
      ...{ tag: 'Settlement', method: 'GET', permission: 'settlement:read' },
      ...{ id: 'listDeals', path: '/v1/agreements/{agreement}/deals', summary: 'Commitments, swaps and discounts: how far they have come' },
      description: 'Days before `on` are over. Forecasts are left out while no day is.',
      parameters: Type.Object({ agreement: Name }),
      query: Type.Object({ on: LocalDate }, closed),
      answer: Type.Object({ items: Type.Array(Deal) }, closed),
      refusals: ['statement.agreement-unknown'],
      handle: async ({ parameters, query: { on } }) => {
        checkDays({ on });
        return { body: { items: (await read(parameters.agreement, on)).map(dealShown) } };
      },
    }),
  ];
}

function dealShown({ deal, window, days, daysOver, sides }: DealProgress) {
  const measure = measureOfDeal(deal);
  const promised = promisedIn(deal);
  const shown = ({ sums, amountNanos }: RoundedOutcome) => ({
    reached: quantityIn(sums, measure),
    adjustment: formatNanos(amountNanos, 2),
  });
  return {
    ...{ deal: deal.id, name: deal.name ?? deal.id, kind: deal.kind, from: window.from, lastDay: lastDay(window), days, daysOver, measure },
    ...(promised === undefined ? {} : { promised }),
    sides: sides.map(({ side, soFar, linear, byWeekday }) => {
      const percent = promised === undefined ? undefined : percentOf(quantityIn(soFar.sums, measure), promised);
      return {
        ...{ side, ...shown(soFar), words: soFar.words },
        ...(percent === undefined ? {} : { percent }),
        ...(linear === undefined ? {} : { linear: shown(linear) }),
        ...(byWeekday === undefined ? {} : { byWeekday: shown(byWeekday) }),
      };
    }),
  };
}
