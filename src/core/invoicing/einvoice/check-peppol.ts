/**
 * Rules that Peppol BIS Billing 3.0 adds (release 3.0.15 of May 2023 was read for them; in November 2026 P0100 to P0112, R002, R006, R043, R044,
 * R080, R100 and R101 beside the schematron and checkers of others, docs/reference/e-invoice.md). National rules are not among them.
 */
import type { Decimal } from '../../money/decimal.ts';
import { isLocalDate } from '../../time/zoned.ts';
import { peppolAddressSchemes } from './code-lists.ts';
import { type EAllowance, type EAmount, type EInvoice, type ELine, peppol } from './einvoice.ts';
import { add, type Check, equal, isSaid, negated, sayAmount, sayDecimal, times, within, zero } from './finding.ts';
import { isSchemeValue } from './identifier-digits.ts';

const slack: Decimal = { units: 2n, scale: 2 };
/** Reasons of exemption that belong to one category. */
const reasonCategories: Readonly<Record<string, readonly [rule: string, category: string]>> = {
  'VATEX-EU-G': ['P0104', 'G'],
  'VATEX-EU-O': ['P0105', 'O'],
  'VATEX-EU-IC': ['P0106', 'K'],
  'VATEX-EU-AE': ['P0107', 'AE'],
  'VATEX-EU-D': ['P0108', 'E'],
  'VATEX-EU-F': ['P0109', 'E'],
  'VATEX-EU-I': ['P0110', 'E'],
  'VATEX-EU-J': ['P0111', 'E'],
};
/** Types that each process takes. Self-billing: its invoice, debit note and credit note; of billing, where the process is 01. */
const processTypes = {
  selfBilling: { invoice: new Set(['389', '527']), 'credit-note': new Set(['261']) },
  billing: {
    invoice: new Set('71 80 82 84 102 218 219 326 331 380 382 383 384 386 388 393 395 553 575 623 780 817 870 875 876 877'.split(' ')),
    'credit-note': new Set('81 83 381 396 532'.split(' ')),
  },
} as const;
/** Partial construction invoice and corrected invoice: between Germans. */
const germanTypes: ReadonlySet<string> = new Set(['326', '384']);

