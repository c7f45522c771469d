/** Rules about what must be there: BR-01 to BR-65 and their like. The rules are those of EN 16931-1; their words here are ours. */
import { compareDecimals } from '../../money/decimal.ts';
import { countries } from './code-lists.ts';
import type { EAllowance, EInvoice, ELine, EPeriod } from './einvoice.ts';
import { type Check, isSaid, sayAmount, sayDecimal, zero } from './finding.ts';

export function checkDocument(invoice: EInvoice, check: Check): void {
  const { seller, buyer, taxRepresentative, payee, preceding, payments, delivery } = invoice;
  const must = (rule: string, value: string | undefined, what: string, field: string): void =>
    check(rule, isSaid(value), `${what} is missing`, field);
  must('BR-01', invoice.customization, 'the specification identifier', 'BT-24');
  must('BR-02', invoice.number, 'the number', 'BT-1');
  must('BR-03', invoice.issueDay, 'the day of issue', 'BT-2');
  must('BR-04', invoice.typeCode, 'the type code', 'BT-3');
  must('BR-05', invoice.currency, 'the currency', 'BT-5');
  must('BR-06', seller.name, 'the name of the seller', 'BT-27');
  must('BR-07', buyer.name, 'the name of the buyer', 'BT-44');
  check('BR-08', seller.address !== undefined, 'the address of the seller is missing', 'BG-5');
  if (seller.address !== undefined) must('BR-09', seller.address.country, 'the country of the seller', 'BT-40');
  check('BR-10', buyer.address !== undefined, 'the address of the buyer is missing', 'BG-8');
  if (buyer.address !== undefined) must('BR-11', buyer.address.country, 'the country of the buyer', 'BT-55');
  check('BR-16', invoice.lines.length > 0, 'there is no line', 'BG-25');
  if (payee !== undefined)
    check('BR-17', isSaid(payee.name) && payee.name !== seller.tradingName, 'the payee has no name of its own', 'BT-59', payee.name);
  if (taxRepresentative !== undefined) {
    must('BR-18', taxRepresentative.tradingName, 'the name of the tax representative', 'BT-62');
    check('BR-19', taxRepresentative.address !== undefined, 'the address of the tax representative is missing', 'BG-12');
    if (taxRepresentative.address !== undefined)
      must('BR-20', taxRepresentative.address.country, 'the country of the tax representative', 'BT-69');
    check('BR-56', taxRepresentative.vatId !== undefined, 'the VAT number of the tax representative is missing', 'BT-63');
  }
  checkPeriod(invoice.period, 'BR-29', 'BR-CO-19', 'BG-14', check);
  for (const [index, { code, account }] of payments.entries()) {
    const field = `BT-81 entry ${index + 1}`;
    check('BR-49', code !== undefined, 'the payment means has no code', field);
    check(
      'BR-61',
      !['30', '58'].includes(code?.trim() ?? '') || account !== undefined,
      'a credit transfer needs the account it goes to',
      `BT-84 entry ${index + 1}`,
    );
    check('BR-50', account === undefined || isSaid(account), 'the account is empty', `BT-84 entry ${index + 1}`);
  }
  if (invoice.taxCurrency !== undefined)
    check(
      'BR-53',
      invoice.taxTotals.some(({ amount }) => amount?.currency === invoice.taxCurrency),
      'the total of tax in the accounting currency is missing',
      'BT-111',
      invoice.taxCurrency,
    );
  for (const [index, { number }] of preceding.entries())
    check('BR-55', number !== undefined, 'a preceding document has no number', `BT-25 entry ${index + 1}`);
  if (delivery !== undefined && delivery.country === undefined && delivery.day === undefined)
    check('BR-57', false, 'the place of delivery has no country', 'BT-80');
  if (seller.endpoint !== undefined)
    check('BR-62', seller.endpoint.scheme !== undefined, 'the electronic address of the seller has no scheme', 'BT-34', seller.endpoint.id);
  if (buyer.endpoint !== undefined)
    check('BR-63', buyer.endpoint.scheme !== undefined, 'the electronic address of the buyer has no scheme', 'BT-49', buyer.endpoint.id);
  check(
    'BR-CO-03',
    invoice.taxPointDay === undefined || invoice.period?.code === undefined,
    'the tax point is given both as a day and as a code',
    'BT-7',
    invoice.taxPointDay,
  );
  for (const [vatId, field] of [
    [seller.vatId, 'BT-31'],
    [buyer.vatId, 'BT-48'],
    [taxRepresentative?.vatId, 'BT-63'],
  ] as const)
    if (vatId !== undefined)
      check(
        'BR-CO-09',
        countries.has(vatId.slice(0, 2)) || vatId.startsWith('EL'),
        'a VAT number begins with the letters of its country (EL for Greece)',
        field,
        vatId,
      );
  check(
    'BR-CO-26',
    seller.vatId !== undefined || seller.legalId !== undefined || seller.ids.some(({ scheme }) => scheme !== 'SEPA'),
    `the seller has neither VAT number, registration number nor identifier${
      seller.vatId === undefined ? ' (a supply outside the scope carries no VAT numbers: give its companyNumber)' : ''
    }`,
    'BT-29',
  );
  for (const [index, one] of invoice.allowances.entries()) checkAllowance(one, index + 1, check);
  for (const [index, line] of invoice.lines.entries()) checkLine(line, line.id ?? `${index + 1}`, check);
}

