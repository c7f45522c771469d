import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type RefusalCode, RefusedError } from '#core/refusals.ts';
import { instantFrom, periodFrom } from './period-options.ts';

const refused = (code: RefusalCode) => (error: unknown) => error instanceof RefusedError && error.refusals[0]?.code === code;

test('one period is given, in one of its forms', () => {
  assert.equal(periodFrom({ period: '2026-10' }).to, '2026-11-01');
  assert.equal(periodFrom({ day: '2026-10-21' }).to, '2026-10-22');
  assert.equal(periodFrom({ from: '2026-10-01', to: '2026-10-07' }).to, '2026-10-08');
  for (const options of [
    {},
    { from: '2026-10-01' },
    { period: '2026-10', day: '2026-10-01' },
    { period: '2026-10', to: '2026-10-07' },
    { from: '2026-10-01', to: '9999-12-31' },
  ])
    assert.throws(() => periodFrom(options), refused('statement.period-malformed'), JSON.stringify(options));
  assert.throws(() => periodFrom({ from: '2026-10-02', to: '2026-10-01' }), refused('statement.period-reversed'));
});

test('what is known is asked for an instant with an offset, of a year that can be written', () => {
  assert.equal(instantFrom('2026-10-01T00:00:00+02:00', 'as-known-at'), Date.UTC(2026, 8, 30, 22) * 1000);
  for (const text of ['2026-10-01', '2026-10-01T00:00:00', 'yesterday', '+275760-09-13T00:00:00Z', '-000001-01-01T00:00:00Z'])
    assert.throws(() => instantFrom(text, 'as-known-at'), refused('statement.instant-malformed'), text);
});
