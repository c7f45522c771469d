/** Bytes to decoded records by a format alone, as golden files and fuzzing need it: no database, no source of a configuration. */

import { sourceOfFormat } from '#app/try-format.ts';
import { plainDraft } from '#cli/formats-text.ts';
import type { Decoded } from '#codecs/cdr/draft.ts';
import { families } from '#codecs/cdr/families.ts';
import { makeDecoder } from '#codecs/cdr/record-decoder.ts';
import type { FormatDeclaration } from '#core/usage/format.ts';
import type { Source } from '#core/usage/source.ts';

export interface DecodedRecord {
  readonly from: number;
  readonly length: number;
  readonly decoded: Decoded | 'too-long';
}

export interface DecodeOptions {
  /** Bytes of a piece; the whole at once when left out. */
  readonly piece?: number;
  readonly source?: Partial<Source>;
}

/** Cuts and decodes bytes in pieces of a size. A header that is refused is no record. */
export function decodeBytes(format: FormatDeclaration, bytes: Uint8Array, options: DecodeOptions = {}): readonly DecodedRecord[] {
  const source: Source = { ...sourceOfFormat(format), ...options.source };
  const made = makeDecoder(source);
  if (!made.ok) throw new Error(JSON.stringify(made.refusals));
  let text = Buffer.from(bytes).toString('latin1');
  for (let line = 0; line < source.skipLines + (source.header ? 1 : 0); line++) {
    const end = text.indexOf('\n');
    const first = end < 0 ? text : text.slice(0, end);
    text = end < 0 ? '' : text.slice(end + 1);
    if (source.header && line === source.skipLines && !made.value.header(first.replace(/\r$/, '')).ok) return [];
  }
  const splitter = families[source.family].splitter(source, text.slice(0, 65_536), source.maximumRecordBytes);
  const records: DecodedRecord[] = [];
  const take = (): void => {
    while (splitter.next()) {
      const decoded = splitter.tooLong ? 'too-long' : made.value.decode(splitter.text, splitter.ended);
      records.push({ from: splitter.from, length: splitter.length, decoded });
    }
  };
  const size = options.piece ?? Math.max(1, text.length);
  for (let at = 0; at < text.length; at += size) {
    splitter.push(text.slice(at, at + size));
    take();
  }
  splitter.finish();
  take();
  return records;
}

/** One line of a golden file. */
export function goldenLine({ decoded }: DecodedRecord): string {
  if (decoded === 'too-long') return JSON.stringify({ verdict: 'too-long' });
  if (decoded.kind === 'skipped') return JSON.stringify({ verdict: 'passed over', type: decoded.type });
  if (decoded.kind === 'rejected') return JSON.stringify({ verdict: 'rejected', reason: decoded.reason, detail: decoded.detail });
  const { draft, hold } = decoded;
  return JSON.stringify({ verdict: hold === undefined ? 'good' : 'held', ...hold, draft: plainDraft(draft) });
}
