/** What rates of exchange do: how one currency becomes another, what balances are worth at a period's end, files of rates. */
import Type, { type Static } from 'typebox';
import type { LedgerEntry } from '#core/ledger/entry.ts';
import { formatNanos } from '#core/money/amount.ts';
import { formatDecimal } from '#core/money/decimal.ts';
import { type Conversion, conversionText } from '#core/money/exchange.ts';
import { formatFraction } from '#core/money/fraction.ts';
import type { AddedRates } from '#operations/exchange/add-rates.ts';
import { checkDays, ofLegalEntity } from '../listing.ts';
import { actorOf, type Operation, operation } from '../operation.ts';
import { Amount, Currency, LocalDate, Name, Text } from '../schemas.ts';
import { UploadName } from '../uploads/uploads.ts';

const closed = { additionalProperties: false } as const;
const legalEntity = ofLegalEntity.legalEntity;

const Question = Type.Object(
  {
    ...{ from: Currency, to: Currency },
    on: Type.Optional(Type.String({ ...LocalDate, description: 'Local day; today (UTC) when left out.' })),
    legalEntity: Type.Optional(Type.String({ ...Name, description: 'By its rules; may be left out where there is one.' })),
    agreement: Type.Optional(Type.String({ ...Name, description: 'By its rules, where it has its own.' })),
  },
  closed,
);
const Revalue = Type.Object(
  { day: Type.String({ ...LocalDate, description: 'Last local day of the period.' }), legalEntity },
  { ...closed, title: 'RevalueBalances' },
);
const Import = Type.Object(
  {
    upload: Type.String({ ...UploadName, description: 'The ECB’s CSV or XML, or CSV with the columns day, of, in, rate.' }),
    source: Type.Optional(Type.String({ ...Name, maxLength: 60, description: '`ecb` when left out.' })),
    replaceWhy: Type.Optional(Type.String({ ...Text, minLength: 1, description: 'Why it replaces those that stand with another value.' })),
  },
  { ...closed, title: 'ImportExchangeRates' },
);
export type ConversionQuery = Static<typeof Question>;
export type RevalueBody = Static<typeof Revalue>;
export type ImportRatesBody = Static<typeof Import>;

/** Methods throw RefusedError for what is refused. */
export interface ConversionDesk {
  readonly find: (query: ConversionQuery) => Promise<Conversion>;
  readonly revalue: (
    body: RevalueBody,
    by: string,
  ) => Promise<{
    readonly legalEntity: string;
    readonly currency: string;
    readonly entries: readonly { readonly isNew: boolean; readonly entryId: bigint; readonly entry: LedgerEntry }[];
  }>;
  readonly take: (body: ImportRatesBody, owner: string, by: string) => Promise<AddedRates>;
}

const Converted = Type.Object(
  {
    ...{ from: Currency, to: Currency, day: Type.String({ ...LocalDate, description: 'Of the rate.' }), source: Type.String() },
    rate: Type.String({ description: 'As a person writes it: `1/1.0850`.' }),
    exact: Type.String({ description: 'As a decimal, cut where it does not end.' }),
    steps: Type.Array(Type.Object({ from: Currency, to: Currency, rate: Type.String(), isInverse: Type.Boolean() }, closed), {
      description: 'Two over a base; `isInverse`: amounts are divided by it.',
    }),
  },
  { ...closed, title: 'Conversion' },
);
const Revalued = Type.Object(
  {
    ...{
      legalEntity: Type.String(),
      currency: Currency,
      isNew: Type.Boolean({ description: 'False: booked before, or nothing to book.' }),
    },
    entries: Type.Array(Type.Object({ entry: Type.String(), kind: Type.String(), reference: Type.String(), day: LocalDate }, closed)),
    changes: Type.Array(
      Type.Object({ ledgerAccount: Type.String(), account: Type.Optional(Type.String()), balanceIn: Currency, change: Amount }, closed),
      { description: 'In the legal entity’s currency.' },
    ),
  },
  { ...closed, title: 'RevaluedBalances' },
);

export function conversionOperations(desk: ConversionDesk): readonly Operation[] {
  const change = { tag: 'Settings', method: 'POST', permission: 'ledger:manage', repetition: 'key', status: 201 } as const;
  return [
    operation({
      ...{ id: 'getConversion', tag: 'Settings', method: 'GET', path: '/v1/exchange-conversion', permission: 'ledger:read' },
      summary: 'How one currency becomes another on a day, by the rules of a legal entity or agreement',
      ...{ query: Question, answer: Converted, refusals: ['exchange.rate-missing', 'exchange.month-open', 'ledger.legal-entity-unknown'] },
      async handle({ query }) {
        checkDays({ on: query.on });
        const conversion = await desk.find(query);
        const { from, to, factor, steps, source, day } = conversion;
        return {
          body: {
            ...{ from, to, day, source, rate: conversionText(conversion), exact: formatFraction(factor) },
            steps: steps.map((step) => ({ from: step.from, to: step.to, rate: formatDecimal(step.rate), isInverse: step.inverse })),
          },
        };
      },
    }),
    operation({
      ...{ ...change, id: 'revalueBalances', path: '/v1/revaluations', summary: 'Book unrealised differences at a period’s end' },
      description: 'And take them back on the next day. Of a day it is booked once.',
      audit: { subject: 'revaluation', id: ({ body }: { body: RevalueBody }) => body.day },
      ...{ body: Revalue, answer: Revalued },
      refusals: ['exchange.rate-missing', 'exchange.month-open', 'ledger.legal-entity-unknown', 'ledger.period-closed'],
      async handle({ body, principal }) {
        checkDays({ day: body.day });
        const { legalEntity: of, currency, entries } = await desk.revalue(body, actorOf(principal));
        const [first] = entries;
        return {
          body: {
            ...{ legalEntity: of, currency, isNew: first?.isNew ?? false },
            entries: entries.map(({ entryId, entry: { cause, day } }) => ({
              ...{ entry: String(entryId), kind: cause.kind, reference: cause.id, day },
            })),
            changes: (first?.entry.postings ?? [])
              .filter(({ ledgerAccount }) => ledgerAccount !== 'exchange-unrealised')
              .map(({ ledgerAccount, account, currency: balanceIn, entityAmountNanos = 0n }) => ({
                ...{ ledgerAccount, balanceIn, change: formatNanos(entityAmountNanos, 2) },
                ...(account === undefined ? {} : { account }),
              })),
          },
        };
      },
    }),
    operation({
      ...{ ...change, id: 'importExchangeRates', path: '/v1/exchange-rate-files', summary: 'Take a file of rates in, all or nothing' },
      audit: { subject: 'exchange-rate', id: ({ body }: { body: ImportRatesBody }) => body.source ?? 'ecb' },
      ...{ body: Import, refusals: ['upload.unknown', 'exchange.file-wrong', 'exchange.rate-wrong', 'exchange.rate-differs'] },
      answer: Type.Object(
        { added: Type.Integer(), unchanged: Type.Integer(), replaced: Type.Integer() },
        { ...closed, title: 'ImportedExchangeRates' },
      ),
      handle: async ({ body, principal }) => ({ body: { ...(await desk.take(body, principal.id, actorOf(principal))) } }),
    }),
  ];
}