export function checkPeppol(invoice: EInvoice, check: Check): void {
  const peppolRule = (number: string): string => `PEPPOL-EN16931-${number}`;
  const { profile, customization, seller, buyer, taxTotals, currency, taxCurrency } = invoice;
  const isSelfBilling = profile?.trim() === peppol.selfBillingProfile;
  check(peppolRule('R001'), profile !== undefined, 'the business process is missing', 'BT-23');
  check(
    peppolRule('R007'),
    isSelfBilling || /^urn:fdc:peppol\.eu:2017:poacc:billing:\d{2}:1\.0$/.test(profile?.trim() ?? ''),
    'the business process is not that of billing or self-billing',
    'BT-23',
    profile,
  );
  check(
    peppolRule('R004'),
    (customization ?? '').trim().startsWith(isSelfBilling ? peppol.selfBillingCustomization : peppol.customization),
    'the specification identifier is not that of the business process',
    'BT-24',
    customization,
  );
  const isGerman = seller.address?.country === 'DE' && buyer.address?.country === 'DE';
  check(peppolRule('R002'), invoice.notes.length <= 1 || isGerman, 'there is more than one note', 'BT-22', String(invoice.notes.length));
  const referred = (type: string): number => invoice.references?.filter((one) => one === type).length ?? 0;
  check(peppolRule('R006'), referred('130') <= 1, 'there is more than one invoiced object', 'BT-18', String(referred('130')));
  check(
    peppolRule('R080'),
    invoice.kind === 'invoice' || referred('50') <= 1,
    'there is more than one project',
    'BT-11',
    String(referred('50')),
  );
  check(
    peppolRule('R003'),
    isSaid(invoice.buyerReference) || isSaid(invoice.orderReference),
    'neither buyer reference nor purchase order is given',
    'BT-10',
  );
  check(
    peppolRule('R005'),
    taxCurrency === undefined || taxCurrency !== currency,
    'the accounting currency is that of the document',
    'BT-6',
    taxCurrency,
  );
  check(peppolRule('R010'), isSaid(buyer.endpoint?.id), 'the electronic address of the buyer is missing', 'BT-49');
  check(peppolRule('R020'), isSaid(seller.endpoint?.id), 'the electronic address of the seller is missing', 'BT-34');
  check(
    peppolRule('R053'),
    taxTotals.filter(({ breakdown }) => breakdown.length > 0).length === 1,
    'there is not one total of tax with a breakdown',
    'BT-110',
  );
  check(
    peppolRule('R054'),
    taxTotals.filter(({ breakdown }) => breakdown.length === 0).length === (taxCurrency === undefined ? 0 : 1),
    'a total of tax without a breakdown stands for the accounting currency alone',
    'BT-111',
  );
  const signs = taxTotals.map(({ amount }) => amount?.value.units ?? 0n);
  check(
    peppolRule('R055'),
    signs.every((sign) => sign >= 0n) || signs.every((sign) => sign <= 0n),
    'the totals of tax have different signs',
    'BT-111',
  );
  for (const { code, mandate } of invoice.payments)
    check(peppolRule('R061'), !['49', '59'].includes(code ?? '') || isSaid(mandate), 'a direct debit needs its mandate', 'BT-89', code);
  for (const [amount, field] of amountsOf(invoice))
    check(peppolRule('R051'), amount.currency === currency, 'an amount is in another currency than the document', field, amount.currency);
  for (const [day, field] of [
    [invoice.issueDay, 'BT-2'],
    [invoice.dueDay, 'BT-9'],
    [invoice.taxPointDay, 'BT-7'],
  ] as const)
    check(peppolRule('F001'), day === undefined || isLocalDate(day), 'a day is not written as 2026-12-31', field, day);
  for (const one of invoice.allowances) checkAllowance(one, 'document', check);
  for (const { category, reasonCode } of taxTotals.flatMap(({ breakdown }) => breakdown)) {
    const [rule, needed] = reasonCategories[reasonCode?.toUpperCase() ?? ''] ?? [];
    if (rule !== undefined)
      check(peppolRule(rule), category.code === needed, `this reason of exemption is one of category ${needed}`, 'BT-121', reasonCode);
  }
  const { typeCode, kind } = invoice;
  if (typeCode !== undefined) {
    const isBilling = profile?.trim() === peppol.profile;
    check(
      peppolRule(kind === 'invoice' ? 'P0100' : 'P0101'),
      !(isSelfBilling || isBilling) || processTypes[isSelfBilling ? 'selfBilling' : 'billing'][kind].has(typeCode.trim()),
      'the business process does not take this type',
      'BT-3',
      typeCode,
    );
    check(
      peppolRule('P0112'),
      isSelfBilling || isGerman || !germanTypes.has(typeCode.trim()),
      'this type is only taken between Germans',
      'BT-3',
      typeCode,
    );
  }
  for (const line of invoice.lines) checkLine(invoice, line, check);
  for (const [identifier, field] of [
    [seller.endpoint, 'BT-34'],
    [buyer.endpoint, 'BT-49'],
    [seller.legalId, 'BT-30'],
    [buyer.legalId, 'BT-47'],
  ] as const) {
    if ((field === 'BT-34' || field === 'BT-49') && identifier?.scheme !== undefined)
      check(
        peppolRule('CL008'),
        peppolAddressSchemes.has(identifier.scheme),
        'Peppol has no addresses of this scheme',
        field,
        identifier.scheme,
      );
    const known = identifier === undefined ? undefined : isSchemeValue(identifier);
    if (known !== undefined)
      check(
        known.rule,
        known.isRight,
        `this is no number of scheme ${identifier?.scheme}: its form or check digit is wrong`,
        field,
        identifier?.id,
      );
  }
}

