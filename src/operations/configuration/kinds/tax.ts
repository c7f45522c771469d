/** Tax: whose is due on which supply, what it comes to, and what payers withhold. The shipped data is read by the same shapes. */
import { parseDecimal } from '#core/money/decimal.ts';
import { buyerStatuses, relations, requirements } from '#core/tax/rules.ts';
import { taxCategories, taxedServices } from '#core/tax/tax.ts';
import { flag, identifier, localDate, text } from '../scalar-shapes.ts';
import { changed, defaulted, listOf, oneOf, optional, record, required, type Shape, scalar } from '../shapes.ts';

const few = <T>(shape: Shape<T>): Shape<readonly T[]> => listOf(shape, { lone: true });

/** All but interest, which is taxed otherwise in most countries. */
export const supplied = taxedServices.filter((service) => service !== 'interest');
const suppliedText = `[${supplied.join(', ')}]`;

const place = scalar(
  'country, region, area or `any`',
  'a country (IE), a region (US-CA), an area (EU) or any',
  { type: 'string', pattern: '^(any|[A-Z]{2,8}(-[A-Z0-9]{1,12}){0,3})$' },
  (value) => (/^(any|[A-Z]{2,8}(-[A-Z0-9]{1,12}){0,3})$/.test(value) ? value : undefined),
);

/** What is taxed somewhere: a country, a region, or something within it. */
export const jurisdiction = scalar(
  'jurisdiction',
  'a jurisdiction: a country (IE), a region (US-CA) or a place within it (US-CA-037)',
  { type: 'string', pattern: '^[A-Z]{2}(-[A-Z0-9]{1,12}){0,3}$' },
  (value) => (/^[A-Z]{2}(-[A-Z0-9]{1,12}){0,3}$/.test(value) ? value : undefined),
);

/** 0 to 100, as written. */
export const percentage = scalar(
  'per cent',
  'a percentage from 0 to 100, such as 9.975',
  { anyOf: [{ type: 'number' }, { type: 'string' }] },
  (value) => {
    const read = parseDecimal(value);
    return read !== undefined && read.units >= 0n && read.units <= 100n * 10n ** BigInt(read.scale) ? value.replace(/^\+/, '') : undefined;
  },
);

const validFrom = required(localDate, 'First day on which it holds.', '2026-01-01');
const validTo = optional(localDate, 'First day on which it no longer holds. Left out: open, or until the next begins.', '2027-01-01');
const services = defaulted(few(oneOf(taxedServices)), supplied, suppliedText, 'What it is about.', '[voice, sms]');
const source = required(text, 'Where it is written: law and section, or page of the tax office.', 'Article 196 Directive 2006/112/EC');

/** Oldest first; each begins after the one before and ends after it begins. */
const percents = changed(
  listOf(
    record('object', {
      percent: required(percentage, 'Per cent of the base.', '9.975'),
      validFrom,
      validTo,
      onTopOf: defaulted(few(text), [], 'none', 'Taxes that are part of the base: a tax on a tax.', '[GST]'),
    }),
  ),
  (list, tree, field, reading) => {
    const sorted = [...list].sort((a, b) => (a.validFrom < b.validFrom ? -1 : a.validFrom > b.validFrom ? 1 : 0));
    const empty = sorted.find((one) => one.validTo !== undefined && one.validTo <= one.validFrom);
    if (empty !== undefined)
      return reading.fault(
        'configuration.validity-empty',
        `a percentage from ${empty.validFrom} ends before or on the day it begins`,
        tree,
        field,
        empty.validTo,
      );
    const twice = sorted.find((one, index) => sorted[index + 1]?.validFrom === one.validFrom);
    if (twice !== undefined)
      return reading.fault('configuration.value-wrong', `two percentages begin on ${twice.validFrom}`, tree, field, twice.percent);
    if (sorted.length === 0) return reading.fault('configuration.key-missing', 'there is no percentage', tree, field);
    return sorted;
  },
);

export const taxRule = dated(
  record('tax rule', {
    id: required(identifier, 'Name of the rule. One with the id of a shipped rule stands in its place.', 'ie-to-jersey'),
    says: required(text, 'What it is about; stands in the explanation of each amount.', 'Service to a business in Jersey'),
    validFrom,
    validTo,
    seller: defaulted(few(place), ['any'], 'any', 'Where the seller is: one of these.', '[IE]'),
    sellerNot: defaulted(few(place), [], 'none', 'And none of these.', '[GB-NIR]'),
    buyer: defaulted(few(place), ['any'], 'any', 'Where the buyer is.', '[JE, GG]'),
    buyerNot: defaulted(few(place), [], 'none', 'And none of these.', '[EU]'),
    relation: optional(
      oneOf(relations),
      '`domestic`: both of one country; of these `same-region` and `other-region`. `foreign`: of two.',
      'foreign',
    ),
    buyerStatus: defaulted(
      few(oneOf(buyerStatuses)),
      buyerStatuses,
      '[consumer, business, reseller]',
      'How the buyer counts. A business that sells telecommunication on is a `reseller` and no `business` here.',
      '[business, reseller]',
    ),
    services,
    category: required(
      oneOf(taxCategories),
      'UNCL 5305: `S` taxed, `Z` zero-rated, `E` exempt, `AE` reverse charge, `K` within the EU (goods), `G` export, `O` outside the scope.',
      'O',
    ),
    taxedAt: optional(oneOf(['seller', 'buyer']), 'Needed with `S`, and only there: whose place gives the rates.', 'seller'),
    taxes: optional(
      few(text),
      'Names of the taxes due, in the order of documents. Left out: all that have a rate at the place.',
      '[CGST, SGST]',
    ),
    selfAssessed: defaulted(
      flag,
      false,
      'false',
      'A business that buys accounts itself for the tax of its country, where that asks for it.',
      'true',
    ),
    requires: defaulted(few(oneOf(requirements)), [], 'none', 'Registrations without which it is refused.', '[buyer-at-home]'),
    reference: optional(text, 'What must stand on the document, in English.', 'Outside the scope of VAT'),
    wording: optional(identifier, 'Key of a wording that is shipped in several languages.', 'outside-scope'),
    exemptionCode: optional(text, 'VATEX code of EN 16931.', 'VATEX-EU-O'),
    source,
  }),
);

