/** The rate sheets that two carriers send to the demonstration's operator, each in its own manner. */
import { formatCsvRow, parseCsv } from '#codecs/csv/csv.ts';
import { buyPrice, type Carrier } from './offers.ts';
import type { PublishedRate } from './published-list.ts';
import type { Cell } from './workbook.ts';

const EFFECTIVE = '2026-10-01';

/** Atlantic: a CSV file with a letterhead, codes in lists, dates as Americans write them, and what it does not offer. */
export function atlanticSheet(published: readonly PublishedRate[], blocked: readonly { destination: string; code: string }[]): string {
  const [year, month, day] = EFFECTIVE.split('-');
  const effective = `${month}/${day}/${year}`;
  const priced = grouped(published, 'atlantic').map(({ destination, codes, rate }) => [
    destination,
    codes.join(', '),
    fourDecimals(buyPrice('atlantic', rate).peak),
    '60/60',
    effective,
    'New',
  ]);
  const closed = blocked.map(({ destination, code }) => [destination, code, 'Blocked', '60/60', effective, 'Blocked']);
  const rows = [
    ['Atlantic Crossing Telecom LLC'],
    ['A-Z Voice Termination, Premium Route'],
    ['Prepared for:', 'Halyard Transit, Inc.', '', '', 'Issued:', '09/24/2026'],
    ['All rates in US dollars per minute. Billing increments 60/60 unless noted otherwise.'],
    [],
    ['Destination', 'Dial Codes', 'Rate (USD/min)', 'Billing Increment', 'Effective Date', 'Change'],
    ...[...priced, ...closed].sort((a, b) => compare(a[0], b[0])),
    [],
    ['This rate sheet supersedes all earlier ones. Questions: rates@atlantic-crossing.example'],
  ];
  return `${rows.map((fields) => formatCsvRow(fields)).join('\r\n')}\r\n`;
}

/** Rheinland: a workbook in German, country and area code apart, three prices by time of day, dates as dates. */
export function rheinlandSheet(published: readonly PublishedRate[]): Cell[][] {
  const rows = grouped(published, 'rheinland').map(({ destination, codes, rate }): Cell[] => {
    const country = countryCodeOf(rate.code);
    const areas = codes.map((code) => code.slice(country.length)).filter((area) => area !== '');
    const { peak, offPeak, holiday } = buyPrice('rheinland', rate);
    return [
      destination,
      { number: country },
      areas.join(', '),
      { number: fourDecimals(peak) },
      { number: fourDecimals(offPeak) },
      { number: fourDecimals(holiday) },
      '1/1',
      { date: EFFECTIVE },
    ];
  });
  return [
    ['Rheinland Carrier Services GmbH'],
    ['Preisliste Terminierung weltweit'],
    [undefined, 'Kunde:', 'Halyard Transit, Inc.'],
    ['Alle Preise in EUR pro Minute, netto. Hauptzeit Mo-Sa 8-20 Uhr, Nebenzeit sonst, Feiertage nach Kalender.'],
    [],
    ['Ziel', 'Landesvorwahl', 'Ortsvorwahl', 'Preis Hauptzeit', 'Preis Nebenzeit', 'Preis Feiertag', 'Takt', 'Gültig ab'],
    ...rows,
  ];
}

/** Rows that the list marks as Blocked, with a code that can be dialled. */
export function blockedRows(text: string): { destination: string; code: string }[] {
  const blocked: { destination: string; code: string }[] = [];
  for (const { fields } of parseCsv(text)) {
    const [destination = '', code = '', price = ''] = fields;
    if (/^\d+$/.test(code) && price === 'Blocked') blocked.push({ destination: destination.trim(), code });
  }
  return blocked;
}

interface Group {
  readonly destination: string;
  readonly codes: readonly string[];
  readonly rate: PublishedRate;
}

/** Codes of one destination in one country that cost the same, on one row. */
function grouped(published: readonly PublishedRate[], carrier: Carrier): Group[] {
  const groups = new Map<string, { destination: string; codes: string[]; rate: PublishedRate }>();
  for (const rate of published) {
    const key = `${rate.destination}|${countryCodeOf(rate.code)}|${JSON.stringify(buyPrice(carrier, rate))}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { destination: rate.destination, codes: [rate.code], rate });
    else group.codes.push(rate.code);
  }
  return [...groups.values()];
}

/** Country code of a number (E.164): one digit in zones 1 and 7, two where the plan has two, else three. */
export function countryCodeOf(code: string): string {
  if (code.startsWith('1') || code.startsWith('7')) return code.slice(0, 1);
  const twoDigits = /^(2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/.exec(code);
  return twoDigits?.[0] ?? code.slice(0, 3);
}

/** Ten-thousandths as a decimal: 2890 is 0.2890. */
export function fourDecimals(price: number): string {
  const digits = price.toString().padStart(5, '0');
  return `${digits.slice(0, -4)}.${digits.slice(-4)}`;
}

function compare(a = '', b = ''): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