function checkLine(invoice: EInvoice, line: ELine, check: Check): void {
  const at = (term: string): string => `${term} line ${line.id ?? ''}`;
  const { period } = invoice;
  if (period?.start !== undefined && line.period?.start !== undefined)
    check(
      'PEPPOL-EN16931-R110',
      line.period.start >= period.start,
      'the period of a line begins before that of the document',
      at('BT-134'),
      line.period.start,
    );
  if (period?.end !== undefined && line.period?.end !== undefined)
    check(
      'PEPPOL-EN16931-R111',
      line.period.end <= period.end,
      'the period of a line ends behind that of the document',
      at('BT-135'),
      line.period.end,
    );
  const per = line.baseQuantity === undefined || line.baseQuantity.units === 0n ? { units: 1n, scale: 0 } : line.baseQuantity;
  const added = add(...line.allowances.map(({ isCharge, amount }) => (isCharge ? amount?.value : negated(amount?.value))));
  // Without a division: (net − charges + allowances) × base quantity against quantity × price, the slack times the base quantity.
  const left = times(add(line.net?.value ?? zero, negated(added)), per);
  const right = times(line.quantity ?? { units: 1n, scale: 0 }, line.price?.value ?? zero);
  const wide = times(slack, per);
  const most = wide.units < 0n ? { ...wide, units: -wide.units } : wide;
  check(
    'PEPPOL-EN16931-R120',
    within(left, right, most, true),
    'the net amount of a line is not quantity times price with its allowances and charges',
    at('BT-131'),
    sayAmount(line.net),
  );
  check(
    'PEPPOL-EN16931-R121',
    line.baseQuantity === undefined || line.baseQuantity.units > 0n,
    'the quantity that a price is for is not positive',
    at('BT-149'),
    sayDecimal(line.baseQuantity),
  );
  check(
    'PEPPOL-EN16931-R130',
    line.baseUnit === undefined || line.unit === undefined || line.baseUnit === line.unit,
    'the price is for another unit than the quantity',
    at('BT-150'),
    line.baseUnit,
  );
  const { references = [] } = line;
  check('PEPPOL-EN16931-R100', references.length <= 1, 'a line refers to more than one document', at('BT-128'), String(references.length));
  check(
    'PEPPOL-EN16931-R101',
    references.length === 0 || references.includes('130'),
    'what a line refers to is no invoiced object (130)',
    at('BT-128'),
    references.join(' '),
  );
  check('PEPPOL-EN16931-R044', line.isPriceCharged !== true, 'a price has a charge', at('BT-147'));
  for (const one of line.allowances) checkAllowance(one, `line ${line.id ?? ''}`, check);
  if (line.grossPrice !== undefined && line.price !== undefined)
    check(
      'PEPPOL-EN16931-R046',
      equal(line.price.value, add(line.grossPrice.value, negated(line.priceDiscount?.value))),
      'the price is not the gross price less its discount',
      at('BT-146'),
      sayAmount(line.price),
    );
}

function checkAllowance({ amount, base, percent, indicator }: EAllowance, where: string, check: Check): void {
  const field = `BG-20 ${where}`;
  check('PEPPOL-EN16931-R043', indicator === undefined, 'whether it is a charge is not said as true or false', field, indicator);
  check(
    'PEPPOL-EN16931-R041',
    percent === undefined || base !== undefined,
    'an allowance or charge has a percentage without its base',
    field,
  );
  check(
    'PEPPOL-EN16931-R042',
    base === undefined || percent !== undefined,
    'an allowance or charge has a base without its percentage',
    field,
  );
  if (percent === undefined || base === undefined) return;
  const product = times(base.value, percent);
  const expected = { units: product.units, scale: product.scale + 2 };
  check(
    'PEPPOL-EN16931-R040',
    within(amount?.value ?? zero, expected, slack, true),
    'an allowance or charge is not its base times its percentage',
    field,
    sayAmount(amount),
  );
}

/** All amounts but the total of tax in the accounting currency. */
function amountsOf({ totals, taxTotals, allowances, lines }: EInvoice): readonly (readonly [EAmount, string])[] {
  const said: readonly (readonly [EAmount | undefined, string])[] = [
    [totals.lines, 'BT-106'],
    [totals.allowances, 'BT-107'],
    [totals.charges, 'BT-108'],
    [totals.net, 'BT-109'],
    [totals.gross, 'BT-112'],
    [totals.prepaid, 'BT-113'],
    [totals.rounding, 'BT-114'],
    [totals.payable, 'BT-115'],
    ...taxTotals.flatMap(({ amount, breakdown }): [EAmount | undefined, string][] =>
      breakdown.length === 0
        ? []
        : [
            [amount, 'BT-110'],
            ...breakdown.flatMap(({ base, tax }): [EAmount | undefined, string][] => [
              [base, 'BT-116'],
              [tax, 'BT-117'],
            ]),
          ],
    ),
    ...[...allowances, ...lines.flatMap((line) => line.allowances)].flatMap(({ amount, base }): [EAmount | undefined, string][] => [
      [amount, 'BG-20'],
      [base, 'BG-20'],
    ]),
    ...lines.flatMap(({ id, net, price }): [EAmount | undefined, string][] => [
      [net, `BT-131 line ${id ?? ''}`],
      [price, `BT-146 line ${id ?? ''}`],
    ]),
  ];
  return said.flatMap(([amount, field]) => (amount === undefined ? [] : [[amount, field] as const]));
}
