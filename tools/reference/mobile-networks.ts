/**
 * MCC/MNC (ITU-T E.212) → data/mobile-networks.csv. The list of pbakondy (with status) is the base; a network that only
 * the list of musalbas has is added with status Unknown. Where the base gives one code twice, a network in operation
 * wins; between several in operation the territories are joined (GG/JE/GB) and the first one's name is kept.
 */
import { readRecords, writeRecords } from './csv.ts';

interface Listed {
  readonly countryCode: string | null;
  readonly mcc: string;
  readonly mnc: string;
  readonly brand: string | null;
  readonly operator: string | null;
  readonly status: string;
}

interface Network {
  readonly mcc: string;
  readonly mnc: string;
  /** Alpha-2, several separated by a slash, or empty. */
  readonly countries: string;
  readonly brand: string;
  readonly operator: string;
  readonly status: string;
  readonly list: 'pbakondy' | 'musalbas';
}

export interface NetworkTable {
  readonly networks: readonly Network[];
  readonly counts: { readonly pbakondy: number; readonly musalbas: number; readonly repeated: number; readonly added: number };
}

const alive = new Set(['Operational', 'Ongoing', 'Temporary operational']);

/** Entries of the second list that stand for no network. */
const notNetworks = /^(?:fix line|failed calls?|unknown)?$/i;

export function networkTable(pbakondyJson: string, musalbasCsv: string): NetworkTable {
  const base = (JSON.parse(pbakondyJson) as Listed[]).flatMap(expand);
  const groups = Map.groupBy(base, ({ mcc, mnc }) => `${mcc}${mnc}`);
  const networks = new Map([...groups].map(([code, group]) => [code, resolve(group)]));
  const further = readRecords(musalbasCsv);
  // The second list drops or adds leading zeros at times: the same number under one country code is the same network.
  const taken = new Set([...networks.values()].map(({ mcc, mnc }) => `${mcc} ${Number(mnc)}`));
  let added = 0;
  for (const record of further) {
    const { MCC: mcc = '', MNC: mnc = '', ISO: iso = '', Network: operator = '' } = record;
    if (notNetworks.test(operator)) continue;
    if (!/^\d{3}$/.test(mcc) || !/^\d{2,3}$/.test(mnc) || taken.has(`${mcc} ${Number(mnc)}`)) continue;
    taken.add(`${mcc} ${Number(mnc)}`);
    const countries = /^[a-z]{2}$/.test(iso) ? iso.toUpperCase() : '';
    networks.set(mcc + mnc, { mcc, mnc, countries, brand: '', operator: clean(operator), status: 'Unknown', list: 'musalbas' });
    added += 1;
  }
  return {
    networks: [...networks.values()].sort((a, b) => (a.mcc + a.mnc < b.mcc + b.mnc ? -1 : 1)),
    counts: {
      pbakondy: base.length,
      musalbas: further.length,
      repeated: [...groups.values()].filter((group) => group.length > 1).length,
      added,
    },
  };
}

/** `100 - 190` is a row for each; `?` is none. */
function expand(listed: Listed): Listed[] {
  const range = /^(\d{2,3}) ?- ?(\d{2,3})$/.exec(listed.mnc);
  if (range !== null) {
    const [, from = '', to = ''] = range;
    return Array.from({ length: Number(to) - Number(from) + 1 }, (_, index) => ({
      ...listed,
      mnc: (Number(from) + index).toString().padStart(from.length, '0'),
    }));
  }
  return /^\d{3}$/.test(listed.mcc) && /^\d{2,3}$/.test(listed.mnc) ? [listed] : [];
}

function resolve(group: readonly Listed[]): Network {
  const operating = group.filter(({ status }) => alive.has(status));
  const equals = operating.length > 0 ? operating : group;
  const first = equals[0] as Listed; // groups are never empty
  const countries = [...new Set(equals.flatMap(({ countryCode }) => (countryCode ?? '').split('/')))].map((code) => code.slice(0, 2));
  return {
    mcc: first.mcc,
    mnc: first.mnc,
    countries: [...new Set(countries)].filter((code) => /^[A-Z]{2}$/.test(code)).join('/'),
    brand: clean(first.brand ?? ''),
    operator: clean(first.operator ?? ''),
    status: first.status,
    list: 'pbakondy',
  };
}

function clean(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

export function networksCsv(networks: readonly Network[]): string {
  const rows = networks.map((row) => [row.mcc, row.mnc, row.countries, row.brand, row.operator, row.status, row.list]);
  return writeRecords(['mcc', 'mnc', 'countries', 'brand', 'operator', 'status', 'list'], rows);
}
