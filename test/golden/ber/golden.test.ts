/** The formats against records that another encoder made: README.md. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { UsageDraft } from '#codecs/cdr/draft.ts';
import { families } from '#codecs/cdr/families.ts';
import { makeDecoder } from '#codecs/cdr/record-decoder.ts';
import { valueOrThrow } from '#core/refusals.ts';
import { formatInstant } from '#core/time/zoned.ts';
import type { Source } from '#core/usage/source.ts';
import { parseSource } from '#operations/usage/source.ts';

const folder = new URL('./', import.meta.url);

interface Golden {
  /** Records that the file cuts. */
  readonly cut: number;
  readonly charges: readonly Readonly<Record<string, unknown>>[];
}

/** What decoding gives, with the names that the files of expected charges use; what is empty left out. */
function charge(draft: UsageDraft): Record<string, unknown> {
  const { startMicros, durationMicros, service, answered, marks, part, ...rest } = draft;
  const said = { ...rest, ...marks, service, start: formatInstant(startMicros), answered, seconds: durationMicros / 1_000_000 };
  return {
    ...Object.fromEntries(Object.entries(said).filter(([, value]) => value !== '' && value !== undefined)),
    ...(part === undefined ? {} : { part }),
  };
}

/** Fills in what the expected charges leave out because it is as always. */
function expected(written: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const full: Record<string, unknown> = { quantity: 0, bytesUp: 0, bytesDown: 0, seconds: 0, answered: true, ...written };
  return Object.fromEntries(Object.entries(full).filter(([, value]) => value !== ''));
}

function decodeAll(
  source: Source,
  bytes: Buffer,
  piece: number,
): { readonly charges: readonly Record<string, unknown>[]; readonly cut: number; readonly covered: number } {
  const decoder = valueOrThrow(makeDecoder(source));
  const splitter = families.ber.splitter(source, '', source.maximumRecordBytes);
  const charges: Record<string, unknown>[] = [];
  let cut = 0;
  let covered = 0;
  const drain = (): void => {
    while (splitter.next()) {
      covered = Math.max(covered, splitter.from + splitter.length);
      const decoded = decoder.decode(splitter.text, splitter.ended);
      if (decoded.kind === 'draft') charges.push(charge(decoded.draft));
      else if (decoded.kind === 'rejected') {
        assert.equal(decoded.reason, 'usage.truncated-record', decoded.detail);
        cut += 1;
      }
    }
  };
  for (let at = 0; at < bytes.length; at += piece) {
    splitter.push(bytes.subarray(at, at + piece).toString('latin1'));
    drain();
  }
  splitter.finish();
  drain();
  return { charges, cut, covered };
}

for (const name of readdirSync(folder).filter((file) => file.endsWith('.ber'))) {
  const format = name.replace(/\..*$/, '');
  test(`${name}: every charge is read as another program wrote it, however the file comes in pieces`, () => {
    const golden = JSON.parse(readFileSync(new URL(name.replace(/\.ber$/, '.json'), folder), 'utf8')) as Golden; // written by make_files.py
    const bytes = readFileSync(new URL(name, folder));
    const source = valueOrThrow(parseSource({ id: 'golden', format, zone: 'UTC' }));
    for (const piece of [bytes.length, 1000, 37, 1]) {
      const { charges, cut } = decodeAll(source, bytes, piece);
      assert.deepEqual(charges, golden.charges.map(expected), `in pieces of ${piece}`);
      assert.equal(cut, golden.cut);
    }
  });
}
