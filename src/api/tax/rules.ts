/** Rules and rates of tax, why an amount is taxed as it is, and whether the data has gaps. */
import Type, { type Static } from 'typebox';
import { formatNanos } from '#core/money/amount.ts';
import { buyerStatuses, holdsOn, percentsOn, type TaxRules } from '#core/tax/rules.ts';
import { type TaxAmount, type TaxAnswer, type TaxQuestion, taxedServices } from '#core/tax/tax.ts';
import { Job, type JobDesk, startJob } from '../jobs/jobs.ts';
import { checkDays, listed } from '../listing.ts';
import { type Operation, operation } from '../operation.ts';
import { Amount, Currency, LocalDate, Name, Page, sortedQuery } from '../schemas.ts';
import { Category, rateShown, ruleShown, TaxRateShown, TaxRuleShown } from './schemas.ts';

const closed = { additionalProperties: false } as const;

/** Kind of the job that looks for gaps and overlaps. */
export const CHECK_TAX = 'check-tax';

const side = (what: string) =>
  Type.String({
    ...Name,
    description: `${what}: a legal entity, a party, or a place such as IE or CA-QC, then a registered business there.`,
  });
const Explain = Type.Object(
  {
    ...{ seller: side('Who sells'), buyer: side('Who buys'), amount: { ...Amount, description: 'Net.' }, currency: Currency },
    service: Type.Optional(Type.Enum([...taxedServices], { description: 'voice when left out.' })),
    on: Type.Optional(Type.String({ ...LocalDate, description: 'Decides which rules hold; today (UTC) when left out.' })),
    buyerIs: Type.Optional(Type.Enum([...buyerStatuses], { description: 'How the buyer counts, whatever is declared.' })),
    pricesIncludeTax: Type.Optional(Type.Boolean({ description: 'The amount is what the buyer pays.' })),
  },
  closed,
);
export type ExplainTaxQuery = Static<typeof Explain>;
const Check = Type.Object(
  {
    from: Type.Optional(Type.String({ ...LocalDate, description: 'First day in question; today (UTC) when left out.' })),
    to: Type.Optional(Type.String({ ...LocalDate, description: 'First day no longer in question; two years later when left out.' })),
  },
  { ...closed, title: 'CheckTax' },
);
export type CheckTaxInput = Static<typeof Check>;

/** Methods throw RefusedError for what is refused. */
export interface TaxReader {
  readonly rules: () => Promise<TaxRules>;
  readonly explain: (query: ExplainTaxQuery) => Promise<{ readonly question: TaxQuestion; readonly answer: TaxAnswer }>;
}

const AmountOfTax = Type.Object(
  {
    ...{ rule: Type.String(), tax: Type.String(), jurisdiction: Type.String(), category: Category, percent: Type.String() },
    ...{ base: Amount, amount: Amount, explanation: Type.String(), reference: Type.Optional(Type.String()) },
    exemptionCode: Type.Optional(Type.String({ description: 'VATEX code of EN 16931.' })),
    selfAssessed: Type.Array(
      Type.Object({ tax: Type.String(), jurisdiction: Type.String(), percent: Type.String(), amount: Amount }, closed),
      { description: 'What the buyer accounts for itself.' },
    ),
  },
  closed,
);
const Explained = Type.Object(
  {
    ...{ day: LocalDate, currency: Currency, net: Amount, taxAmount: Amount, toPay: Amount, taxes: Type.Array(AmountOfTax) },
    withheld: Type.Array(AmountOfTax, { description: 'By the payer, from what it pays; no part of the document’s total.' }),
  },
  { ...closed, title: 'ExplainedTax' },
);

