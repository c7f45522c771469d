import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dictionaryData } from '#app/diameter.ts';
import {
  addedAvps,
  addedValues,
  commands,
  corrections,
  errorAnswer,
  experimentalResultNames,
  forms,
  groups,
  resultNames,
} from '../../tools/diameter/standards.ts';
import { dictionary } from './fixtures.ts';

const data = dictionaryData();

test('the data file has the commands, groups and corrections of tools/diameter/standards.ts', () => {
  assert.deepEqual(data.commands, commands);
  assert.equal(data.errorAnswer, errorAnswer);
  for (const [name, members] of Object.entries(groups)) assert.equal(data.avps.find((avp) => avp.name === name)?.members, members, name);
  for (const { code, vendor = 0, name, type } of addedAvps) {
    assert.equal(dictionary.avp(code, vendor)?.name, name);
    assert.equal(dictionary.avp(code, vendor)?.type, type);
  }
  for (const [key, { name, type }] of Object.entries(corrections)) {
    const [vendor, code] = key.split('/').map(Number);
    const avp = dictionary.avp(code ?? 0, vendor ?? 0);
    if (name !== undefined) assert.equal(avp?.name, name);
    if (type !== undefined) assert.equal(avp?.type, type);
  }
  for (const [name, form] of Object.entries(forms)) assert.equal(dictionary.names.get(name)?.form, form, name);
  const named = (avp: string) => Object.fromEntries([...dictionary.named(avp).values].map(([value, name]) => [value, name]));
  for (const [avp, values] of Object.entries(addedValues))
    for (const [value, name] of Object.entries(values)) assert.equal(named(avp)[value], name);
  for (const [value, name] of Object.entries(resultNames)) assert.equal(named('Result-Code')[value], name);
  for (const [value, name] of Object.entries(experimentalResultNames)) assert.equal(named('Experimental-Result-Code')[value], name);
});

test('names and codes are unique, and only groups have members', () => {
  assert.equal(new Set(data.avps.map(({ name }) => name)).size, data.avps.length);
  assert.equal(new Set(data.avps.map(({ code, vendor = 0 }) => `${vendor}/${code}`)).size, data.avps.length);
  for (const { name, type, members, values = {} } of data.avps) {
    assert.equal(members !== undefined, type === 'Grouped', name);
    assert.equal(new Set(Object.values(values)).size, Object.keys(values).length, name);
    for (const value of Object.keys(values)) assert.match(value, /^-?\d{1,10}$/, name);
  }
});

/** From the tables of RFC 6733 §4.5, RFC 8506 §8, TS 32.299 §7.2, TS 29.061 §16.4.7 and TS 29.219 §5.3. */
for (const [name, code, vendor, type] of [
  ['Session-Id', 263, 0, 'UTF8String'],
  ['Origin-Host', 264, 0, 'DiameterIdentity'],
  ['Result-Code', 268, 0, 'Unsigned32'],
  ['Host-IP-Address', 257, 0, 'Address'],
  ['Event-Timestamp', 55, 0, 'Time'],
  ['Failed-AVP', 279, 0, 'Grouped'],
  ['Redirect-Host', 292, 0, 'DiameterURI'],
  ['Accounting-Sub-Session-Id', 287, 0, 'Unsigned64'],
  ['CC-Request-Type', 416, 0, 'Enumerated'],
  ['CC-Total-Octets', 421, 0, 'Unsigned64'],
  ['Value-Digits', 447, 0, 'Integer64'],
  ['Exponent', 429, 0, 'Integer32'],
  ['Multiple-Services-Credit-Control', 456, 0, 'Grouped'],
  ['Restriction-Filter-Rule', 438, 0, 'IPFilterRule'],
  ['Tariff-Time-Change', 451, 0, 'Time'],
  ['QoS-Final-Unit-Indication', 669, 0, 'Grouped'],
  ['Service-Information', 873, 10415, 'Grouped'],
  ['PS-Information', 874, 10415, 'Grouped'],
  ['IMS-Information', 876, 10415, 'Grouped'],
  ['MMS-Information', 877, 10415, 'Grouped'],
  ['SMS-Information', 2000, 10415, 'Grouped'],
  ['Time-Quota-Threshold', 868, 10415, 'Unsigned32'],
  ['Volume-Quota-Threshold', 869, 10415, 'Unsigned32'],
  ['Quota-Holding-Time', 871, 10415, 'Unsigned32'],
  ['Reporting-Reason', 872, 10415, 'Enumerated'],
  ['Quota-Consumption-Time', 881, 10415, 'Unsigned32'],
  ['Low-Balance-Indication', 2020, 10415, 'Enumerated'],
  ['Remaining-Balance', 2021, 10415, 'Grouped'],
  ['3GPP-User-Location-Info', 22, 10415, 'OctetString'],
  ['3GPP-MS-TimeZone', 23, 10415, 'OctetString'],
  ['Policy-Counter-Identifier', 2901, 10415, 'UTF8String'],
  ['SL-Request-Type', 2904, 10415, 'Enumerated'],
] as const) {
  test(`${name} is ${vendor}/${code} ${type}`, () => {
    const avp = dictionary.named(name);
    assert.deepEqual([avp.code, avp.vendor, avp.type], [code, vendor, type]);
  });
}
