/**
 * Each shipped format against each way in which a file arrives damaged, made from its golden file: what is damaged is refused,
 * rejected or held by name, and what stands beside it is read as before. A new format is tested as soon as it has a golden file.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { UsageField } from '#core/usage/source.ts';
import { withFolder } from '../support/cli.ts';
import {
  type Outcome,
  putTogether,
  rawOf,
  readAs,
  reasonOf,
  type Shipped,
  shippedWithGolden,
  type Victim,
  verdictOf,
  victimOf,
} from './damaged-file.ts';

/** Of a file of some kilobytes, or a megabyte that is meant to be slow. */
const MOST_MILLISECONDS = 5000;
/** Two formats for the records of one kind of switch: which of them is meant only the user knows. */
const FAMILIES: readonly (readonly string[])[] = [
  ['3gpp-chf', '3gpp-chf-session'],
  ['3gpp-pgw', '3gpp-pgw-session'],
  ['3gpp-sgw', '3gpp-sgw-session'],
  ['kamailio-acc', 'opensips-acc'],
];
const NUMBERS: readonly UsageField[] = ['called', 'calling', 'trunkIn', 'trunkOut'];

const all = shippedWithGolden();
const texts = all.filter(({ format }) => format.family !== 'ber');
const lined = texts.filter(({ format }) => format.family === 'delimited' || format.family === 'fixed');

/** Each format by itself, with what its golden file comes to. */
function forEach(name: string, formats: readonly Shipped[], work: (shipped: Shipped, whole: Outcome, read: Reader) => Promise<void>): void {
  for (const shipped of formats)
    test(`${shipped.format.id}: ${name}`, () =>
      withFolder(async (folder) => {
        const read = async (content: string | Buffer): Promise<Outcome> => {
          const bytes = typeof content === 'string' ? Buffer.from(content, 'latin1') : content;
          const from = performance.now();
          const outcome = await readAs(shipped.format, bytes, folder);
          assert.ok(performance.now() - from < MOST_MILLISECONDS, 'it took too long');
          if (outcome.refusal !== undefined) assert.match(outcome.refusal.code, /^usage\./);
          if (outcome.refusal !== undefined) assert.match(outcome.refusal.at?.file ?? '', /damaged$/);
          return outcome;
        };
        const whole = await read(shipped.golden);
        assert.equal(whole.refusal, undefined);
        assert.ok(whole.records.some(({ decoded }) => decoded.kind === 'draft'));
        await work(shipped, whole, read);
      }));
}
type Reader = (content: string | Buffer) => Promise<Outcome>;

const verdicts = ({ records }: Outcome): readonly string[] => records.map(verdictOf);
const drafts = ({ records }: Outcome): number => records.filter(({ decoded }) => decoded.kind === 'draft').length;

/** Nothing of the file is taken, and something says why. */
function assertSaid(outcome: Outcome, what: string): void {
  assert.equal(drafts(outcome), 0, what);
  assert.ok(outcome.refusal !== undefined || outcome.records.some((record) => reasonOf(record) !== undefined), `${what}: nothing is said`);
}

/** Only the record that was damaged is another. */
function assertAlone(outcome: Outcome, whole: Outcome, { index }: Victim, what: string): string {
  assert.equal(outcome.refusal, undefined, what);
  const others = (one: Outcome): readonly string[] => verdicts(one).filter((_, at) => at !== index);
  assert.deepEqual(others(outcome).slice(0, index), others(whole).slice(0, index), what);
  assert.equal(outcome.records.length, whole.records.length, what);
  const damaged = outcome.records[index];
  assert.ok(damaged !== undefined);
  return reasonOf(damaged) ?? 'taken';
}

forEach('nothing comes of an empty file or one of line ends, and of a header alone', all, async ({ format, golden }, _, read) => {
  for (const content of ['', '\n', '\r\n\r\n']) {
    const outcome = await read(content);
    assert.equal(drafts(outcome), 0);
    if (format.reading.header) assert.equal(outcome.refusal?.code, 'usage.header-differs');
  }
  if (!format.reading.header) return;
  const outcome = await read(golden.subarray(0, golden.indexOf(10) + 1));
  assert.deepEqual([outcome.refusal, outcome.records.length], [undefined, 0]);
});

