/** A price list as who sells and who buys read it: in the console and in the portal. */
import type { components } from '../client/client.ts';
import type { Column } from './table/columns.ts';

type Rate = components['schemas']['PortalRate'];
type Words = Readonly<Record<'code' | 'destination' | 'band' | 'price' | 'before' | 'change' | 'increments' | 'from' | 'to', string>>;

/** `changed`: what became of a price, in words. */
export function priceColumns(words: Words, changed: (change: Rate['change']) => string): readonly Column<Rate>[] {
  return [
    { id: 'code', header: words.code, value: ({ code }) => code, width: 110 },
    { id: 'destination', header: words.destination, value: ({ destination }) => destination, filter: true, width: 230 },
    { id: 'band', header: words.band, value: ({ band }) => band, filter: true, width: 100 },
    { id: 'price', header: words.price, value: ({ price }) => price, kind: 'figure', width: 110 },
    { id: 'before', header: words.before, value: ({ before }) => before, kind: 'figure', width: 110 },
    { id: 'change', header: words.change, value: ({ change }) => changed(change), filter: true, width: 110 },
    { id: 'increments', header: words.increments, value: ({ increments }) => increments, width: 110 },
    { id: 'from', header: words.from, value: ({ from }) => from, kind: 'instant', width: 190 },
    { id: 'to', header: words.to, value: ({ to }) => to, kind: 'instant', width: 190, isHidden: true },
  ];
}
