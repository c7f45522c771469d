/** The families of formats: how each finds records in a file, and columns in a record. A new family is one more line here. */
import type { BerForm } from '#core/usage/ber-form.ts';
import type { FormatFamily } from '#core/usage/format.ts';
import type { Source } from '#core/usage/source.ts';
import { BerReader } from '../ber/ber-reader.ts';
import { BerSplitter } from '../ber/ber-splitter.ts';
import { delimitedReader } from './delimited-reader.ts';
import { DetailReader } from './detail-reader.ts';
import { DetailSplitter } from './detail-splitter.ts';
import { FixedReader } from './fixed-reader.ts';
import { FixedSplitter } from './fixed-splitter.ts';
import { JsonReader } from './json-reader.ts';
import { JsonSplitter, writesObjectPerLine } from './json-splitter.ts';
import { LineSplitter, type RecordSplitter } from './line-splitter.ts';
import type { RowReader, SlotTable } from './row-reader.ts';
import { XmlReader } from './xml-reader.ts';
import { XmlSplitter } from './xml-splitter.ts';

export interface FamilyCodec {
  /** Records may have any byte: they are not text in an encoding, and a file has neither lines nor a byte order mark. */
  readonly binary: boolean;
  /**
   * `head` is the beginning of the file behind what is skipped; `limit` the characters of a record at most; `from` where in
   * the file the stream begins, and `resumed` when that is behind a record, because a load goes on.
   */
  splitter(source: Source, head: string, limit: number, from?: number, resumed?: boolean): RecordSplitter;
  /** `slots` numbers what the source maps: names of columns, or paths. */
  reader(source: Source, slots: SlotTable, startColumn: string | undefined): RowReader;
}

/** Of a source of the family `ber` that declares nothing of it: no record fits. */
const NO_BER: BerForm = { framing: 'concatenated', blockSize: 0, inside: [], record: '', each: [], types: {} };

const lines = (_source: Source, _head: string, limit: number): RecordSplitter => new LineSplitter(limit);

export const families: Readonly<Record<FormatFamily, FamilyCodec>> = {
  delimited: { binary: false, splitter: lines, reader: delimitedReader },
  fixed: {
    binary: false,
    splitter: ({ fixed }, _head, limit) =>
      fixed === undefined || fixed.recordLength === 0 ? new LineSplitter(limit) : new FixedSplitter(fixed.recordLength),
    reader: (source, slots) => new FixedReader(source, slots),
  },
  json: {
    binary: false,
    splitter: ({ json, unendedRecord }, head, limit, _from, resumed) =>
      json?.within === undefined && writesObjectPerLine(head)
        ? new LineSplitter(limit)
        : new JsonSplitter(limit, { within: json?.within ?? '', head, resumed: resumed === true, tellsCut: unendedRecord !== 'take' }),
    reader: (source, slots) => new JsonReader(source, slots),
  },
  xml: {
    binary: false,
    splitter: ({ xml, unendedRecord }, head, limit, _from, resumed) =>
      new XmlSplitter(xml?.record ?? 'record', limit, { head, resumed: resumed === true, tellsCut: unendedRecord !== 'take' }),
    reader: (source, slots) => new XmlReader(source, slots),
  },
  detail: {
    binary: false,
    splitter: (_source, _head, limit) => new DetailSplitter(limit),
    reader: (source, slots) => new DetailReader(source, slots),
  },
  ber: {
    binary: true,
    splitter: ({ ber }, head, limit, from) => new BerSplitter(ber ?? NO_BER, limit, head, from),
    reader: ({ ber, key, records }, slots) => new BerReader(ber ?? NO_BER, key, slots, records !== undefined),
  },
};
