/** What currencies are worth in each other, by source and day; one rate by hand. */
import Type, { type Static } from 'typebox';
import { formatDecimal } from '#core/money/decimal.ts';
import type { ExchangeRate } from '#core/money/exchange.ts';
import { formatInstant } from '#core/time/zoned.ts';
import type { AddedRates } from '#operations/exchange/add-rates.ts';
import { pageOf, readCursor } from '../cursor.ts';
import { checkDays, dayRange, listed } from '../listing.ts';
import { actorOf, type Operation, operation } from '../operation.ts';
import { Currency, Instant, LocalDate, Name, orderedBy, Page, sortedQuery, Text, USUAL_LIMIT } from '../schemas.ts';

const closed = { additionalProperties: false } as const;

export interface CurrencyInUse {
  readonly currency: string;
  readonly name: string;
  /** Decimals in which it is paid. */
  readonly decimals: number;
  readonly legalEntities: readonly string[];
  readonly accounts: number;
  readonly tariffs: number;
}

export interface RateSource {
  readonly source: string;
  readonly first: string;
  readonly last: string;
  readonly rates: number;
}

export interface KeptRate extends ExchangeRate {
  readonly by: string;
  readonly atMicros: number;
  /** Why it stands in the place of another. */
  readonly why: string | undefined;
}

export interface RateQuestion {
  readonly source?: string;
  readonly currency?: string;
  readonly from?: string;
  readonly to?: string;
}

const rateParts = {
  ...{
    day: LocalDate,
    of: { ...Currency, description: 'One unit of it …' },
    in: { ...Currency, description: '… is worth so many of this.' },
  },
};
const Give = Type.Object(
  {
    ...rateParts,
    rate: Type.String({ minLength: 1, maxLength: 40, description: 'A decimal above zero.', examples: ['1.0850'] }),
    source: Type.Optional(Type.String({ ...Name, maxLength: 60, description: '`manual` when left out.' })),
    replaceWhy: Type.Optional(Type.String({ ...Text, minLength: 1, description: 'Why it replaces one that stands with another value.' })),
  },
  { ...closed, title: 'GiveExchangeRate' },
);
export type GiveRateBody = Static<typeof Give>;

/** Methods throw RefusedError for what is refused. */
export interface ExchangeDesk {
  readonly currencies: () => Promise<readonly CurrencyInUse[]>;
  readonly sources: () => Promise<readonly RateSource[]>;
  /** Those in force, the newest day first. */
  readonly rates: (question: RateQuestion, after: readonly string[] | undefined, most: number) => Promise<readonly KeptRate[]>;
  readonly give: (body: GiveRateBody, by: string) => Promise<AddedRates>;
}

const InUse = Type.Object(
  {
    ...{ currency: Currency, name: Type.String({ description: 'As ISO 4217 has it.' }), decimals: Type.Integer() },
    ...{
      legalEntities: Type.Array(Type.String(), { description: 'That keep their books in it.' }),
      accounts: Type.Integer(),
      tariffs: Type.Integer(),
    },
  },
  { ...closed, title: 'CurrencyInUse' },
);
const Source = Type.Object(
  { source: Type.String(), first: LocalDate, last: LocalDate, rates: Type.Integer() },
  { ...closed, title: 'ExchangeSource' },
);
const Rate = Type.Object(
  {
    ...{ source: Type.String(), ...rateParts, rate: Type.String({ description: 'As it was published.' }) },
    ...{ by: Type.String(), at: Instant, why: Type.Optional(Type.String({ description: 'Why it replaced another.' })) },
  },
  { ...closed, title: 'ExchangeRate' },
);

export function exchangeOperations(desk: ExchangeDesk): readonly Operation[] {
  const common = { tag: 'Settings', permission: 'ledger:read', method: 'GET' } as const;
  const list = { query: Type.Object(sortedQuery, closed), refusals: ['api.cursor-wrong'] } as const;
  return [
    operation({
      ...{ ...common, ...list, id: 'listCurrencies', path: '/v1/currencies', summary: 'Currencies in use', answer: Page(InUse) },
      handle: async ({ query }) => ({
        body: listed(
          await desk.currencies(),
          query,
          ({ currency }) => currency,
          ({ legalEntities, ...rest }) => ({ ...rest, legalEntities: [...legalEntities] }),
        ),
      }),
    }),
    operation({
      ...{
        ...common,
        ...list,
        id: 'listExchangeSources',
        path: '/v1/exchange-sources',
        summary: 'Where rates come from',
        answer: Page(Source),
      },
      handle: async ({ query }) => ({
        body: listed(
          await desk.sources(),
          query,
          ({ source }) => source,
          (each) => ({ ...each }),
        ),
      }),
    }),
    operation({
      ...{ ...common, id: 'listExchangeRates', path: '/v1/exchange-rates', summary: 'Rates in force, the newest day first' },
      query: Type.Object(
        {
          ...{ ...orderedBy('-day'), ...dayRange, source: Type.Optional(Name) },
          currency: Type.Optional({ ...Currency, description: 'On either side.' }),
        },
        closed,
      ),
      ...{ answer: Page(Rate), refusals: ['api.cursor-wrong'] },
      async handle({ query: { limit = USUAL_LIMIT, cursor, sort: _, ...question } }) {
        const after = readCursor(cursor, ['string', 'string', 'string', 'string'])?.map(String);
        checkDays({ from: question.from, to: question.to, cursor: after?.[0] });
        const found = await desk.rates(question, after, limit + 1);
        return { body: pageOf(found, limit, rateShown, (row) => [row.day, row.source, row.of, row.in]) };
      },
    }),
    operation({
      ...{ id: 'giveExchangeRate', tag: 'Settings', method: 'POST', path: '/v1/exchange-rates', status: 201 },
      ...{ permission: 'ledger:manage', repetition: 'key' },
      audit: {
        subject: 'exchange-rate',
        id: ({ body }: { body: GiveRateBody }) => `${body.source ?? 'manual'} ${body.day} ${body.of} ${body.in}`,
      },
      summary: 'Give one rate by hand',
      description:
        'What was converted with another rate stays as it is booked. One that stands with another value is replaced only with `replaceWhy`.',
      ...{ body: Give, refusals: ['exchange.rate-wrong', 'exchange.rate-differs'] },
      answer: Type.Object(
        { added: Type.Integer(), unchanged: Type.Integer(), replaced: Type.Integer() },
        { ...closed, title: 'GivenExchangeRate' },
      ),
      handle: async ({ body, principal }) => ({ body: { ...(await desk.give(body, actorOf(principal))) } }),
    }),
  ];
}

function rateShown({ source, day, of, in: into, rate, by, atMicros, why }: KeptRate): Static<typeof Rate> {
  const shown = { source, day, of, in: into, rate: formatDecimal(rate), by, at: formatInstant(atMicros) };
  return why === undefined ? shown : { ...shown, why };
}
