/** What the operations of tax show of its rules. */
import Type, { type Static } from 'typebox';
import type { TaxFinding } from '#core/tax/check-rules.ts';
import { buyerStatuses, relations, requirements, type TaxPercent, type TaxRate, type TaxRule } from '#core/tax/rules.ts';
import { taxCategories, taxedServices } from '#core/tax/tax.ts';
import { LocalDate } from '../schemas.ts';

const closed = { additionalProperties: false } as const;
const text = Type.Optional(Type.String());
const places = Type.Array(Type.String());
const services = Type.Array(Type.Enum([...taxedServices]));
const dated = {
  validFrom: LocalDate,
  validTo: Type.Optional(Type.String({ ...LocalDate, description: 'First day on which it no longer holds.' })),
};
const own = Type.Boolean({ description: 'Yours, asked before what is shipped.' });
const source = Type.String({ description: 'Where it is written.' });

export const Category = Type.Enum([...taxCategories], { description: 'UNCL 5305: S, Z, E, AE, K, G or O.' });

export const TaxRuleShown = Type.Object(
  {
    ...{ rule: Type.String(), says: Type.String(), own, ...dated },
    ...{ seller: places, sellerNot: places, buyer: places, buyerNot: places },
    relation: Type.Optional(Type.Enum([...relations])),
    ...{ buyerStatus: Type.Array(Type.Enum([...buyerStatuses])), services, category: Category },
    taxedAt: Type.Optional(Type.Enum(['seller', 'buyer'], { description: 'Whose places give the rates.' })),
    taxes: Type.Optional(Type.Array(Type.String(), { description: 'Left out: all that have a rate there.' })),
    selfAssessed: Type.Boolean({ description: 'The buyer accounts for it itself.' }),
    requires: Type.Array(Type.Enum([...requirements])),
    ...{ reference: text, wording: text, exemptionCode: text, source },
  },
  { ...closed, title: 'TaxRule' },
);

export const TaxRateShown = Type.Object(
  {
    ...{ rate: Type.String(), tax: Type.String(), jurisdiction: Type.String(), own, services, source },
    percents: Type.Array(
      Type.Object(
        {
          percent: Type.String({ description: 'As written: `9.975`.' }),
          ...dated,
          onTopOf: Type.Array(Type.String(), { description: 'Taxes that are part of its base.' }),
        },
        closed,
      ),
      { description: 'Oldest first; without an end, one holds until the next begins.' },
    ),
  },
  { ...closed, title: 'TaxRate' },
);

export function ruleShown({ id, ...rule }: TaxRule): Static<typeof TaxRuleShown> {
  const { taxes, buyerStatus, requires, seller, sellerNot, buyer, buyerNot } = rule;
  return {
    ...{ rule: id, ...rule, buyerStatus: [...buyerStatus], requires: [...requires], services: [...rule.services] },
    ...{ seller: [...seller], sellerNot: [...sellerNot], buyer: [...buyer], buyerNot: [...buyerNot] },
    ...(taxes === undefined ? {} : { taxes: [...taxes] }),
  } as Static<typeof TaxRuleShown>; // spreading what may be left out makes it may-be-undefined for the compiler
}

export function rateShown({ id, tax, jurisdiction, own: mine, services: on, source: from }: TaxRate, percents: readonly TaxPercent[]) {
  return {
    ...{ rate: id, tax, jurisdiction, own: mine, services: [...on], source: from },
    percents: percents.map(({ percent, validFrom, validTo, onTopOf }) => ({
      ...{ percent, validFrom, ...(validTo === undefined ? {} : { validTo }), onTopOf: [...onTopOf] },
    })),
  };
}

export function findingShown({ refusal, from, about }: TaxFinding) {
  return { code: refusal.code, about, from, message: refusal.message };
}
