import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChargingRequest } from '#core/charging/request.ts';
import { Told } from './told.ts';
import { bareAnswer, WaitingRequest } from './waiting.ts';

test('who asked is called in turn when who answers has returned, and one whose call throws keeps nobody from theirs', async () => {
  const noted: unknown[] = [];
  const called: string[] = [];
  const told = new Told((_, error) => noted.push(error));
  const add = (session: string, answered: () => void): void => {
    const request: ChargingRequest = {
      ...{ session, number: 0, operation: 'initial', eventMicros: 0, identities: [], service: 'data', facts: {}, items: [] },
    };
    const waiting = new WaitingRequest(request, false, 0, ({ session: of }) => {
      called.push(of);
      answered();
    });
    told.add(waiting, bareAnswer(request, 'service-denied', ''));
  };
  const broken = new Error('broken');
  add('a', () => undefined);
  add('b', () => {
    throw broken;
  });
  add('c', () => add('d', () => undefined));
  assert.deepEqual(called, []);
  await new Promise(setImmediate);
  assert.deepEqual([called, noted], [['a', 'b', 'c', 'd'], [broken]]);
});
