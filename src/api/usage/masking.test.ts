import assert from 'node:assert/strict';
import { test } from 'node:test';
import { numbersFor } from './masking.ts';

test('who may not see numbers whole sees them without their last four digits, wherever they stand; short codes stay', () => {
  const shown = numbersFor({ seesPersonal: false });
  assert.equal(shown('4917012345678'), '491701234****');
  assert.equal(shown('2026-10-01;4917012345678;112;33140205060'), '2026-10-01;491701234****;112;3314020****');
  assert.equal(shown('60 s × 0.0012345678'), '60 s × 0.0012345678');
  assert.equal(numbersFor({ seesPersonal: true })('4917012345678'), '4917012345678');
});
