import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fillText, type NoticeDefinition, noticeFaults, noticeFor } from '#core/catalog/notice.ts';
import type { NoticedEvent } from '#core/charging/notices.ts';
import { onceKeyOf } from '#core/charging/notices.ts';
import { writeQuantity } from './figures.ts';
import { afterQuiet } from './quiet.ts';

const at = (text: string): number => Date.parse(text) * 1000;
const night = { from: 22 * 60, to: 7 * 60 };

test('what comes in quiet hours waits for their end, by the clocks of the zone, also in the nights when these change', () => {
  const table: readonly (readonly [string, string])[] = [
    ['2026-11-22T20:59:00Z', '2026-11-22T20:59:00Z'], // 21:59
    ['2026-11-22T21:00:00Z', '2026-11-23T06:00:00Z'], // 22:00
    ['2026-11-22T05:59:59Z', '2026-11-22T06:00:00Z'],
    ['2026-11-22T06:00:00Z', '2026-11-22T06:00:00Z'],
    ['2026-10-24T21:00:00Z', '2026-10-25T06:00:00Z'], // summer time ends in that night: ten hours
    ['2027-03-27T22:00:00Z', '2027-03-28T05:00:00Z'], // and begins: eight
  ];
  for (const [from, to] of table) assert.equal(afterQuiet(night, 'Europe/Berlin', at(from)), at(to), from);
  assert.equal(afterQuiet({ from: 12 * 60, to: 14 * 60 }, 'UTC', at('2026-11-22T13:00:00Z')), at('2026-11-22T14:00:00Z'));
  assert.equal(afterQuiet(undefined, 'UTC', 5), 5);
  assert.equal(afterQuiet({ from: 60, to: 60 }, 'UTC', 5), 5);
});

test('quantities are written as the language does, exactly, with digits that every phone has', () => {
  const table: readonly (readonly [bigint, Parameters<typeof writeQuantity>[1], Parameters<typeof writeQuantity>[3], string])[] = [
    [12_345_678_999_999_999n, 'money', 'en', '€12,345,678.99'],
    [12_345_678_999_999_999n, 'money', 'fr', '12 345 678,99 €'],
    [-1_500_000_000n, 'money', 'de', '-1,50 €'],
    [2_999_999_999n, 'bytes', 'en', '2.99 GB'],
    [500_000_000n, 'bytes', 'fr', '500 Mo'],
    [999n, 'bytes', 'es', '999 B'],
    [119n, 'seconds', 'de', '1 Min.'],
    [59n, 'seconds', 'pt', '59 s'],
    [1_234n, 'messages', 'de', '1.234'],
  ];
  for (const [amount, unit, language, text] of table) assert.equal(writeQuantity(amount, unit, 'EUR', language), text);
  assert.match(writeQuantity(5_000_000_000n, 'money', 'EUR', 'ar'), /5\.00/);
});

const notice = (id: string, more: Partial<NoticeDefinition>): NoticeDefinition => ({
  id,
  on: 'threshold',
  by: ['sms'],
  urgent: false,
  texts: { en: 'x' },
  ...more,
});
const crossed: NoticedEvent = {
  ...{ kind: 'threshold-crossed', account: 'a', of: 'data', threshold: 'low', value: 1n, whole: 5n, unit: 'bytes', notify: 'data-low' },
};

test('a threshold is told by the notice that it names; other events by the nearest of their kind, or by none', () => {
  const welcome = { kind: 'roaming-entered', account: 'a', network: '20801' } as const;
  const notices = [
    notice('data-low', {}),
    notice('world', { on: 'roaming-entered' }),
    notice('france', { on: 'roaming-entered', of: ['208'] }),
    notice('orange', { on: 'roaming-entered', of: ['20801'] }),
    notice('main-only', { on: 'use-refused', of: ['main'] }),
  ];
  const named = (event: NoticedEvent): string | undefined => noticeFor(notices, event)?.id;
  assert.equal(named(crossed), 'data-low');
  assert.equal(named({ ...crossed, notify: 'other' }), undefined);
  assert.equal(named({ ...crossed, notify: undefined }), undefined);
  assert.deepEqual(
    ['20801', '20810', '26201'].map((network) => named({ ...welcome, network })),
    ['orange', 'france', 'world'],
  );
  const refused = { kind: 'use-refused', account: 'a', session: 's', service: 'data', control: undefined } as const;
  assert.deepEqual([named(refused), named({ ...refused, control: 'cap' })], ['main-only', undefined]);
  assert.equal(named({ kind: 'counter-status', account: 'a', counter: 'c', status: 's' }), undefined);
});

test('texts are checked before they are ever sent', () => {
  const faults = (more: Partial<NoticeDefinition>): readonly string[] => noticeFaults(notice('n', more)).map(({ message }) => message);
  assert.deepEqual(faults({ texts: { en: '{left} of {whole}, {{braces}}' } }), []);
  assert.match(faults({ texts: { en: '{lefft}' } }).join(), /has \{lefft\}; a notice on threshold has .*left/);
  assert.match(faults({ texts: { en: 'a { b' } }).join(), /stands alone/);
  assert.match(faults({ texts: {} }).join(), /no text/);
  assert.match(faults({ by: ['email'], texts: { en: 'a', de: 'b' }, subjects: { en: 's' } }).join(), /none in de/);
  assert.match(faults({ on: 'topped-up', texts: { en: '{until}' } }).join(), /\{until\}/);
  assert.equal(fillText('{{{left}}} {name}', { left: '5', name: '{left}' }), '{5} {left}', 'what is filled in is not filled again');
});

test('a refusal is told once an hour for each reason, everything else each time', () => {
  const refused = { kind: 'use-refused', account: 'a', session: 's', service: 'data', control: undefined } as const;
  const hour = 3_600_000_000;
  assert.equal(onceKeyOf(refused, 5), onceKeyOf({ ...refused, session: 't' }, hour - 1));
  assert.notEqual(onceKeyOf(refused, 5), onceKeyOf(refused, hour));
  assert.notEqual(onceKeyOf(refused, 5), onceKeyOf({ ...refused, control: 'cap' }, 5));
  assert.equal(onceKeyOf(crossed, 5), undefined);
});
