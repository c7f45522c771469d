/** Rates of exchange: those in force, and new ones. */
import Type from 'typebox';
import { checkDays, listed } from '../listing.ts';
import { actorOf, type Operation, operation } from '../operation.ts';
import { Currency, LocalDate, Name, Page, sortedQuery, Text } from '../schemas.ts';

const closed = { additionalProperties: false } as const;

export interface RateShown {
  readonly source: string;
  readonly day: string;
  readonly of: string;
  readonly into: string;
  readonly rate: string;
}

/** Methods throw RefusedError for what is refused. */
export interface ExchangeDesk {
  readonly rates: (source: string, from: string, to: string) => Promise<readonly RateShown[]>;
  readonly set: (
    rate: RateShown & { readonly by: string; readonly replaceWhy?: string },
  ) => Promise<{ readonly added: number; readonly unchanged: number; readonly replaced: number }>;
}

const decimal = { pattern: '^[0-9]{1,12}(\\.[0-9]{1,12})?$' };
const fields = {
  ...{ source: Type.String({ ...Name, description: '`ecb`, `manual` …' }), day: LocalDate, of: Currency, into: Currency },
  rate: Type.String({ ...decimal, description: 'Units of `into` for one of `of`.' }),
};

export function exchangeOperations(desk: ExchangeDesk): readonly Operation[] {
  return [
    operation({
      ...{ tag: 'Ledger', method: 'GET', permission: 'ledger:read' },
      ...{ id: 'listExchangeRates', path: '/v1/exchange-rates', summary: 'Rates of exchange of a source on days' },
      query: Type.Object({ ...sortedQuery, source: Name, from: Type.String({ ...LocalDate }), to: Type.String({ ...LocalDate }) }, closed),
      ...{ answer: Page(Type.Object(fields, { ...closed, title: 'ExchangeRate' })), refusals: ['api.cursor-wrong'] },
      handle: async ({ query: { source, from, to, ...page } }) => {
        checkDays({ from, to });
        const found = await desk.rates(source, from, to);
        return {
          body: listed(
            found,
            page,
            ({ day, of, into }) => `${day} ${of} ${into}`,
            (rate) => ({ ...rate }),
          ),
        };
      },
    }),
    operation({
      ...{ tag: 'Ledger', method: 'POST', permission: 'ledger:manage', repetition: 'key', status: 201 },
      ...{ id: 'setExchangeRate', path: '/v1/exchange-rates', summary: 'Enter a rate of exchange', audit: { subject: 'exchange-rate' } },
      description: 'Many come as NDJSON. One that differs from what is there needs a reason.',
      body: Type.Object(
        {
          ...fields,
          replaceWhy: Type.Optional(Type.String({ ...Text, minLength: 1, maxLength: 500, description: 'Why another one is replaced.' })),
        },
        closed,
      ),
      answer: Type.Object({ added: Type.Integer(), unchanged: Type.Integer(), replaced: Type.Integer() }, closed),
      refusals: ['exchange.rate-differs', 'exchange.file-wrong'],
      handle: async ({ body: { replaceWhy, ...rate }, principal }) => {
        checkDays({ day: rate.day });
        const said = { ...rate, by: actorOf(principal), ...(replaceWhy === undefined ? {} : { replaceWhy }) };
        return { body: { ...(await desk.set(said)) } };
      },
    }),
  ];
}
