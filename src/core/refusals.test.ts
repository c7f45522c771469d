import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatRefusal, refuse, visibleText } from './refusals.ts';

test('what could drive a terminal is written out', () => {
  assert.equal(visibleText('a\u001b[31mb\u0000\u009b\u007f\r\n\t\u202eé→'), 'a\\x1b[31mb\\x00\\x9b\\x7f\\r\\n\\t\\u202eé→');
  assert.equal(visibleText('Réunion “1” 漢字 🙂'), 'Réunion “1” 漢字 🙂');
});

test('a refusal shows hostile names, values and messages so that they drive no terminal and make up no other refusal', () => {
  const at = { file: 'a\u001b]0;x\u0007.csv\nb', line: 3, field: 'f\u009b', value: 'v\u001b\u009b' };
  const hostile = formatRefusal(refuse('usage.file-unknown', 'not \u001b[2J there', at));
  assert.equal(hostile, 'a\\x1b]0;x\\x07.csv\\nb:3 f\\x9b: not \\x1b[2J there ("v\\u001b\\x9b") [usage.file-unknown]');
  assert.equal(
    formatRefusal(refuse('usage.file-unknown', 'two\nlines')),
    'two\nlines [usage.file-unknown]',
    'a log that is quoted keeps its lines',
  );
});