forEach('a file cut at any byte has the records before the cut, and no other', all, async ({ format, golden }, whole, read) => {
  const known = verdicts(whole).filter((verdict) => verdict.startsWith('good'));
  const keyOf = (verdict: string): string => verdict.split(' ')[1] ?? '';
  const step = Math.max(1, Math.floor(golden.length / 60));
  for (let at = 1; at < golden.length; at += step) {
    const cut = await read(golden.subarray(0, at));
    const good = verdicts(cut).filter((verdict) => verdict.startsWith('good'));
    // The last one may be whole but for its line end, or cut in its last text; nothing else may be made up.
    assert.deepEqual(good.slice(0, -1), known.slice(0, Math.max(0, good.length - 1)), `cut at ${at}`);
    assert.deepEqual(good.map(keyOf), known.slice(0, good.length).map(keyOf), `cut at ${at}`);
    // Of BER several records may be parts of what is cut.
    if (format.family === 'ber') continue;
    const ends = whole.records.filter((_, index) => (whole.records[index + 1]?.byteFrom ?? golden.length) <= at).length;
    assert.deepEqual(verdicts(cut).slice(0, ends), verdicts(whole).slice(0, ends), `cut at ${at}`);
  }
});

forEach('a packed file that is cut, or whose packing is damaged, is refused', all, async ({ golden }, whole, read) => {
  const packed = gzipSync(golden);
  assert.deepEqual(verdicts(await read(packed)), verdicts(whole));
  const flipped = Buffer.from(packed);
  flipped[flipped.length - 6] = (flipped.at(-6) ?? 0) ^ 0xff; // of the check sum
  for (const content of [packed.subarray(0, packed.length / 2), packed.subarray(0, packed.length - 1), flipped, packed.subarray(0, 12)])
    assert.equal((await read(content)).refusal?.code, 'usage.file-unreadable');
});

forEach('UTF-16, with and without its mark, is said', all, async ({ golden }, _, read) => {
  const text = golden.toString('latin1');
  for (const content of [`\ufeff${text}`, text]) {
    assertSaid(await read(Buffer.from(content, 'utf16le')), 'little-endian');
    assertSaid(await read(Buffer.from(content, 'utf16le').swap16()), 'big-endian');
  }
});

forEach(
  'a mark of UTF-8 and line ends of Windows change nothing; line ends of old Macs are said',
  texts,
  async ({ golden }, whole, read) => {
    const text = golden.toString('latin1').replaceAll('\r\n', '\n');
    assert.deepEqual(verdicts(await read(Buffer.concat([Buffer.from('\ufeff'), golden]))), verdicts(whole));
    assert.deepEqual(verdicts(await read(text.replaceAll('\n', '\r\n'))), verdicts(whole));
    const old = await read(text.replaceAll('\n', '\r'));
    // Where line ends are white space records are found without them, too.
    if (old.records.length < whole.records.length) assertSaid(old, 'CR');
    else
      assert.deepEqual(
        verdicts(old).filter((verdict) => verdict.startsWith('good')),
        verdicts(whole).filter((verdict) => verdict.startsWith('good')),
      );
  },
);

forEach('bytes that are no text, and a field of a megabyte, cost their record only', texts, async (shipped, whole, read) => {
  let tried = 0;
  for (const field of NUMBERS) {
    const victim = victimOf(shipped, whole.records, (record) => rawIn(shipped, whole, record, field) !== undefined);
    const raw = victim === undefined ? undefined : rawOf(victim, field);
    if (victim === undefined || raw === undefined) continue;
    tried += 1;
    const put = (text: string): Promise<Outcome> =>
      read(
        putTogether(
          victim,
          victim.text.replace(raw, () => text),
        ),
      );
    assert.equal(assertAlone(await put(`${raw.slice(0, -1)}\xe9`), whole, victim, field), 'usage.encoding');
    assert.equal(assertAlone(await put(`${raw.slice(0, -1)}\0`), whole, victim, field), 'usage.nul-byte');
    assert.equal(assertAlone(await put(raw + '7'.repeat(1 << 20)), whole, victim, field), 'usage.record-too-long');
  }
  assert.ok(tried > 0, 'no field was tried');
});

forEach('a duration that is negative, huge or no number costs its record', texts, async (shipped, whole, read) => {
  const victim = victimOf(shipped, whole.records, (record) => rawIn(shipped, whole, record, 'duration') !== undefined);
  const raw = victim === undefined ? undefined : rawOf(victim, 'duration');
  if (victim === undefined || raw === undefined) return assert.ok(NO_DURATION.has(shipped.format.id), 'no duration was tried');
  for (const wrong of [`-${raw}`, '9'.repeat(30), '1e400', 'NaN', 'abc', `${raw} seconds`]) {
    const text: string = shipped.format.family === 'fixed' ? wrong.slice(0, raw.length).padEnd(raw.length) : wrong;
    if (text === raw) continue;
    const found = assertAlone(
      await read(
        putTogether(
          victim,
          victim.text.replace(raw, () => text),
        ),
      ),
      whole,
      victim,
      text,
    );
    if (!SECOND_DURATION.has(shipped.format.id)) assert.match(found, /^usage\.duration-/, text);
  }
});
/** They have only times or octets, or durations in several columns of one text. */
const NO_DURATION: ReadonlySet<string> = new Set(['roaming-qbc', 'broadworks-csv', 'kamailio-acc']);
/** Milliseconds where they can be read, and otherwise the seconds in another column. */
const SECOND_DURATION: ReadonlySet<string> = new Set(['opensips-acc']);

