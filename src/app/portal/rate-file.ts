/** A price list as a file that people and switches read. */
import { type RateFileFormat, rateShown } from '#api/portal/rates.ts';
import type { PartyRate, PartyTariff } from '#operations/portal/ports.ts';
import { formatMoment } from '../rates-output.ts';
import { sheetFile } from './traffic-file.ts';

const HEADER = [
  'Code',
  'Destination',
  'Time band',
  'Price',
  'Currency',
  'Increments',
  'Setup fee',
  'Effective from',
  'Effective to',
  'Price before',
  'Change',
];

/** Days are local ones of the agreement; an instant within a day is UTC. */
export async function rateFile(
  format: RateFileFormat,
  { tariff, currency, zone }: PartyTariff,
  rates: readonly PartyRate[],
): Promise<{ readonly name: string; readonly content: Uint8Array }> {
  const moment = (micros: number): string => (micros <= 0 || micros === Number.POSITIVE_INFINITY ? '' : formatMoment(zone, micros));
  const lines = rates.map((rate) => {
    const { code = '', destination, band = '', price, before = '', increments = '', setupFee = '', change } = rateShown(rate);
    const figure = (text: string) => (text === '' ? '' : { figure: text });
    return [
      ...[code, destination, band, figure(price), currency, increments, figure(setupFee)],
      ...[moment(rate.fromMicros), moment(rate.toMicros), figure(before), change],
    ];
  });
  return { name: `${tariff}.${format}`, content: await sheetFile(format, 'Rates', HEADER, lines) };
}
