/** Rules about sums and decimals: BR-CO-10 to BR-CO-18, BR-12 to BR-15, BR-45 to BR-48, BR-DEC. */
import type { Decimal } from '../../money/decimal.ts';
import type { EAllowance, EAmount, EInvoice } from './einvoice.ts';
import { add, type Check, equal, magnitude, negated, rounded, sayAmount, sayDecimal, times, within, zero } from './finding.ts';

const one: Decimal = { units: 1n, scale: 0 };

/** The tax total that has the breakdown, and is in the document's currency. */
export function mainTaxTotal({ taxTotals, currency }: EInvoice): EInvoice['taxTotals'][number] | undefined {
  return taxTotals.find(({ amount }) => amount?.currency === currency);
}

export function checkTotals(invoice: EInvoice, check: Check): void {
  const { totals, lines, allowances, taxTotals, currency } = invoice;
  for (const [rule, amount, term, what] of [
    ['BR-12', totals.lines, 'BT-106', 'the sum of the lines'],
    ['BR-13', totals.net, 'BT-109', 'the total without tax'],
    ['BR-14', totals.gross, 'BT-112', 'the total with tax'],
    ['BR-15', totals.payable, 'BT-115', 'the amount due'],
  ] as const)
    check(rule, amount !== undefined, `${what} is missing`, term);
  const sum = (of: readonly EAllowance[]): Decimal => rounded(add(...of.map(({ amount }) => amount?.value)));
  const equals = (rule: string, amount: EAmount | undefined, expected: Decimal, message: string, term: string): void =>
    check(
      rule,
      amount !== undefined && equal(amount.value, expected),
      `${message}: ${sayDecimal(expected)} is due`,
      term,
      sayAmount(amount),
    );
  equals('BR-CO-10', totals.lines, rounded(add(...lines.map(({ net }) => net?.value))), 'the sum of the lines is not their sum', 'BT-106');
  for (const [rule, total, isCharge, term] of [
    ['BR-CO-11', totals.allowances, false, 'BT-107'],
    ['BR-CO-12', totals.charges, true, 'BT-108'],
  ] as const) {
    const of = allowances.filter((each) => each.isCharge === isCharge);
    if (total !== undefined || of.length > 0)
      equals(rule, total, sum(of), 'a sum of the document’s allowances or charges is not their sum', term);
  }
  const net = add(totals.lines?.value, totals.charges?.value, negated(totals.allowances?.value));
  equals('BR-CO-13', totals.net, rounded(net), 'the total without tax is not lines less allowances plus charges', 'BT-109');
  for (const [index, { amount, breakdown }] of taxTotals.entries())
    if (breakdown.length > 0)
      equals(
        'BR-CO-14',
        amount,
        rounded(add(...breakdown.map(({ tax }) => tax?.value))),
        'the total of tax is not the sum of its breakdown',
        `BT-110 entry ${index + 1}`,
      );
  const inCurrency = taxTotals.filter(({ amount }) => amount?.currency === currency);
  const tax = inCurrency[0]?.amount?.value;
  // Without a currency there is nothing to compare with: that itself is BR-05.
  check(
    'BR-CO-15',
    currency === undefined || inCurrency.length === 1,
    'there is not one total of tax in the document’s currency',
    'BT-110',
    String(inCurrency.length),
  );
  if (inCurrency.length === 1)
    equals(
      'BR-CO-15',
      totals.gross,
      rounded(add(totals.net?.value, tax)),
      'the total with tax is not the total without and the tax',
      'BT-112',
    );
  const due = add(totals.gross?.value, negated(totals.prepaid?.value), totals.rounding?.value);
  equals('BR-CO-16', totals.payable, rounded(due), 'the amount due is not the total less what is paid', 'BT-115');
  check(
    'BR-CO-18',
    taxTotals.some(({ breakdown }) => breakdown.length > 0),
    'there is no breakdown of tax',
    'BG-23',
  );
  for (const [index, part] of taxTotals.flatMap(({ breakdown }) => breakdown).entries()) {
    const field = (term: string): string => `${term} entry ${index + 1}`;
    const { base, tax: own, category } = part;
    check('BR-45', base !== undefined, 'a breakdown of tax has no base', field('BT-116'));
    check('BR-46', own !== undefined, 'a breakdown of tax has no amount', field('BT-117'));
    check('BR-47', category.code !== undefined, 'a breakdown of tax has no category', field('BT-118'));
    check('BR-48', category.percent !== undefined || category.code === 'O', 'a breakdown of tax has no percentage', field('BT-119'));
    if (base !== undefined && own !== undefined)
      check(
        'BR-CO-17',
        isTaxOf(base.value, own.value, category.percent),
        'the tax is not its base times its percentage',
        field('BT-117'),
        sayAmount(own),
      );
  }
  checkDecimals(invoice, check);
}

