import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DetailSplitter } from './detail-splitter.ts';

function records(text: string, piece: number, limit: number): readonly string[] {
  const splitter = new DetailSplitter(limit);
  const found: string[] = [];
  const take = (): void => {
    while (splitter.next()) found.push(`${splitter.from}+${splitter.length}${splitter.tooLong ? ' too long' : ''}`);
  };
  for (let at = 0; at < text.length; at += piece) {
    splitter.push(text.slice(at, at + piece));
    take();
  }
  splitter.finish();
  take();
  return found;
}

test('a record is not too long for what the next one begins with, however its octets arrive', () => {
  const record = 'Mon Oct  5 14:01:12 2026\n\tAcct-Session-Id = "1"\n';
  const text = `${record}${'x'.repeat(400)}\n\tUser-Name = "a"\n\n${record}\n`;
  const whole = records(text, text.length, 100);
  assert.deepEqual(whole, ['0+48', '48+419 too long', '467+49']);
  for (const piece of [1, 2, 3, 7, 50, 99, 100, 101, 300]) assert.deepEqual(records(text, piece, 100), whole, `pieces of ${piece}`);
});
