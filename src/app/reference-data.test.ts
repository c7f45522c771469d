import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { currencies } from '#core/money/currencies.ts';
import { PrefixTable } from '#core/numbering/prefix-table.ts';
import {
  loadCountries,
  loadDataFiles,
  loadJurisdictions,
  loadMobileNetworks,
  loadNumberPlan,
  loadWorldCodeDeck,
  timeZones,
} from './reference-data.ts';

function destinationOf(digits: string): string | undefined {
  const { table, destinations } = loadWorldCodeDeck();
  return destinations[table.longest(digits)]?.name;
}

/** Numbers whose owner can be looked up in public numbering plans. */
const numbers: readonly [digits: string, country: string | undefined, destination: string][] = [
  ['4930123456', 'DE', 'Germany'],
  ['491721234567', 'DE', 'Germany Mobile Vodafone'],
  ['49800123456', 'DE', 'Germany Toll Free'],
  ['442079460123', 'GB', 'United Kingdom London'],
  ['441613960123', 'GB', 'United Kingdom'],
  ['441534123456', 'JE', 'Jersey'],
  ['441481123456', 'GG', 'Guernsey'],
  ['441624123456', 'IM', 'Isle of Man'],
  ['12125550100', 'US', 'United States'],
  ['19075550100', 'US', 'United States Alaska'],
  ['18085550100', 'US', 'United States Hawaii'],
  ['14165550100', 'CA', 'Canada'],
  ['18005550100', 'US', 'United States Toll Free'],
  ['17875550100', 'PR', 'Puerto Rico'],
  ['18095550100', 'DO', 'Dominican Republic'],
  ['74951234567', 'RU', 'Russia Moscow'],
  ['77172123456', 'KZ', 'Kazakhstan Astana'],
  ['861012345678', 'CN', 'China Beijing'],
  ['390669812345', 'VA', 'Vatican City'],
  ['390612345678', 'IT', 'Italy'],
  ['3531123456', 'IE', 'Ireland'],
  ['35818123456', 'AX', 'Aland Islands'],
  ['262269123456', 'YT', 'Mayotte'],
  ['38344123456', 'XK', 'Kosovo Mobile Vala'],
  ['80012345678', undefined, 'International Freephone'],
  ['881612345678', undefined, 'Global Mobile Satellite Iridium Satellite'],
  ['979112345678', undefined, 'International Premium Rate'],
  ['88812345678', undefined, 'Disaster Relief'],
];

for (const [digits, country, destination] of numbers) {
  test(`${digits} is ${destination}`, () => {
    assert.equal(destinationOf(digits), destination);
    assert.equal(loadNumberPlan().find(digits)?.country, country);
  });
}

test('every country with a calling code has a destination, and every code of the deck is in the country of its destination', () => {
  const { deck, destinations, table } = loadWorldCodeDeck();
  const named = new Set(destinations.map(({ country }) => country));
  for (const { alpha2, callingCodes } of loadCountries().values()) {
    const own = callingCodes.some((code) => loadNumberPlan().find(code)?.country === alpha2);
    if (own) assert.ok(named.has(alpha2), alpha2);
  }
  for (const { code } of deck.codes) {
    assert.equal(loadNumberPlan().find(code)?.country, destinations[table.longest(code)]?.country, code);
  }
});

test('the deck has each destination and each code once, and no code that its parent already says', () => {
  const { deck, destinations } = loadWorldCodeDeck();
  assert.equal(new Set(destinations.map(({ name }) => name)).size, destinations.length);
  const byCode = new Map(deck.codes.map(({ code, destination }) => [code, destination]));
  assert.equal(byCode.size, deck.codes.length);
  for (const { code, destination } of deck.codes) {
    assert.match(code, /^[1-9]\d{0,14}$/);
    for (let length = code.length - 1; length > 0; length--) {
      const parent = byCode.get(code.slice(0, length));
      if (parent === undefined) continue;
      assert.notEqual(parent, destination, code);
      break;
    }
  }
});

test('the manifest tells the truth about each file, and its licence is kept where it asks for that', () => {
  const folder = new URL('../../data/', import.meta.url);
  for (const { file, rows, licence, licenceFile, sha256 } of loadDataFiles()) {
    assert.equal(readFileSync(new URL(file, folder), 'utf8').trimEnd().split('\n').length - 1, rows, file);
    assert.match(sha256, /^[0-9a-f]{64}$/);
    if (licence !== 'PDDL-1.0') assert.ok(licenceFile !== null && existsSync(new URL(licenceFile, folder)), file);
  }
  assert.equal(loadDataFiles().find(({ file }) => file === 'currencies.csv')?.rows, currencies.length);
});

test('states of North American numbers: New York to New York is one state, Halifax and Charlottetown are two', () => {
  const { prefixes, states } = loadJurisdictions();
  const table = new PrefixTable(prefixes);
  const stateOf = (digits: string) => states[table.longest(digits)];
  assert.equal(stateOf('12125550100'), 'US-NY');
  assert.equal(stateOf('15185550100'), 'US-NY');
  assert.equal(stateOf('13105550100'), 'US-CA');
  assert.equal(stateOf('14165550100'), 'CA-ON');
  assert.equal(stateOf('19024250100'), 'CA-NS');
  assert.equal(stateOf('19028920100'), 'CA-PE');
  assert.equal(stateOf('17875550100'), 'US-PR');
  for (const digits of ['18005550100', '18765550100', '442079460123', '1', '']) assert.equal(stateOf(digits), undefined, digits);
  // 50 states, the District, 5 territories; 10 provinces, 3 territories.
  assert.equal(states.filter((state) => state.startsWith('US-')).length, 56);
  assert.equal(states.filter((state) => state.startsWith('CA-')).length, 13);
});

test('mobile networks by IMSI', () => {
  const networks = loadMobileNetworks();
  assert.equal(networks.ofImsi('262021234567890')?.brand, 'Vodafone');
  assert.equal(networks.ofImsi('310410123456789')?.brand, 'AT&T');
  assert.deepEqual(networks.ofImsi('234501234567890')?.countries, ['GG', 'JE', 'GB']);
  assert.equal(networks.ofImsi('000001234567890'), undefined);
});

test('countries have codes and names that price lists use', () => {
  const countries = loadCountries();
  assert.deepEqual(countries.get('GB'), { alpha2: 'GB', alpha3: 'GBR', numeric: '826', name: 'United Kingdom', callingCodes: ['44'] });
  assert.deepEqual(countries.get('DO')?.callingCodes, ['1809', '1829', '1849']);
  assert.equal(new Set([...countries.values()].map(({ name }) => name)).size, countries.size);
});

test('time zones are IANA names', () => {
  assert.ok(timeZones().length > 400);
  for (const zone of ['Europe/Berlin', 'UTC', 'America/New_York']) assert.ok(timeZones().includes(zone), zone);
});
