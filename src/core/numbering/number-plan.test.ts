import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NumberPlan } from './number-plan.ts';

const plan = new NumberPlan([
  { code: '1', country: 'US', name: 'United States' },
  { code: '1204', country: 'CA', name: 'Canada' },
  { code: '44', country: 'GB', name: 'United Kingdom' },
  { code: '441534', country: 'JE', name: 'Jersey' },
  { code: '881', country: undefined, name: 'Global Mobile Satellite' },
]);

test('a shared country code is told apart by the digits behind it', () => {
  assert.equal(plan.find('12125550100')?.country, 'US');
  assert.equal(plan.find('12045550100')?.country, 'CA');
  assert.equal(plan.find('441534123456')?.country, 'JE');
  assert.equal(plan.find('442079460123')?.country, 'GB');
});

test('a worldwide service has a name and no country; an unassigned code has neither', () => {
  assert.equal(plan.find('881612345678')?.name, 'Global Mobile Satellite');
  assert.equal(plan.find('881612345678')?.country, undefined);
  assert.equal(plan.find('999123'), undefined);
  assert.equal(plan.find(''), undefined);
});

test('a call is national when both ends are of one country', () => {
  assert.equal(plan.isNational('12125550100', '13105550100'), true);
  assert.equal(plan.isNational('12125550100', '12045550100'), false);
  assert.equal(plan.isNational('442079460123', '441534123456'), false);
  assert.equal(plan.isNational('881612345678', '881612345679'), false);
  assert.equal(plan.isNational('999', '999'), false);
});