export function taxOperations(tax: TaxReader, jobs: JobDesk): readonly Operation[] {
  const read = { tag: 'Tax', method: 'GET', permission: 'documents:read' } as const;
  const filter = {
    ...sortedQuery,
    own: Type.Optional(Type.Boolean({ description: 'Only your own and loaded ones.' })),
    on: Type.Optional(Type.String({ ...LocalDate, description: 'Only what holds on the day.' })),
    place: Type.Optional(Type.String({ ...Name, description: 'Only what names this country, region or area.' })),
  };
  return [
    operation({
      ...{ ...read, id: 'listTaxRules', path: '/v1/tax/rules', summary: 'Rules that say whose tax is due', answer: Page(TaxRuleShown) },
      ...{ query: Type.Object(filter, closed), refusals: ['api.cursor-wrong'] },
      async handle({ query: { own = false, on, place, ...page } }) {
        checkDays({ on });
        const { rules } = await tax.rules();
        const wanted = rules.filter(
          (rule) =>
            (!own || rule.own) &&
            (on === undefined || holdsOn(rule, on)) &&
            (place === undefined || [...rule.seller, ...rule.buyer].includes(place)),
        );
        return { body: listed(wanted, page, ({ id, validFrom, own: mine }) => `${id} ${validFrom} ${mine}`, ruleShown) };
      },
    }),
    operation({
      ...{ ...read, id: 'listTaxRates', path: '/v1/tax/rates', summary: 'What taxes come to', answer: Page(TaxRateShown) },
      ...{ query: Type.Object(filter, closed), refusals: ['api.cursor-wrong'] },
      async handle({ query: { own = false, on, place, ...page } }) {
        checkDays({ on });
        const { rates } = await tax.rules();
        const holding = rates
          .filter(
            (rate) =>
              (!own || rate.own) && (place === undefined || rate.jurisdiction === place || rate.jurisdiction.startsWith(`${place}-`)),
          )
          .map((rate) => ({ rate, percents: on === undefined ? rate.percents : percentsOn(rate.percents, on) }))
          .filter(({ percents }) => percents.length > 0);
        const key = ({ rate: { id, own: mine } }: (typeof holding)[number]): string => `${id} ${mine}`;
        return { body: listed(holding, page, key, ({ rate, percents }) => rateShown(rate, percents)) };
      },
    }),
    operation({
      ...{ ...read, id: 'explainTax', path: '/v1/tax/explanation', summary: 'The tax on an amount, which rule made it and why' },
      ...{ query: Explain, answer: Explained },
      refusals: [
        ...(['tax.question-broken', 'tax.rule-missing', 'tax.rules-overlap', 'tax.rate-missing', 'tax.rates-overlap'] as const),
        ...(['tax.region-missing', 'tax.country-missing', 'tax.registration-missing', 'tax.withholding-missing'] as const),
        ...(['tax.gross-up-impossible', 'tax.withholding-overlaps', 'tax.party-unknown', 'tax.amount-unreadable'] as const),
        ...(['tax.service-unreachable', 'tax.service-timeout', 'tax.service-refused', 'tax.service-answer-broken'] as const),
      ],
      async handle({ query }) {
        checkDays({ on: query.on });
        const { question, answer } = await tax.explain(query);
        const net = answer.lines.reduce((sum, { netNanos }) => sum + netNanos, 0n);
        return {
          body: {
            ...{ day: question.taxDay, currency: question.currency, net: formatNanos(net, 2), taxAmount: formatNanos(answer.taxNanos, 2) },
            ...{ toPay: formatNanos(net + answer.taxNanos, 2), taxes: answer.taxes.map(amountShown) },
            withheld: answer.withholding.map(amountShown),
          },
        };
      },
    }),
    operation({
      ...{ tag: 'Tax', method: 'POST', permission: 'documents:read', repetition: 'key', audit: { subject: 'tax' }, status: 202 },
      ...{ id: 'checkTax', path: '/v1/tax/checks', summary: 'Find gaps and overlaps before anybody is billed', body: Check, answer: Job },
      description:
        'A job: the rules are held against each other, and every account is asked about in both directions. Its result has `supplies` that were asked ' +
        'about, how many `faults` there are, and the first 500 of them as `findings` with code, about, from and message.',
      handle: ({ body, principal }) => {
        checkDays({ from: body.from, to: body.to });
        return startJob(jobs, CHECK_TAX, body, principal);
      },
    }),
  ];
}

function amountShown(amount: TaxAmount): Static<typeof AmountOfTax> {
  const { rule, name, jurisdiction, category, percent, baseNanos, taxNanos, explanation, legalReference, exemptionCode } = amount;
  return {
    ...{ rule, tax: name, jurisdiction, category, percent, base: formatNanos(baseNanos, 2), amount: formatNanos(taxNanos, 2), explanation },
    ...(legalReference === undefined ? {} : { reference: legalReference }),
    ...(exemptionCode === undefined ? {} : { exemptionCode }),
    selfAssessed: (amount.selfAssessed ?? []).map((each) => ({
      ...{ tax: each.name, jurisdiction: each.jurisdiction, percent: each.percent, amount: formatNanos(each.taxNanos, 2) },
    })),
  };
}
