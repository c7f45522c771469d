import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { test } from 'node:test';
import { sampleStatement } from '../../../test/support/statement-samples.ts';
import { canonicalJson } from '../invoicing/invoice-json.ts';
import type { StatementLine } from './statement.ts';
import { type NamedStatement, statementJson } from './statement-json.ts';

const samples = [
  sampleStatement({ lines: 3 }),
  sampleStatement({ lines: 40, volumeTiers: true, messages: true, decimals: 6 }),
  sampleStatement({ lines: 1, partyName: 'Ørsted "Ö" \\ Télécom\n\u0001\ud800 \u{1f514}', currency: 'JPY' }),
].map((statement, at): NamedStatement => ({ id: `borealis-2026@2026-10@${at + 1}`, version: at + 1, ...statement }));

function withLine(statement: NamedStatement, more: Partial<StatementLine>): NamedStatement {
  return { ...statement, lines: statement.lines.map((line) => ({ ...line, ...more })) };
}

test('a statement’s text is its canonical JSON, whatever fields its lines have', () => {
  const [first] = samples;
  if (first === undefined) throw new Error('no samples');
  const all = [
    ...samples,
    withLine(first, { split: { events: 3n, billed: 180n, amountNanos: -5n }, validFrom: '2026-10-15' }),
    withLine(first, { explanation: 'send \u2028 or “pay”', days: { from: '2026-09-01', to: '2026-10-01' }, deal: 'send-or-pay' }),
    withLine(first, { parts: [{ versionId: 3, role: 'incoming', service: 'sms', rateId: undefined }], band: 'peak', condition: 'a\ud800' }),
    { ...first, lines: [], knownAtMicros: 1_790_805_600_000_001 },
  ];
  for (const each of all) assert.equal(statementJson(each), canonicalJson(each));
});

test('the text of a statement is what it always was', () => {
  assert.deepEqual(
    samples.map((each) => hash('sha256', statementJson(each))),
    [
      'fa367ee7748fbae70fe23c81c19365aae4aa7a84bf999bd045a282e1a7cc8e0d',
      'a29d86b279067f3ace1e326bcca28cc24a1d305f86339c5299300dce6d964ae1',
      'da0f99890d5ed6700dcb9bc52ea295780ead733a78b92680dc11878e753f51c3',
    ],
  );
});