export const taxRate = record('tax rate', {
  id: required(identifier, 'Name of the rate. One with the id of a shipped rate stands in its place.', 'JE-GST'),
  tax: required(text, 'The tax, as documents name it.', 'GST'),
  jurisdiction: required(jurisdiction, 'Whose tax it is.', 'JE'),
  services,
  percents: required(percents, 'Its percentages, by day.', '[{percent: 5, validFrom: 2011-06-01}]'),
  source,
});

export const withholdingRule = record('withholding rule', {
  id: required(identifier, 'Name of the rule.', 'pk-telecom'),
  tax: required(text, 'The tax, as remittance advices name it.', 'Withholding tax'),
  says: required(text, 'What it is about; stands in the explanation.', 'Payment for services to a non-resident'),
  payer: required(few(place), 'Where the payer is: the buyer.', '[PK]'),
  payee: defaulted(few(place), ['any'], 'any', 'Where the payee is. A rule that names places goes before one for `any`.', '[DE]'),
  payeeNot: defaulted(few(place), [], 'none', 'And none of these.', '[PK]'),
  services,
  needsCertificate: defaulted(
    flag,
    false,
    'false',
    'Only with a certificate (of residence) whose `--of` is this rule; without it the rule for `any` holds.',
    'true',
  ),
  percents: required(percents, 'Its percentages, by day; 0 is one.', '[{percent: 15, validFrom: 2020-07-01}]'),
  reference: optional(text, 'Treaty and article.', 'Article 12 of the treaty of 1994'),
  source,
});

/** A rule that ends must end after it begins, and is taxed somewhere if it is taxed at all. */
function dated<
  T extends {
    readonly validFrom: string;
    readonly validTo?: string;
    readonly category: string;
    readonly taxedAt?: string;
    readonly id: string;
  },
>(shape: Shape<T>): Shape<T> {
  return changed(shape, (rule, tree, field, reading) => {
    if (rule.validTo !== undefined && rule.validTo <= rule.validFrom)
      return reading.fault(
        'configuration.validity-empty',
        `the rule ends before or on the day it begins`,
        tree,
        `${field}.validTo`,
        rule.validTo,
      );
    if ((rule.category === 'S') !== (rule.taxedAt !== undefined))
      return reading.fault(
        'configuration.value-wrong',
        rule.category === 'S'
          ? 'a rule of category S says taxedAt'
          : `a rule of category ${rule.category} taxes nowhere: leave taxedAt out`,
        tree,
        `${field}.taxedAt`,
        rule.taxedAt,
      );
    return rule;
  });
}

const member = record('object', { place: required(place, 'A territory.', 'IE'), validFrom, validTo });

/** Only in the shipped data. */
export const taxArea = record('tax area', {
  id: required(identifier, 'Name of the area.', 'EU'),
  members: required(listOf(member), 'Its members, by day.', '[{place: IE, validFrom: 1973-01-01}]'),
});

/** Only in the shipped data. */
export const taxTerritory = record('tax territory', {
  id: required(identifier, 'Name.', 'MC'),
  place: required(place, 'The place.', 'MC'),
  territory: required(place, 'Whose tax law holds there.', 'FR'),
  validFrom,
  validTo,
  note: optional(text, 'Stands in explanations.', 'Monaco counts as France for VAT.'),
});

/** Only in the shipped data. */
export const selfAssessment = record('self-assessment', {
  id: required(identifier, 'Name.', 'EU'),
  place: required(place, 'A territory or area.', 'EU'),
  taxes: required(few(text), 'By which taxes.', '[VAT]'),
  validFrom,
  validTo,
  source,
});

const words = <T>(word: Shape<T>): Shape<readonly T[]> => ({
  ...word,
  says: `${word.says}, separated by blanks`,
  read(tree, field, reading) {
    if (tree.kind !== 'text') return listOf(word).read(tree, field, reading);
    const read = tree.text
      .split(/\s+/)
      .filter((part) => part !== '')
      .map((part) => word.read({ ...tree, text: part }, field, reading));
    const found = read.filter((one) => one !== undefined);
    return found.length === read.length ? found : undefined;
  },
});

/** The columns of a table that `carillon tax import` takes. */
export const taxTableRow = {
  jurisdiction: required(jurisdiction, 'Whose tax it is.', 'US-CA-037'),
  tax: required(text, 'The tax, as documents name it.', 'State sales tax'),
  percent: required(percentage, 'Per cent; 0 where nothing is due.', '7.25'),
  validFrom,
  validTo,
  services: optional(words(oneOf(taxedServices)), 'Left out: all but interest.', 'voice sms'),
  onTopOf: optional(words(text), 'Taxes that are part of the base.', 'GST'),
};