forEach('a start or an end that is no time, or centuries away, is not taken', texts, async (shipped, whole, read) => {
  for (const field of ['start', 'end'] as const) {
    const victim = victimOf(shipped, whole.records, (record) => rawIn(shipped, whole, record, field) !== undefined);
    const raw = victim === undefined ? undefined : rawOf(victim, field);
    if (victim === undefined || raw === undefined) continue;
    const outcome = await read(
      putTogether(
        victim,
        victim.text.replace(raw, () => raw.replace(/\d/g, '9')),
      ),
    );
    const found = assertAlone(outcome, whole, victim, field);
    // An end that cannot be read is not needed where the record says its duration; the start may then be known to the second only.
    if (found === 'taken') assert.deepEqual([field, durationAt(outcome, victim)], ['end', durationAt(whole, victim)]);
    else assert.match(found, /^usage\.time-/);
  }
});
const durationAt = (outcome: Outcome, { index }: Victim): string | undefined => verdicts(outcome)[index]?.split(' ')[3];

forEach('a start after the end is said', texts, async (shipped, whole, read) => {
  const victim = victimOf(
    shipped,
    whole.records,
    (record) => rawIn(shipped, whole, record, 'start') !== undefined && rawIn(shipped, whole, record, 'end') !== undefined,
  );
  const [start, end] = victim === undefined ? [] : [rawOf(victim, 'start'), rawOf(victim, 'end')];
  if (victim === undefined || start === undefined || end === undefined) return;
  const swapped = victim.text
    .replace(start, '\u0001')
    .replace(end, () => start)
    .replace('\u0001', () => end);
  assert.equal(assertAlone(await read(putTogether(victim, swapped)), whole, victim, 'swapped'), 'usage.end-before-start');
});

forEach(
  'a header twice, without a column, or with one twice, is said',
  lined.filter(({ format }) => format.reading.header),
  async ({ format, golden }, whole, read) => {
    const text = golden.toString('latin1');
    const [header = '', ...rest] = text.split('\n');
    const again = await read([header, header, ...rest].join('\n'));
    assert.deepEqual(
      verdicts(again).filter((verdict) => verdict.startsWith('good')),
      verdicts(whole).filter((verdict) => verdict.startsWith('good')),
    );
    assert.ok(again.records.length > whole.records.length && again.records.some((record) => reasonOf(record) !== undefined));
    for (const key of format.reading.key) {
      assert.ok(header.includes(key));
      const without = await read([header.replace(key, 'something'), ...rest].join('\n'));
      assert.equal(without.refusal?.code, 'usage.header-differs');
      assert.match(without.refusal?.message ?? '', new RegExp(key));
      const separator = format.reading.separator ?? ',';
      const twice = await read([`${header.trimEnd()}${separator}${key}`, ...rest].join('\n'));
      assert.equal(twice.refusal?.code, 'usage.header-differs');
    }
  },
);

forEach('a file of another format is never charged', all, async ({ format }, _, read) => {
  for (const other of all) {
    if (other.format.id === format.id || FAMILIES.some((ids) => ids.includes(format.id) && ids.includes(other.format.id))) continue;
    assert.equal(drafts(await read(other.golden)), 0, other.format.id);
  }
});

forEach('what is nested 100,000 deep, entities that multiply, and what is no record at all are left in time', all, async (_, __, read) => {
  const bomb = Array.from({ length: 30 }, (_entity, at) => `<!ENTITY a${at + 1} "&a${at};&a${at};">`).join('');
  const deep = 100_000;
  const hostile: Readonly<Record<string, string>> = {
    lists: '['.repeat(deep),
    objects: `${'{"a":'.repeat(deep)}1${'}'.repeat(deep)}\n`,
    elements: `<cdr>${'<a>'.repeat(deep)}${'</a>'.repeat(deep)}</cdr>`,
    constructed: '\x30\x80'.repeat(deep),
    bomb: `<!DOCTYPE cdr [<!ENTITY a0 "ha">${bomb}]><cdr>&a30;</cdr>`,
    'a picture': `\x89PNG\r\n\x1a\n${'\x00\x01\x02x'.repeat(500)}`,
    words: 'the quick brown fox\n'.repeat(200),
  };
  for (const [name, content] of Object.entries(hostile)) assertSaid(await read(content), name);
});

function rawIn(shipped: Shipped, whole: Outcome, record: Outcome['records'][number], field: UsageField): string | undefined {
  const victim = victimOf(shipped, whole.records, (one) => one === record);
  return victim === undefined ? undefined : rawOf(victim, field);
}
