/** Exact quantities (seconds, bytes, pieces) in the unit that the price is for, rounded for showing only. */
import type { InvoiceLine } from '#core/invoicing/invoice.ts';
import type { Figures } from './figures.ts';
import type { InvoiceWords } from './languages/words.ts';

const SECONDS: Readonly<Record<string, 's' | 'min' | 'h'>> = { '1': 's', '60': 'min', '3600': 'h' };
const BYTES: Readonly<Record<string, string>> = {
  '1': 'B',
  '1000': 'kB',
  '1000000': 'MB',
  '1000000000': 'GB',
  '1024': 'KiB',
  '1048576': 'MiB',
  '1073741824': 'GiB',
};

const MINUTE_DECIMALS = 2;
const VOLUME_DECIMALS = 3;

export function quantityWords(
  line: InvoiceLine,
  words: InvoiceWords,
  figures: Figures,
): { readonly quantity: string; readonly unit: string } {
  const { quantity, unit, priceQuantity } = line;
  const per = priceQuantity.scale === 0 ? String(priceQuantity.units) : '';
  const second = unit === 'SEC' ? SECONDS[per] : undefined;
  if (second === 's') return { quantity: figures.exact(quantity), unit: words.units.s };
  if (second !== undefined) return { quantity: figures.quotient(quantity, priceQuantity, MINUTE_DECIMALS), unit: words.units[second] };
  const volume = unit === 'AD' ? BYTES[per] : undefined;
  if (volume === 'B') return { quantity: figures.exact(quantity), unit: volume };
  if (volume !== undefined) return { quantity: figures.quotient(quantity, priceQuantity, VOLUME_DECIMALS), unit: volume };
  return { quantity: figures.exact(quantity), unit: unit === 'SEC' ? words.units.s : unit === 'AD' ? 'B' : unit === 'C62' ? '' : unit };
}
