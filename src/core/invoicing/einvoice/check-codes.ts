/** Rules about codes: BR-CL. */
import {
  allowanceReasons,
  chargeReasons,
  countries,
  creditNoteTypes,
  currencies,
  electronicAddressSchemes,
  exemptionReasons,
  identifierSchemes,
  invoiceTypes,
  paymentMeans,
  units,
} from './code-lists.ts';
import type { EInvoice, EParty } from './einvoice.ts';
import type { Check } from './finding.ts';

const taxCodes = new Set(['S', 'Z', 'E', 'AE', 'K', 'G', 'O', 'L', 'M', 'B']);
/** Of self-billing (389 is among the invoices): UNTDID 1001 knows it, the list of Peppol BIS Billing does not. */
const SELF_BILLED_CREDIT_NOTE = '261';

export function checkCodes(invoice: EInvoice, check: Check): void {
  const among = (rule: string, code: string | undefined, list: ReadonlySet<string>, what: string, field: string): void =>
    check(rule, code === undefined || list.has(code.trim()), `this is no code of ${what}`, field, code);
  const types = invoice.kind === 'invoice' ? invoiceTypes : new Set([...creditNoteTypes, SELF_BILLED_CREDIT_NOTE]);
  among('BR-CL-01', invoice.typeCode, types, 'UNTDID 1001 for this kind of document', 'BT-3');
  among('BR-CL-04', invoice.currency, currencies, 'ISO 4217', 'BT-5');
  among('BR-CL-05', invoice.taxCurrency, currencies, 'ISO 4217', 'BT-6');
  for (const { amount } of invoice.taxTotals) among('BR-CL-03', amount?.currency, currencies, 'ISO 4217', 'BT-110');
  among('BR-CL-06', invoice.period?.code, new Set(['3', '35', '432']), 'UNTDID 2005', 'BT-8');
  const party = ({ ids, legalId, endpoint, address }: EParty, terms: readonly string[]): void => {
    const [id = '', legal = '', address1 = '', country = ''] = terms;
    for (const { scheme } of ids) among('BR-CL-10', scheme === 'SEPA' ? undefined : scheme, identifierSchemes, 'ISO 6523', id);
    among('BR-CL-11', legalId?.scheme, identifierSchemes, 'ISO 6523', legal);
    among('BR-CL-25', endpoint?.scheme, electronicAddressSchemes, 'electronic address schemes', address1);
    among('BR-CL-14', address?.country, countries, 'ISO 3166-1', country);
  };
  party(invoice.seller, ['BT-29', 'BT-30', 'BT-34', 'BT-40']);
  party(invoice.buyer, ['BT-46', 'BT-47', 'BT-49', 'BT-55']);
  among('BR-CL-14', invoice.taxRepresentative?.address?.country, countries, 'ISO 3166-1', 'BT-69');
  among('BR-CL-14', invoice.delivery?.country, countries, 'ISO 3166-1', 'BT-80');
  for (const { code } of invoice.payments) among('BR-CL-16', code, paymentMeans, 'UNTDID 4461', 'BT-81');
  for (const { category, reasonCode } of invoice.taxTotals.flatMap(({ breakdown }) => breakdown)) {
    among('BR-CL-17', category.code, taxCodes, 'UNTDID 5305', 'BT-118');
    among('BR-CL-22', reasonCode?.toUpperCase(), exemptionReasons, 'VATEX', 'BT-121');
  }
  for (const { isCharge, reasonCode, tax } of [...invoice.allowances, ...invoice.lines.flatMap(({ allowances }) => allowances)]) {
    among('BR-CL-17', tax?.code, taxCodes, 'UNTDID 5305', isCharge ? 'BT-102' : 'BT-95');
    among(
      isCharge ? 'BR-CL-20' : 'BR-CL-19',
      reasonCode,
      isCharge ? chargeReasons : allowanceReasons,
      isCharge ? 'UNTDID 7161' : 'UNTDID 5189',
      isCharge ? 'BT-105' : 'BT-98',
    );
  }
  for (const line of invoice.lines) {
    among('BR-CL-18', line.tax?.code, taxCodes, 'UNTDID 5305', `BT-151 line ${line.id ?? ''}`);
    for (const unit of [line.unit, line.baseUnit])
      among('BR-CL-23', unit, units, 'UN/ECE Recommendation 20 or 21', `BT-130 line ${line.id ?? ''}`);
  }
}
