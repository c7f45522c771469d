import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type MobileNetwork, MobileNetworks } from './mobile-networks.ts';

function network(mcc: string, mnc: string): MobileNetwork {
  return { mcc, mnc, countries: [], brand: `${mcc}-${mnc}`, operator: '', status: 'Operational' };
}

const networks = new MobileNetworks(
  ['262 01', '262 02', '310 260', '310 410', '310 26', '405 03', '405 04', '405 05', '405 034'].map((code) =>
    network(code.slice(0, 3), code.slice(4)),
  ),
);

test('an IMSI gives its network, with two or three digits of network code', () => {
  assert.equal(networks.ofImsi('262011234567890')?.brand, '262-01');
  assert.equal(networks.ofImsi('310410123456789')?.brand, '310-410');
});

test('where both lengths fit, the length most networks of the country have wins', () => {
  assert.equal(networks.ofImsi('310260123456789')?.brand, '310-260');
  assert.equal(networks.ofImsi('405034123456789')?.brand, '405-03');
});

test('an IMSI of no known network, or no IMSI at all, gives none', () => {
  for (const imsi of ['262991234567890', '', '262', 'abc', '2620', '99']) assert.equal(networks.ofImsi(imsi), undefined, imsi);
});
