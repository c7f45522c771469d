import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DateReader } from './date-reader.ts';

test('an end in the year 9999 is no end, in every form of a date; as a beginning it is no date', () => {
  const dates = new DateReader('Europe/Berlin', 'dmy');
  for (const text of ['9999-12-31', '31.12.9999', '31/12/9999', '99991231', '31-Dec-9999', 'Dec 31, 9999', '9999-12-31 23:59:59']) {
    assert.equal(dates.end(text), Number.POSITIVE_INFINITY, text);
    assert.equal(dates.start(text), undefined, text);
  }
  for (const text of ['9999', '9999-13-31', '31.11.9999', 'x9999-12-31', '9998-12-31', '9999-12-31 99:00'])
    assert.equal(dates.end(text), undefined, text);
  assert.equal(dates.end('31.12.2026'), Date.UTC(2026, 11, 31, 23) * 1000);
});
