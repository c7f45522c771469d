import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { auditBooks } from '#app/usage/audit.ts';
import { loadUsage } from '#app/usage/load.ts';
import { listFiles } from '#app/usage/look-up.ts';
import { printAudit } from '../../src/cli/audit-tables.ts';
import { printFiles } from '../../src/cli/usage-tables.ts';
import { round } from '../collecting/round.ts';
import { assertBooksAgree, configure, load, loadOne, operator, withHome, write } from './home.ts';

const golden = (name: string): Buffer => readFileSync(new URL(`../golden/ber/${name}`, import.meta.url));
const WIDE = { from: '2000-01-01', to: '2100-01-01' };

const gateway = {
  ...operator,
  'gateway.yaml': `
sources:
  - {id: gateway, format: 3gpp-pgw, zone: UTC}
  - id: lines
    format: delimited
    zone: UTC
    columns: [type, id, start, called, seconds]
    ignore: ["^#"]
    records: {column: type, take: [CALL], skip: [HEAD, TAIL, "*"]}
    key: id
    fields: {start: {column: start, time: iso}, duration: seconds, called: called, answered: {constant: "yes"}, trunkIn: {constant: south}}
`,
};

const call = (id: number): string => `CALL,${id},2026-10-01T10:00:00Z,4420,60\n`;

test('records of another gateway that `skip: "*"` passes over are counted by type, warned of, and shown with the file', async () => {
  await withHome(async (home) => {
    const report = await loadOne(home, write(home, 'sgw.ber', golden('3gpp-sgw.ber')), false, 'gateway');
    const number = report.passedOver.sGWRecord ?? 0;
    assert.ok(number > 0);
    assert.deepEqual([report.state, report.counts.read, report.passedOver], ['loaded', 0, { sGWRecord: number }]);
    assert.deepEqual(
      report.differences?.map(({ code, message }) => [code, message]),
      [['usage.nothing-taken', `all ${number} records were passed over: ${number} of type sGWRecord; the source gateway takes pGWRecord`]],
    );
    const again = await loadOne(home, write(home, 'again.ber', golden('3gpp-sgw.ber')), false, 'gateway');
    assert.deepEqual([again.state, again.earlier?.passedOver], ['already-loaded', { sGWRecord: number }]);
    const files = await listFiles(home.database, undefined, 10);
    assert.deepEqual(
      files.map(({ passedOver }) => passedOver),
      [{ sGWRecord: number }],
    );
    assert.match(printFiles(files, false), new RegExp(`passed over .*\\n.*\\n.* ${number}  loaded`));
    const audit = await auditBooks(home, WIDE, false);
    assert.deepEqual([audit.differences, audit.files.map(({ passedOver }) => passedOver)], [[], [{ sGWRecord: number }]]);
    assert.match(printAudit(audit, false), /written off {2}passed over/);
    await assertBooksAgree(home);
  }, gateway);
});

test('named headers, unknown types and ignored lines are counted in a file of calls, without a warning', async () => {
  await withHome(async (home) => {
    const text = `# made by hand\nHEAD,1\n${call(1)}POKE,1\nPOKE,2\n${call(2)}TAIL,2\n`;
    const [report] = await load(home, [write(home, 'mixed.csv', text)], false, 'lines');
    assert.deepEqual(report?.passedOver, { '': 1, HEAD: 1, POKE: 2, TAIL: 1 });
    assert.deepEqual([report.counts.read, report.differences], [2, undefined]);
  }, gateway);
});

test('a file of nothing but a header and a trailer is an empty delivery and no warning', async () => {
  await withHome(async (home) => {
    const [report] = await load(home, [write(home, 'empty.csv', 'HEAD,1\nTAIL,0\n')], false, 'lines');
    assert.deepEqual([report?.state, report?.passedOver, report?.differences], ['loaded', { HEAD: 1, TAIL: 1 }, undefined]);
  }, gateway);
});

test('a load in many transactions counts each record that was passed over once', async () => {
  await withHome(async (home) => {
    const text = Array.from({ length: 40 }, (_, index) => `${call(index)}POKE,${index}\n`).join('');
    const request = { files: [write(home, 'many.csv', text)], source: 'lines', allOrNothing: false, batchRecords: 3 };
    const quiet = { onWait: () => undefined, onProgress: () => undefined, onFile: () => undefined, onAdjusted: () => undefined };
    const [report] = await loadUsage(home, request, quiet);
    assert.deepEqual([report?.counts.read, report?.passedOver], [40, { POKE: 40 }]);
    const [file] = await listFiles(home.database, undefined, 10);
    assert.deepEqual(file?.passedOver, { POKE: 40 });
  }, gateway);
});

test('a file with very many types is counted whole, under few names', async () => {
  await withHome(async (home) => {
    const text = Array.from({ length: 500 }, (_, index) => `${'T'.repeat(60)}${index}x${index},1\nK${index},2\n`).join('');
    const [report] = await load(home, [write(home, 'types.csv', text)], false, 'lines');
    const { passedOver } = report ?? assert.fail();
    assert.equal(Object.keys(passedOver).length, 21);
    assert.equal(
      Object.values(passedOver).reduce((sum, number) => sum + number),
      1000,
    );
  }, gateway);
});

test('a collector raises an alarm for a file of another kind, once', async () => {
  await withHome(async (home) => {
    const source = (from: string): string =>
      `      - {id: gateway, format: 3gpp-pgw, zone: UTC, collect: {from: directory, path: ${JSON.stringify(from)}, stableSeconds: 0}}\n`;
    await configure(home, { ...operator, 'gateway.yaml': `sources:\n${source(join(home.folder, 'in')).replace(/^ {6}/, '  ')}` });
    mkdirSync(join(home.folder, 'in'));
    write(home, 'in/sgw.ber', golden('3gpp-sgw.ber'));
    assert.deepEqual(await round(home), { files: ['sgw.ber loaded 0'], alarms: ['passed-over sgw.ber'] });
    assert.deepEqual((await round(home)).alarms, []);
  }, operator);
});