function checkPeriod(period: EPeriod | undefined, order: string, either: string, field: string, check: Check): void {
  if (period === undefined) return;
  const { start, end, code } = period;
  check(order, start === undefined || end === undefined || start <= end, 'the period ends before it begins', field, end);
  check(either, start !== undefined || end !== undefined || code !== undefined, 'the period has neither beginning nor end', field);
}

function checkAllowance(one: EAllowance, entry: number, check: Check): void {
  const [amount, category, reason, alike] = one.isCharge
    ? (['BR-36', 'BR-37', 'BR-38', 'BR-CO-22'] as const)
    : (['BR-31', 'BR-32', 'BR-33', 'BR-CO-21'] as const);
  const [amountTerm, categoryTerm, reasonTerm] = one.isCharge ? ['BT-99', 'BT-102', 'BT-104'] : ['BT-92', 'BT-95', 'BT-97'];
  const what = one.isCharge ? 'charge' : 'allowance';
  check(amount, one.amount !== undefined, `a ${what} has no amount`, `${amountTerm} entry ${entry}`);
  check(category, one.tax?.code !== undefined, `a ${what} has no tax category`, `${categoryTerm} entry ${entry}`);
  const hasReason = one.reason !== undefined || one.reasonCode !== undefined;
  check(reason, hasReason, `a ${what} has neither reason nor code of one`, `${reasonTerm} entry ${entry}`);
  check(alike, hasReason, `a ${what} has neither reason nor code of one`, `${reasonTerm} entry ${entry}`);
}

function checkLine(line: ELine, id: string, check: Check): void {
  const at = (term: string): string => `${term} line ${id}`;
  check('BR-21', isSaid(line.id), 'a line has no identifier', at('BT-126'));
  check('BR-22', line.quantity !== undefined, 'a line has no quantity', at('BT-129'));
  check('BR-23', line.unit !== undefined, 'a quantity has no unit', at('BT-130'), sayDecimal(line.quantity));
  check('BR-24', line.net !== undefined, 'a line has no net amount', at('BT-131'));
  check('BR-25', isSaid(line.name), 'a line has no name of what is billed', at('BT-153'));
  check('BR-26', line.price !== undefined, 'a line has no price', at('BT-146'));
  if (line.price !== undefined)
    check('BR-27', compareDecimals(line.price.value, zero) >= 0, 'a price is negative', at('BT-146'), sayAmount(line.price));
  if (line.grossPrice !== undefined)
    check(
      'BR-28',
      compareDecimals(line.grossPrice.value, zero) >= 0,
      'a gross price is negative',
      at('BT-148'),
      sayAmount(line.grossPrice),
    );
  check('BR-CO-04', line.tax?.code !== undefined, 'a line has no tax category', at('BT-151'));
  checkPeriod(line.period, 'BR-30', 'BR-CO-20', at('BG-26'), check);
  for (const one of line.allowances) {
    const [amount, reason, alike] = one.isCharge ? (['BR-43', 'BR-44', 'BR-CO-24'] as const) : (['BR-41', 'BR-42', 'BR-CO-23'] as const);
    const [amountTerm, reasonTerm] = one.isCharge ? ['BT-141', 'BT-144'] : ['BT-136', 'BT-139'];
    const hasReason = one.reason !== undefined || one.reasonCode !== undefined;
    check(amount, one.amount !== undefined, 'an allowance or charge of a line has no amount', at(amountTerm));
    check(reason, hasReason, 'an allowance or charge of a line has neither reason nor code of one', at(reasonTerm));
    check(alike, hasReason, 'an allowance or charge of a line has neither reason nor code of one', at(reasonTerm));
  }
}
