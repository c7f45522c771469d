/** What normalising does with natures, presentation, names of senders, technical prefixes and hosts. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DraftMarks, UsageDraft } from '#codecs/cdr/draft.ts';
import type { Trunk } from '#core/parties/parties.ts';
import { valueOrThrow } from '#core/refusals.ts';
import type { Source } from '#core/usage/source.ts';
import { parseSource } from '#operations/usage/source.ts';
import { type Normalised, Normaliser } from '#pipeline/normalise.ts';

const declared = {
  id: 'switch',
  format: 'delimited',
  header: true,
  key: 'id',
  natures: 'isup',
  numbering: { countryCode: '44', nationalPrefix: '0', technicalPrefixes: [{ prefix: '7#', tag: 'gold' }], alphanumericSenders: true },
  fields: { start: { column: 's', time: 'iso' }, called: 'b', trunkIn: 't', duration: 'd' },
};
const source: Source = valueOrThrow(parseSource(declared));

const trunks: readonly Trunk[] = [
  { id: 'named', names: ['named', '192.0.2.9'] },
  { id: 'hosted', names: [], hosts: ['192.0.2.0/24', '*.example.net'], numbering: { countryCode: '33' } },
];

const draft: UsageDraft = {
  key: '1',
  service: 'voice',
  startMicros: 0,
  answered: true,
  durationMicros: 0,
  calling: '02079460001',
  called: '02079460002',
  trunkIn: 'named',
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
const silent: DraftMarks = { callingNature: '', calledNature: '', presentation: '', cell: '', network: '' };

const normalise = (change: Partial<UsageDraft>, marks?: Partial<DraftMarks>): Normalised =>
  new Normaliser(source, trunks).normalise({ ...draft, ...change, ...(marks === undefined ? {} : { marks: { ...silent, ...marks } }) });

test('a record that says nothing beside its numbers has no enrichment', () => {
  assert.equal('enriched' in normalise({}).event, false);
  assert.equal('enriched' in normalise({}, {}).event, false);
});

test('a nature of address decides how a number is read, each number by its own', () => {
  const { event } = normalise({ calling: '79460001', called: '33123456789' }, { callingNature: '3', calledNature: '4' });
  assert.deepEqual([event.calling, event.called], ['4479460001', '33123456789']);
  assert.match(normalise({}, { calledNature: '1' }).hold?.detail ?? '', /is a subscriber number, and no area code is configured/);
});

test('a caller that may not be shown is priced with and marked; one without a number is simply not there', () => {
  for (const presentation of ['1', 'Restricted', ' private ']) {
    const { event } = normalise({}, { presentation });
    assert.deepEqual([event.calling, event.enriched], ['442079460001', { withheld: true }], presentation);
  }
  for (const presentation of ['0', 'allowed', '']) assert.equal(normalise({}, { presentation }).event.enriched, undefined);
  assert.equal(normalise({ calling: 'anonymous' }, { presentation: '1' }).event.enriched, undefined);
});

test('a sender of letters is a name for messages, and a fault for calls', () => {
  const sms = normalise({ service: 'sms', calling: 'MyBank', quantity: 1 });
  assert.deepEqual([sms.event.calling, sms.event.enriched, sms.hold], [undefined, { sender: 'MyBank' }, undefined]);
  assert.equal(normalise({ calling: 'MyBank' }).hold?.reason, 'usage.caller-unreadable');
  for (const calling of ['a'.repeat(17), '12-!', '***'])
    assert.equal(normalise({ service: 'sms', calling, quantity: 1 }).hold?.reason, 'usage.caller-unreadable', calling);
});

test('what a technical prefix of the called number says stays with the event', () => {
  const { event } = normalise({ called: '7#02079460002' });
  assert.deepEqual([event.called, event.enriched], ['442079460002', { tag: 'gold' }]);
});

test('a trunk is found by its hosts where no name is it, and its numbering counts', () => {
  for (const [written, trunk] of [
    ['192.0.2.9', 'named'],
    ['192.0.2.10', 'hosted'],
    ['sip:192.0.2.10:5060', 'hosted'],
    ['a.example.net', 'hosted'],
  ] as const)
    assert.equal(normalise({ trunkIn: written }).event.trunkIn, trunk, written);
  assert.equal(normalise({ trunkIn: '192.0.2.10' }).event.called, '332079460002');
  assert.equal(normalise({ trunkIn: '198.51.100.1' }).hold?.reason, 'rating.trunk-unknown');
});
