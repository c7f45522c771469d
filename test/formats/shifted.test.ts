/** Records in which a character is lost or one too many: with fixed places, what stands behind it moves into other columns. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { parseFormat } from '#operations/usage/formats/format.ts';
import { shippedFormats } from '#operations/usage/formats/shipped-formats.ts';
import { decodeBytes, goldenLine } from '../support/decode-file.ts';
import { projectRoot } from '../support/project-files.ts';

const emi = shippedFormats.find('emi');
const lines = readFileSync(join(projectRoot, 'test/golden/formats/emi/input.emi'), 'latin1').split('\n');

function read(text: string): string {
  assert.ok(emi !== undefined);
  const [first = ''] = decodeBytes(emi, Buffer.from(`${text}\n`, 'latin1')).map(goldenLine);
  return first;
}

for (const [index, line] of lines.entries()) {
  const whole = read(line);
  if (!whole.startsWith('{"verdict":"good"')) continue;
  test(`a record of EMI (line ${index + 1}) with a character lost or too many is the same call or none`, () => {
    const refused = new Set<string>();
    for (let at = 0; at < line.length; at++)
      for (const changed of ['', '0', '7', ' '].map((put) => line.slice(0, at) + put + line.slice(put === '' ? at + 1 : at))) {
        const found = read(changed);
        if (found === whole) continue;
        const reason = /^\{"verdict":"rejected","reason":"([^"]+)"/.exec(found)?.[1];
        assert.ok(reason !== undefined, `at ${at + 1}: ${found}`);
        refused.add(reason);
      }
    assert.ok(refused.has('usage.column-unexpected'), [...refused].join());
  });
}

const kindOf = (decoded: ReturnType<typeof decodeBytes>[number]['decoded']): string => (decoded === 'too-long' ? decoded : decoded.kind);

describe('what a source expects of its columns', () => {
  const declaration = {
    id: 'own',
    family: 'delimited',
    columns: ['date', 'id', 'b', 'seconds'],
    extraColumns: 'ignore',
    key: 'id',
    expect: { date: '^\\d{10}$', b: '^\\d+$' },
    answeredBy: 'duration',
    fields: { start: { column: 'date', time: 'YYYYMMDDHH' }, called: 'b', duration: 'seconds' },
  };
  const verdicts = (said: object, text: string): readonly string[] => {
    const parsed = parseFormat(said);
    assert.ok(parsed.ok, JSON.stringify(parsed));
    return decodeBytes(parsed.value, Buffer.from(text)).map(({ decoded }) =>
      decoded !== 'too-long' && decoded.kind === 'rejected' ? `${decoded.reason}: ${decoded.detail}` : kindOf(decoded),
    );
  };

  test('is looked at in every record, before anything else is read', () => {
    assert.deepEqual(verdicts(declaration, '2026100510,1,442079460000,61,new\n,1,44,61\n'), [
      'draft',
      'usage.column-unexpected: date is "", which does not fit ^\\d{10}$',
    ]);
    assert.match(verdicts(declaration, '2026100510,1,to 44,61\n')[0] ?? '', /^usage\.column-unexpected: b is "to 44"/);
  });

  test('also behind a header, which must have the column, and only in layouts that have it', () => {
    const { columns: _, extraColumns: __, ...rest } = declaration;
    assert.deepEqual(verdicts({ ...rest, header: true }, 'b,seconds,id,date\n44,61,1,2026100510\nx,61,2,2026100510\n').length, 2);
    assert.deepEqual(verdicts({ ...rest, header: true, fields: {}, expect: { c: 'x' } }, 'b,seconds,id,date\n44,61,1,2026100510\n'), []);
    const layouts = [{ columns: ['date', 'id', 'b', 'seconds'] }, { columns: ['date', 'id', 'seconds'] }];
    assert.match(verdicts({ ...rest, layouts, expect: { b: '^4' } }, '2026100510,1,61\n')[0] ?? '', /^usage\.called-missing/);
  });

  test('is refused where it is no regular expression, or no column', () => {
    for (const [expect, fault] of [
      [{ date: '(' }, /expect\.date is not a regular expression/],
      [{ date: '(a+)+' }, /expect\.date .*repeat/],
      [{ nothing: 'a' }, /expect\.nothing names a column/],
      [['a'], /expect is not an object/],
    ] as const) {
      const parsed = parseFormat({ ...declaration, expect });
      assert.ok(!parsed.ok);
      assert.match(parsed.refusals.map(({ message }) => message).join('\n'), fault);
    }
  });

  test('a short line without a line end may be cut, even where short records are taken', () => {
    const fixed = {
      id: 'own',
      family: 'fixed',
      columns: { id: '1-4', date: '5-14', b: '15-26', note: '27-32' },
      key: 'id',
      fixed: { shortRecords: 'take' },
      fields: { start: { column: 'date', time: 'YYYYMMDDHH' }, called: 'b' },
      answeredBy: 'duration',
    };
    const short = '00012026100510442079460000';
    assert.deepEqual(verdicts(fixed, `${short}\n`), ['draft']);
    assert.match(verdicts(fixed, short.slice(0, -2))[0] ?? '', /^usage\.truncated-record/);
    assert.deepEqual(verdicts({ ...fixed, unendedRecord: 'take' }, short), ['draft']);
  });
});
