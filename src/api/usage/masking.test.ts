import assert from 'node:assert/strict';
import { test } from 'node:test';
import { saidShown } from '../said.ts';
import { numbersFor } from './masking.ts';

test('who may not see numbers whole sees them without their last four digits, wherever they stand; short codes stay', () => {
  const shown = numbersFor({ seesPersonal: false });
  assert.equal(shown('4917012345678'), '491701234****');
  assert.equal(shown('2026-10-01;4917012345678;112;33140205060'), '2026-10-01;491701234****;112;3314020****');
  assert.equal(shown('60 s × 0.0012345678'), '60 s × 0.0012345678');
  assert.equal(
    shown('{"start_epoch": 1790990000, "mduration":"1650000", "src":"4917012345678"}'),
    '{"start_epoch": 1790990000, "mduration":"1650000", "src":"491701234****"}',
  );
  assert.equal(
    shown('counter c (seconds by month) stood at 4461234 and moves by 12345678 s'),
    'counter c (seconds by month) stood at 4461234 and moves by 12345678 s',
  );
  assert.equal(shown('quantity   12345678 bytes, 10485760 s of 4917012345678'), 'quantity   12345678 bytes, 10485760 s of 491701234****');
  assert.deepEqual(
    [shown('1790990000', 'start'), shown('1790990000', 'called'), shown('1790990000', 'friend')],
    ['1790990000', '179099****', '179099****'],
  );
  assert.equal(numbersFor({ seesPersonal: true })('4917012345678'), '4917012345678');
});

test('what is said in pieces shows no number whole either, and counters as they stand', () => {
  const said = [
    { code: 'price.rate.number', values: { number: '4917012345678' } },
    ' 4917012345678 ',
    { code: 'price.tier', values: { beforeVolume: '123456789', addedVolume: '1234567' } },
  ];
  assert.deepEqual(saidShown(said, numbersFor({ seesPersonal: false })), [
    { code: 'price.rate.number', values: { number: '491701234****' } },
    ' 491701234**** ',
    { code: 'price.tier', values: { beforeVolume: '123456789', addedVolume: '1234567' } },
  ]);
});
