import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { UsageDraft } from '#codecs/cdr/draft.ts';
import type { Trunk } from '#core/parties/parties.ts';
import type { Source } from '#core/usage/source.ts';
import { type Normalised, Normaliser } from './normalise.ts';

const source: Source = {
  id: 'switch',
  format: 'delimited',
  family: 'delimited',
  escape: 'doubled',
  ignore: [],
  zone: 'UTC',
  encoding: 'utf-8',
  separator: ',',
  quote: '"',
  skipLines: 0,
  header: false,
  layouts: [],
  extraColumns: 'reject',
  unendedRecord: 'reject',
  key: ['id'],
  fields: {},
  numbering: { internationalPrefix: '00' },
  answeredBy: 'answer',
  startsAt: 'answer',
  legs: 'a',
  maximumSeconds: 86_400,
  maximumRecordBytes: 1_048_576,
  unreadableCaller: 'hold',
  shortCodes: 'hold',
};

const trunks: readonly Trunk[] = [
  { id: 'north', account: 'north', names: ['n1', 'switch/n2', 'other/n3'] },
  { id: 'south', account: 'south', names: [], numbering: { stripPrefixes: ['99#'], countryCode: '49', nationalPrefix: '0' } },
];

const draft: UsageDraft = {
  key: '1',
  service: 'voice',
  startMicros: 0,
  answered: true,
  durationMicros: 0,
  calling: '+4930123456',
  called: '00442079460000',
  trunkIn: 'north',
  trunkOut: '',
  quantity: 0,
  bytesUp: 0,
  bytesDown: 0,
  priceNanos: undefined,
  priceCurrency: '',
  serviceClass: '',
  ratingGroup: '',
  apn: '',
  cause: '',
};

const normalise = (change: Partial<UsageDraft>, rules: Partial<Source> = {}): Normalised =>
  new Normaliser({ ...source, ...rules }, trunks).normalise({ ...draft, ...change });

test('a trunk is known by its id, by its name, and by its name at this source', () => {
  for (const name of ['north', 'n1', 'n2']) assert.equal(normalise({ trunkIn: name }).event.trunkIn, 'north', name);
  for (const name of ['n3', 'North']) {
    const { event, hold } = normalise({ trunkIn: name });
    assert.deepEqual([event.trunkIn, hold?.reason], [name, 'rating.trunk-unknown'], name);
  }
});

test('numbers are read by the rules of the trunk the call came in on, then by the source’s', () => {
  assert.equal(normalise({ trunkIn: 'south', called: '99#030123456' }).event.called, '4930123456');
  assert.equal(normalise({ trunkIn: 'south', called: '99#00442079460000' }).event.called, '442079460000');
  assert.equal(normalise({ trunkIn: 'north', trunkOut: 'south', called: '99#030123456' }).hold?.reason, 'usage.called-unreadable');
  assert.equal(normalise({ trunkIn: '', trunkOut: 'south', called: '030123456' }).event.called, '4930123456');
});

test('a withheld caller is none; one that cannot be read is held unless the source says otherwise', () => {
  for (const calling of ['', 'anonymous', '1001']) {
    const { event, hold } = normalise({ calling });
    assert.deepEqual([event.calling, hold], [undefined, undefined], calling);
  }
  assert.equal(normalise({ calling: 'client1' }).hold?.reason, 'usage.caller-unreadable');
  const passed = normalise({ calling: 'client1' }, { unreadableCaller: 'unknown' });
  assert.deepEqual([passed.event.calling, passed.hold], [undefined, undefined]);
});

test('a short code is held unless the source passes it', () => {
  assert.equal(normalise({ called: '112' }).hold?.reason, 'usage.called-short-code');
  const passed = normalise({ called: '112' }, { shortCodes: 'pass' });
  assert.deepEqual([passed.event.called, passed.hold], ['112', undefined]);
});

test('a subscriber of data may be any identity, and what is called any code', () => {
  const { event, hold } = normalise({ service: 'data', calling: 'imsi-262011234567890', called: 'internet.apn' });
  assert.deepEqual([event.calling, event.called, hold], ['imsi-262011234567890', 'internet.apn', undefined]);
});

test('the detail of a refused number is a sentence with the whole number and the rules it was read by', () => {
  assert.equal(
    normalise({ called: 's' }).hold?.detail,
    'the called number "s" has characters that are not digits; read by the numbering of source switch: international prefix 00',
  );
  assert.equal(
    normalise({ trunkIn: 'south', called: '112' }).hold?.detail,
    'the called number "112" is a short code; read by the numbering of trunk south and source switch: country code 49, national prefix 0, international prefix 00, prefixes to strip 99#',
  );
  assert.equal(
    normalise({ called: '442079460000', calling: `x${'7'.repeat(60)}` }, { numbering: {} }).hold?.detail,
    `the caller's number "x${'7'.repeat(38)}…" has characters that are not digits; read by the numbering of source switch: no rules`,
  );
});
