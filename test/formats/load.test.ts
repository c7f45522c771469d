/** A format of the user's own, from the configuration to the books. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatsAmong } from '#operations/usage/formats/own-formats.ts';
import { loadFormats } from '#storage/configuration/load-book.ts';
import { assertBooksAgree, configure, loadOne, operator, withHome, write } from '../usage/home.ts';

const formats = `
formats:
  - id: tandem
    family: fixed
    columns: {kind: 1-4, id: 5-8, start: 9-22, seconds: 23-26, called: 27-39, in: 40-44, out: 45-49}
    records: {column: kind, take: [CALL], skip: [HEAD, TAIL]}
    fixed: {shortRecords: take}
    key: id
    answeredBy: duration
    fields:
      start: {column: start, time: YYYYMMDDHHmmss}
      duration: {column: seconds, unit: s}
      called: called
      trunkIn: in
      trunkOut: out
sources:
  - {id: switch, format: tandem, zone: Europe/Berlin, numbering: {internationalPrefix: "00"}}
`;
const call = (id: string, called: string): string => `CALL${id}202610051000000060${called.padEnd(13)}northsouth`;

test('records that the format passes over are not read; the others end as one of four', async () => {
  await withHome(async (home) => {
    const [, mine = ''] = /([\s\S]*?)(?=^sources:)/m.exec(operator['operator.yaml']) ?? [];
    await configure(home, { ...operator, 'operator.yaml': `${mine}${formats}` });
    const file = write(
      home,
      'day.txt',
      ['HEAD', call('0001', '0044207946000'), call('0002', '0044207946001'), call('0001', '0044207946000'), 'CALX', 'TAIL', ''].join('\n'),
    );
    const report = await loadOne(home, file);
    assert.deepEqual(report.refusals, []);
    assert.deepEqual(report.counts, { read: 4, rated: 2, held: 0, duplicate: 1, rejected: 1 });
    assert.deepEqual(report.reasons, { 'usage.type-unknown': 1 });
    await assertBooksAgree(home);
    const stored = await loadFormats(home.database);
    assert.equal(formatsAmong(stored).find('tandem')?.family, 'fixed');
  });
});
