/**
 * P-GW records of TS 32.298 in files of TS 32.297 to drafts of events, on one core: the very splitter and decoder that a load
 * uses, fed in pieces of 64 KiB. Beside it, as the limit, the same bytes with only the tags and lengths of each record's first
 * level looked at.
 */
import { readFileSync } from 'node:fs';
import { Tlv } from '#codecs/ber/tlv.ts';
import { readFileHeader, recordBytes, recordHeaderBytes } from '#codecs/ber/ts32297.ts';
import { families } from '#codecs/cdr/families.ts';
import { makeDecoder } from '#codecs/cdr/record-decoder.ts';
import { valueOrThrow } from '#core/refusals.ts';
import { parseSource } from '#operations/usage/source.ts';
import { figure, report, seconds } from './harness.ts';

const COPIES = Number(process.env.BENCH_COPIES ?? 20_000);
const RUNS = 5;
const PIECE = 65_536;

const golden = readFileSync(new URL('../test/golden/ber/3gpp-pgw.ber', import.meta.url));
const head = readFileHeader(golden.toString('latin1'))?.headerBytes ?? 0;
/** The records without the file's header, many times over; the first of the file is one that is passed over. */
const body = Buffer.concat(Array.from({ length: COPIES }, () => golden.subarray(head)));
const perCopy = recordsOf(golden.subarray(head).toString('latin1'));

interface Counted {
  records: number;
  charges: number;
  bytesDown: number;
}

function decode(format: string): Counted {
  const source = valueOrThrow(parseSource({ id: 'bench', format, zone: 'UTC' }));
  const splitter = families.ber.splitter(source, '', source.maximumRecordBytes);
  const decoder = valueOrThrow(makeDecoder(source));
  const counted = { records: 0, charges: 0, bytesDown: 0 };
  const drain = (): void => {
    while (splitter.next()) {
      if (splitter.inside !== true) counted.records += 1;
      const decoded = decoder.decode(splitter.text, splitter.ended);
      if (decoded.kind !== 'draft') continue;
      counted.charges += 1;
      counted.bytesDown += decoded.draft.bytesDown;
    }
  };
  for (let at = 0; at < body.length; at += PIECE) {
    splitter.push(body.subarray(at, at + PIECE).toString('latin1'));
    drain();
  }
  splitter.finish();
  drain();
  return counted;
}

/** Records, and elements of their first level. */
function recordsOf(text: string): { readonly records: number; readonly elements: number } {
  const tlv = new Tlv();
  let [records, elements] = [0, 0];
  for (let at = 0; at < text.length; ) {
    const from = at + recordHeaderBytes(text, at);
    const end = from + recordBytes(text, at);
    if (tlv.read(text, from, end)) {
      const { to } = tlv;
      for (let inner = tlv.from; inner < to && tlv.read(text, inner, to); inner = tlv.next) elements += 1;
    }
    records += 1;
    at = end;
  }
  return { records, elements };
}

function walk(): number {
  let elements = 0;
  const size = golden.length - head;
  for (let at = 0; at < body.length; at += size) elements += recordsOf(body.subarray(at, at + size).toString('latin1')).elements;
  return elements;
}

const records = perCopy.records * COPIES;
const rate = (work: () => void): number[] => Array.from({ length: RUNS }, () => records / seconds(work));
let whole: Counted = { records: 0, charges: 0, bytesDown: 0 };
let each: Counted = { records: 0, charges: 0, bytesDown: 0 };
let elements = 0;
const walked = rate(() => {
  elements = walk();
});
const sessions = rate(() => {
  whole = decode('3gpp-pgw-session');
});
const containers = rate(() => {
  each = decode('3gpp-pgw');
});
const down = (200_000 + 400 + 8 + 5_000_000_000) * COPIES;
const right =
  whole.records === records &&
  each.records === records &&
  whole.charges === 4 * COPIES &&
  each.charges === 6 * COPIES &&
  whole.bytesDown === down &&
  each.bytesDown === down &&
  elements === perCopy.elements * COPIES;
report(
  'ber',
  right,
  [figure('records_per_s', sessions, walked), figure('records_per_s_by_container', containers, walked)],
  [
    `${records.toLocaleString('en')} records, ${(body.length / 2 ** 20).toFixed(0)} MiB, ${(body.length / records).toFixed(0)} bytes and ${(perCopy.elements / perCopy.records).toFixed(1)} elements each on the first level; one core`,
    `by container: ${each.charges.toLocaleString('en')} charges of their own from the same records`,
    'the limit looks at tags and lengths of the first level, and at no value',
  ],
);
