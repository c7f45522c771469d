/** The tables that `examples/demo-operator` keeps as configuration: what we ask from each carrier, and Andina's tiers. */
import { formatCsvRow } from '#codecs/csv/csv.ts';
import { type Bands, buyPrice, buyTiers, carriers, OWN_PREFIX, sellPrice, sells, sellTiers, times } from './offers.ts';
import { fourDecimals } from './partner-sheets.ts';
import type { PublishedRate } from './published-list.ts';

/** File below the example's folder, and its content. */
export interface PriceTable {
  readonly path: string;
  readonly text: string;
}

const OWN_NETWORK: PublishedRate = { destination: 'USA-New York Halyard', code: OWN_PREFIX, price: 60 };

export function priceTables(published: readonly PublishedRate[]): PriceTable[] {
  const everywhere = byCode([...published, OWN_NETWORK]);
  const selling = carriers.map((carrier): PriceTable => {
    const rows = everywhere.flatMap((rate) => {
      const bands = sellPrice(carrier, rate);
      if (carrier === 'rheinland') return banded(rate, bands);
      return [
        carrier === 'andina' ? tiered(rate, bands.peak, 'andina-in', sellTiers) : [rate.code, rate.destination, fourDecimals(bands.peak)],
      ];
    });
    const more = carrier === 'rheinland' ? ['band', 'price'] : carrier === 'andina' ? ['price', 'tiers'] : ['price'];
    return { path: `rates/halyard-to-${carrier}.csv`, text: table(['code', 'destination', ...more], rows) };
  });
  const buying = byCode(published)
    .filter((rate) => sells('andina', rate.code))
    .map((rate) => tiered(rate, buyPrice('andina', rate).peak, 'andina-out', buyTiers));
  return [...selling, { path: 'rates/andina-to-halyard.csv', text: table(['code', 'destination', 'price', 'tiers'], buying) }];
}

function banded({ code, destination }: PublishedRate, bands: Bands): string[][] {
  return [
    [code, destination, 'peak', fourDecimals(bands.peak)],
    [code, destination, 'off-peak', fourDecimals(bands.offPeak)],
    [code, destination, 'holiday', fourDecimals(bands.holiday)],
  ];
}

/** All rates of one direction share the counter: the tiers go by all minutes of the month together. */
function tiered(
  rate: PublishedRate,
  price: number,
  counter: string,
  tiers: readonly { readonly fromMinutes: number; readonly percent: number }[],
): string[] {
  const slices = tiers.map(({ fromMinutes, percent }) => `${fromMinutes}: ${fourDecimals(times(price, percent))}`);
  return [rate.code, rate.destination, fourDecimals(price), `${counter} graduated minutes month; ${slices.join('; ')}`];
}

function byCode(rates: readonly PublishedRate[]): PublishedRate[] {
  return rates.toSorted((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0));
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return `${[header, ...rows].map((fields) => formatCsvRow(fields)).join('\n')}\n`;
}
