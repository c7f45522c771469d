/** Rules by category of VAT: BR-S, BR-Z, BR-E, BR-AE, BR-IC, BR-G, BR-O, BR-AF (IGIC), BR-AG (IPSI). They are one pattern with differences. */
import { compareDecimals, type Decimal } from '../../money/decimal.ts';
import { isTaxOf } from './check-totals.ts';
import type { EAllowance, EInvoice, ELine, ETaxCategory } from './einvoice.ts';
import { add, type Check, equal, negated, sayAmount, sayDecimal, within, zero } from './finding.ts';

interface CategoryRules {
  readonly code: string;
  /** `BR-S`. */
  readonly prefix: string;
  readonly name: string;
  /** What the percentage of a line must be. */
  readonly percent: 'positive' | 'not-negative' | 'zero' | 'none';
  /** Whose registrations must be there. */
  readonly needs: 'seller' | 'seller-vat' | 'seller-and-buyer' | 'both-vat' | 'none-at-all';
  /** Whether each percentage has a breakdown of its own, and its tax is calculated; else there is one with no tax. */
  readonly isTaxed: boolean;
  readonly reason: 'needed' | 'forbidden';
}

const categories: readonly CategoryRules[] = [
  { code: 'S', prefix: 'BR-S', name: 'standard rated', percent: 'positive', needs: 'seller', isTaxed: true, reason: 'forbidden' },
  { code: 'Z', prefix: 'BR-Z', name: 'zero rated', percent: 'zero', needs: 'seller', isTaxed: false, reason: 'forbidden' },
  { code: 'E', prefix: 'BR-E', name: 'exempt', percent: 'zero', needs: 'seller', isTaxed: false, reason: 'needed' },
  { code: 'AE', prefix: 'BR-AE', name: 'reverse charge', percent: 'zero', needs: 'seller-and-buyer', isTaxed: false, reason: 'needed' },
  { code: 'K', prefix: 'BR-IC', name: 'intra-community supply', percent: 'zero', needs: 'both-vat', isTaxed: false, reason: 'needed' },
  { code: 'G', prefix: 'BR-G', name: 'export', percent: 'zero', needs: 'seller-vat', isTaxed: false, reason: 'needed' },
  { code: 'O', prefix: 'BR-O', name: 'outside the scope', percent: 'none', needs: 'none-at-all', isTaxed: false, reason: 'needed' },
  { code: 'L', prefix: 'BR-AF', name: 'IGIC', percent: 'not-negative', needs: 'seller', isTaxed: true, reason: 'forbidden' },
  { code: 'M', prefix: 'BR-AG', name: 'IPSI', percent: 'not-negative', needs: 'seller', isTaxed: true, reason: 'forbidden' },
];

const one: Decimal = { units: 1n, scale: 0 };

export function checkCategories(invoice: EInvoice, check: Check): void {
  for (const category of categories) checkCategory(invoice, category, check);
  const breakdown = invoice.taxTotals.flatMap((total) => total.breakdown);
  if (breakdown.some(({ category }) => category.code === 'K')) {
    const hasDay = invoice.delivery?.day !== undefined || invoice.period !== undefined;
    check('BR-IC-11', hasDay, 'an intra-community supply needs the day of delivery or the period', 'BT-72');
    check('BR-IC-12', invoice.delivery?.country !== undefined, 'an intra-community supply needs the country of delivery', 'BT-80');
  }
  if (breakdown.some(({ category }) => category.code === 'O')) {
    check(
      'BR-O-11',
      breakdown.every(({ category }) => category.code === 'O'),
      'what is outside the scope stands with other categories',
      'BG-23',
    );
    check(
      'BR-O-12',
      invoice.lines.every(({ tax }) => tax?.code === undefined || tax.code === 'O'),
      'what is outside the scope stands with lines of other categories',
      'BT-151',
    );
    for (const [rule, isCharge, term] of [
      ['BR-O-13', false, 'BT-95'],
      ['BR-O-14', true, 'BT-102'],
    ] as const)
      check(
        rule,
        invoice.allowances.every((each) => each.isCharge !== isCharge || each.tax?.code === undefined || each.tax.code === 'O'),
        'what is outside the scope stands with allowances or charges of other categories',
        term,
      );
  }
}

