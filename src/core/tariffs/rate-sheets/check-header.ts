import type { Place } from '../../refusals.ts';
import type { ColumnsView } from './columns-view.ts';
import type { Findings } from './findings.ts';
import type { Header } from './header.ts';
import type { Letterhead } from './letterhead.ts';
import { currencyFits } from './numbers.ts';
import { unitOfHeader } from './price-reader.ts';
import type { SheetContext } from './sheet-rate.ts';

/** Currencies that headers name in capitals. Codes that are words of their own (`ALL`, `TOP`) are left out. */
const MONEY_OF_HEADERS = new Set(
  'USD EUR GBP CHF JPY CAD AUD NZD SGD HKD CNY INR PKR BDT LKR AED SAR QAR KWD OMR BHD JOD EGP ZAR NGN KES GHS TZS UGX MAD TND XOF XAF RUB UAH KZT PLN CZK HUF RON BGN SEK NOK DKK ISK BRL MXN ARS CLP COP PEN THB VND IDR MYR PHP KRW TWD ILS XDR'.split(
    ' ',
  ),
);

/** Finds what letterhead and header say against the tariff: another currency, another unit of price, no codes where the tariff has no deck. */
export function checkHeader(
  view: ColumnsView,
  header: Header,
  letterhead: Letterhead,
  byCode: boolean,
  context: SheetContext,
  findings: Findings,
): void {
  const { currency, service, per, deckDestinations } = context;
  const written = letterhead.currency;
  if (written !== undefined && !currencyFits(written.value, currency)) {
    const place = view.place(written.row, undefined, written.value);
    findings.fault('rate-sheet.currency', `the sheet is in ${written.value}, the tariff in ${currency}`, place);
  }
  for (const column of view.columns) {
    if (!['price', 'firstPrice', 'nextPrice', 'setupFee'].includes(column.field)) continue;
    const place: Place = view.place({ row: header.row, cells: [] }, column);
    for (const token of currenciesIn(column.header)) {
      if (!currencyFits(token, currency))
        findings.fault('rate-sheet.currency', `the column is in ${token}, the tariff in ${currency}`, place);
    }
    const unit = service === 'voice' && column.field !== 'setupFee' ? unitOfHeader(column.header) : undefined;
    if (unit !== undefined && unit !== per) {
      const message = `the column is priced per ${unit === 1 ? 'second' : 'minute'}, the tariff per ${per} seconds`;
      findings.fault('rate-sheet.price-unit', message, place);
    }
  }
  if (!byCode && deckDestinations === undefined) {
    const message = 'the sheet has destinations but no codes, and the tariff has no code deck to take them from';
    findings.fault('rate-sheet.no-codes', message, view.place({ row: header.row, cells: [] }, undefined));
  }
}

function currenciesIn(header: string): readonly string[] {
  return header.split(/[^A-Za-z$€£¥₹]+/).filter((token) => /^[$€£¥₹]$/.test(token) || MONEY_OF_HEADERS.has(token));
}
