import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reportImsi, reportNumber, reportPair } from './number-report.ts';

const international = {};

test('a number is shown with its country, destination and the code that matched', () => {
  const { reading, country, destination } = reportNumber('07712 345678', {
    countryCode: '44',
    nationalPrefix: '0',
    internationalPrefix: '00',
  });
  assert.deepEqual(reading, { kind: 'number', digits: '447712345678' });
  assert.deepEqual(country, { code: 'GB', name: 'United Kingdom' });
  assert.equal(destination?.kind, 'mobile');
  assert.equal('447712345678'.startsWith(destination?.code ?? 'none'), true);
});

test('what is no number is shown with the reason only', () => {
  assert.deepEqual(reportNumber('anonymous', international), { written: 'anonymous', reading: { kind: 'withheld' } });
  assert.deepEqual(reportNumber('4'.repeat(40), international).reading, { kind: 'invalid', fault: 'too-long' });
});

test('a pair is national or international, and between North American numbers has a jurisdiction', () => {
  const of = (digits: string) => reportNumber(`+${digits}`, international);
  assert.deepEqual(reportPair(of('12125550100'), of('15185550100')), { national: true, jurisdiction: 'intrastate' });
  assert.deepEqual(reportPair(of('12125550100'), of('13105550100')), { national: true, jurisdiction: 'interstate' });
  assert.deepEqual(reportPair(of('12125550100'), of('18765550100')), { national: false, jurisdiction: 'indeterminate' });
  assert.deepEqual(reportPair(of('442079460123'), of('493012345')), { national: false });
  assert.equal(reportPair(of('442079460123'), reportNumber('anonymous', international)), undefined);
});

test('an IMSI gives its network or nothing', () => {
  assert.equal(reportImsi('262021234567890').network?.brand, 'Vodafone');
  assert.deepEqual(reportImsi('anonymous'), { imsi: 'anonymous' });
});
