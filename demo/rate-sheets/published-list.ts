/** The published price list that the demonstration's rates are made from: CaribbeanO, MIT (see docs/data-sources.md). */
import { parseCsv } from '#codecs/csv/csv.ts';

export interface PublishedRate {
  readonly destination: string;
  readonly code: string;
  /** Ten-thousandths of a US dollar per minute: 0.289 is 2890. */
  readonly price: number;
}

/**
 * What of the list can be dialled and has a price. Left out: rows marked Blocked, the list's own
 * service codes (`*1003`), codes that a spreadsheet has turned into 5.41144E+11, and prices of 0.
 */
export function readPublishedList(text: string): PublishedRate[] {
  const rates: PublishedRate[] = [];
  let header = true;
  for (const { fields } of parseCsv(text)) {
    const [destination = '', code = '', price = ''] = fields;
    if (!header && /^\d+$/.test(code) && /^\d+(\.\d{1,4})?$/.test(price) && Number(price) > 0) {
      rates.push({ destination: destination.trim(), code, price: Math.round(Number(price) * 10_000) });
    }
    header = false;
  }
  return rates;
}