/** Within less than one unit of the currency, as the rule has it; nothing where there is no percentage. */
export function isTaxOf(base: Decimal, tax: Decimal, percent: Decimal | undefined): boolean {
  const whole = percent === undefined ? zero : wholly(percent);
  if (percent === undefined || equal(whole, zero)) return equal(wholly(tax), zero);
  const expected = rounded({ ...times(magnitude(base), percent), scale: base.scale + percent.scale + 2 });
  return within(magnitude(tax), expected, one, false);
}

/** Rounded to a whole number, half towards plus infinity. */
function wholly({ units, scale }: Decimal): Decimal {
  const hundredth = rounded({ units, scale: scale + 2 });
  return { units: hundredth.units / 10n ** BigInt(Math.max(hundredth.scale - 2, 0)), scale: 0 };
}

function checkDecimals(invoice: EInvoice, check: Check): void {
  const { totals, allowances, taxTotals, lines } = invoice;
  const most2 = (rule: string, amount: EAmount | undefined, field: string): void =>
    check(rule, amount === undefined || amount.value.scale <= 2, 'an amount has more than two decimals', field, sayAmount(amount));
  most2('BR-DEC-09', totals.lines, 'BT-106');
  most2('BR-DEC-10', totals.allowances, 'BT-107');
  most2('BR-DEC-11', totals.charges, 'BT-108');
  most2('BR-DEC-12', totals.net, 'BT-109');
  most2('BR-DEC-14', totals.gross, 'BT-112');
  most2('BR-DEC-16', totals.prepaid, 'BT-113');
  most2('BR-DEC-17', totals.rounding, 'BT-114');
  most2('BR-DEC-18', totals.payable, 'BT-115');
  for (const { amount, breakdown } of taxTotals) {
    most2(
      amount?.currency === invoice.currency ? 'BR-DEC-13' : 'BR-DEC-15',
      amount,
      amount?.currency === invoice.currency ? 'BT-110' : 'BT-111',
    );
    for (const [index, { base, tax }] of breakdown.entries()) {
      most2('BR-DEC-19', base, `BT-116 entry ${index + 1}`);
      most2('BR-DEC-20', tax, `BT-117 entry ${index + 1}`);
    }
  }
  for (const [index, { isCharge, amount, base }] of allowances.entries()) {
    most2(isCharge ? 'BR-DEC-05' : 'BR-DEC-01', amount, `${isCharge ? 'BT-99' : 'BT-92'} entry ${index + 1}`);
    most2(isCharge ? 'BR-DEC-06' : 'BR-DEC-02', base, `${isCharge ? 'BT-100' : 'BT-93'} entry ${index + 1}`);
  }
  for (const line of lines) {
    most2('BR-DEC-23', line.net, `BT-131 line ${line.id ?? ''}`);
    for (const { isCharge, amount, base } of line.allowances) {
      most2(isCharge ? 'BR-DEC-27' : 'BR-DEC-24', amount, `${isCharge ? 'BT-141' : 'BT-136'} line ${line.id ?? ''}`);
      most2(isCharge ? 'BR-DEC-28' : 'BR-DEC-25', base, `${isCharge ? 'BT-142' : 'BT-137'} line ${line.id ?? ''}`);
    }
  }
}