function checkCategory(invoice: EInvoice, rules: CategoryRules, check: Check): void {
  const { code, prefix, name } = rules;
  const lines = invoice.lines.filter(({ tax }) => tax?.code === code);
  const allowances = invoice.allowances.filter(({ isCharge, tax }) => !isCharge && tax?.code === code);
  const charges = invoice.allowances.filter(({ isCharge, tax }) => isCharge && tax?.code === code);
  const breakdown = invoice.taxTotals.flatMap((total) => total.breakdown).filter(({ category }) => category.code === code);
  const isUsed = lines.length + allowances.length + charges.length > 0;
  if (!isUsed && breakdown.length === 0) return;
  const isThere = rules.isTaxed ? isUsed === breakdown.length > 0 : breakdown.length === 1;
  check(
    `${prefix}-01`,
    isThere,
    `category ${code} (${name}) does not stand in the breakdown as it does in the lines`,
    'BG-23',
    String(breakdown.length),
  );
  for (const [number, of, term] of [
    ['02', lines, 'BT-151'],
    ['03', allowances, 'BT-95'],
    ['04', charges, 'BT-102'],
  ] as const)
    if (of.length > 0) {
      const [holds, message] = registrations(invoice, rules);
      check(`${prefix}-${number}`, holds, `category ${code} (${name}) ${message}`, term, code);
    }
  const checkPercent = (number: string, tax: ETaxCategory | undefined, field: string): void =>
    check(
      `${prefix}-${number}`,
      isPercent(rules, tax?.percent),
      `category ${code} (${name}) ${percentNeeded(rules)}`,
      field,
      sayDecimal(tax?.percent),
    );
  for (const line of lines) checkPercent('05', line.tax, `BT-152 line ${line.id ?? ''}`);
  for (const each of allowances) checkPercent('06', each.tax, 'BT-96');
  for (const each of charges) checkPercent('07', each.tax, 'BT-103');
  for (const part of breakdown) {
    const at = (term: string): string =>
      `${term} ${code}${part.category.percent === undefined ? '' : ` ${sayDecimal(part.category.percent)} %`}`;
    const expected = baseOf(rules, part.category.percent, lines, allowances, charges);
    // Without a percentage there is nothing to compare with: that itself is BR-48 and BR-S-09.
    const isBase =
      (rules.isTaxed && part.category.percent === undefined) ||
      (part.base !== undefined &&
        expected !== undefined &&
        (rules.isTaxed ? within(part.base.value, expected, one, false) : equal(part.base.value, expected)));
    check(
      `${prefix}-08`,
      isBase,
      `the base is not the sum of what has the category: ${sayDecimal(expected ?? zero)} is due`,
      at('BT-116'),
      sayAmount(part.base),
    );
    const tax = part.tax?.value ?? zero;
    if (rules.isTaxed && part.base !== undefined)
      check(
        `${prefix}-09`,
        isTaxed(part.base.value, tax, part.category.percent),
        'the tax is not its base times its percentage',
        at('BT-117'),
        sayAmount(part.tax),
      );
    if (!rules.isTaxed) check(`${prefix}-09`, equal(tax, zero), `category ${code} (${name}) has no tax`, at('BT-117'), sayAmount(part.tax));
    const hasReason = part.reason !== undefined || part.reasonCode !== undefined;
    check(
      `${prefix}-10`,
      hasReason === (rules.reason === 'needed'),
      `category ${code} (${name}) ${rules.reason === 'needed' ? 'needs the reason why there is no tax' : 'has no reason of exemption'}`,
      at('BT-120'),
      part.reasonCode ?? part.reason,
    );
  }
}

function isTaxed(base: Decimal, tax: Decimal, percent: Decimal | undefined): boolean {
  return percent !== undefined && (percent.units === 0n ? within(tax, zero, one, false) : isTaxOf(base, tax, percent));
}

/** Undefined when nothing has the category and percentage. */
function baseOf(
  { isTaxed: byPercent }: CategoryRules,
  percent: Decimal | undefined,
  lines: readonly ELine[],
  allowances: readonly EAllowance[],
  charges: readonly EAllowance[],
): Decimal | undefined {
  const has = ({ tax }: { readonly tax?: ETaxCategory }): boolean =>
    !byPercent || (tax?.percent !== undefined && percent !== undefined && compareDecimals(tax.percent, percent) === 0);
  const [net, off, on] = [lines.filter(has), allowances.filter(has), charges.filter(has)];
  if (byPercent && net.length + off.length + on.length === 0) return undefined;
  return add(
    ...net.map((line) => line.net?.value),
    ...on.map(({ amount }) => amount?.value),
    ...off.map(({ amount }) => negated(amount?.value)),
  );
}

function isPercent({ percent: needed }: CategoryRules, percent: Decimal | undefined): boolean {
  switch (needed) {
    case 'none':
      return percent === undefined;
    case 'zero':
      return percent !== undefined && percent.units === 0n;
    case 'positive':
      return percent !== undefined && percent.units > 0n;
    case 'not-negative':
      return percent !== undefined && percent.units >= 0n;
  }
}

function percentNeeded({ percent }: CategoryRules): string {
  const words = {
    none: 'has no percentage',
    zero: 'has 0 per cent',
    positive: 'has more than 0 per cent',
    'not-negative': 'has 0 per cent or more',
  };
  return words[percent];
}

function registrations({ seller, buyer, taxRepresentative }: EInvoice, { needs }: CategoryRules): readonly [boolean, string] {
  const represented = taxRepresentative?.vatId !== undefined;
  const sellerVat = seller.vatId !== undefined || represented;
  const sellerAny = sellerVat || seller.taxId !== undefined;
  switch (needs) {
    case 'seller':
      return [sellerAny, 'needs a VAT or tax number of the seller'];
    case 'seller-vat':
      return [sellerVat, 'needs a VAT number of the seller'];
    case 'seller-and-buyer':
      return [
        sellerAny && (buyer.vatId !== undefined || buyer.legalId !== undefined),
        'needs a VAT or tax number of the seller, and a VAT or registration number of the buyer',
      ];
    case 'both-vat':
      return [sellerVat && buyer.vatId !== undefined, 'needs VAT numbers of seller and buyer'];
    case 'none-at-all':
      return [!sellerVat && buyer.vatId === undefined, 'must not have VAT numbers of seller or buyer'];
  }
}
