/** A file read by a format, to see how it decodes. Nothing is stored and no database is opened. */
import type { Rejection, Skipped } from '#codecs/cdr/draft.ts';
import { type InspectedRecord, makeInspector } from '#codecs/cdr/inspect-record.ts';
import { RefusedError, valueOrThrow } from '#core/refusals.ts';
import type { FormatDeclaration } from '#core/usage/format.ts';
import type { Source } from '#core/usage/source.ts';
import { formatUnknown } from '#operations/usage/formats/format.ts';
import { answeredByDefault, parseSource, saysAnswered, sourceUnknown } from '#operations/usage/source.ts';
import { RecordStream, readHead } from '#pipeline/record-stream.ts';
import { openContent } from './file-content.ts';
import { knownFormats } from './formats.ts';

/** Records counted at most: a look at a file, not a load. */
export const MOST_COUNTED = 100_000;

export interface TestRequest {
  readonly file: string;
  /** One of both is given. */
  readonly format?: string;
  /** A source of the folder, with what it adds to its format. */
  readonly source?: string;
  readonly config?: string;
  /** Records shown field by field. */
  readonly records: number;
}

export interface TestedRecord extends InspectedRecord {
  /** From 1, also of those that are passed over. */
  readonly number: number;
  readonly byteFrom: number;
}

export interface TestSummary {
  readonly source: Source;
  readonly counted: number;
  /** The file has more records than were counted. */
  readonly more: boolean;
  readonly good: number;
  readonly held: Readonly<Record<string, number>>;
  readonly rejected: Readonly<Record<string, number>>;
  readonly skipped: Readonly<Record<string, number>>;
  /** What every event needs and the format does not say: a source must. */
  readonly missing: readonly string[];
}

/** Decodes the beginning of a file. Throws RefusedError: unknown names, a file that cannot be read, a header that lacks columns. */
export async function testFormat(request: TestRequest, onRecord: (record: TestedRecord) => void): Promise<TestSummary> {
  const source = await sourceOf(request);
  const inspector = valueOrThrow(makeInspector(source));
  const content = openContent(request.file);
  const head = await readHead(content, source);
  if ('code' in head) throw new RefusedError({ ...head, at: { file: request.file, ...head.at } });
  if (head.headerLine !== undefined) {
    const header = inspector.header(head.headerLine);
    if (!header.ok)
      throw new RefusedError(...header.refusals.map((refusal) => ({ ...refusal, at: { file: request.file, ...refusal.at } })));
  }
  const stream = new RecordStream(content, source, head, head.bodyFrom);
  const tally = { counted: 0, good: 0, held: {}, rejected: {}, skipped: {} } satisfies Record<string, unknown>;
  let more = false;
  let shown = 0;
  try {
    for (;;) {
      const next = stream.next();
      if (!(next === true || (await next))) break;
      if (tally.counted >= MOST_COUNTED) {
        more = true;
        break;
      }
      tally.counted += 1;
      const { splitter, byteFrom, tooLong } = stream;
      const record = tooLong === undefined ? inspector.inspect(splitter.text, splitter.ended) : unread(tooLong);
      count(tally, record.decoded);
      const passedOver = record.decoded.kind === 'skipped';
      if (!passedOver && shown < request.records) {
        shown += 1;
        onRecord({ ...record, number: tally.counted, byteFrom });
      }
    }
  } finally {
    await stream.close();
  }
  return { source, ...tally, more, missing: missingIn(source) };
}

interface Tally {
  good: number;
  readonly held: Record<string, number>;
  readonly rejected: Record<string, number>;
  readonly skipped: Record<string, number>;
}

function count(tally: Tally, decoded: InspectedRecord['decoded'] | Rejection | Skipped): void {
  const add = (to: Record<string, number>, name: string): void => {
    to[name] = (to[name] ?? 0) + 1;
  };
  if (decoded.kind === 'rejected') add(tally.rejected, decoded.reason);
  else if (decoded.kind === 'skipped') add(tally.skipped, decoded.type === '' ? 'ignored lines' : decoded.type.slice(0, 40));
  else if (decoded.hold !== undefined) add(tally.held, decoded.hold.reason);
  else tally.good += 1;
}

function unread(decoded: Rejection): InspectedRecord {
  return { decoded, fields: [], empty: [], unmapped: [] };
}

async function sourceOf({ format: name, source: id, config }: TestRequest): Promise<Source> {
  const { formats, sources } = await knownFormats(config);
  if (id !== undefined) {
    const declared = sources.find((source) => source.id === id);
    if (declared === undefined)
      throw new RefusedError(
        sourceUnknown(
          id,
          sources.map((source) => source.id),
        ),
      );
    return valueOrThrow(parseSource(declared, { field: `sources ${id}` }, formats));
  }
  const format = formats.find(name ?? '');
  if (format === undefined) throw new RefusedError(formatUnknown(name ?? '', formats.ids(), config !== undefined));
  return sourceOfFormat(format);
}

/** A source that adds nothing to its format. It may lack what an event needs. */
export function sourceOfFormat({ id, reading }: FormatDeclaration): Source {
  const { answeredBy, ...rest } = reading;
  return {
    id: 'test',
    format: id,
    numbering: {},
    ...rest,
    answeredBy: answeredBy ?? answeredByDefault(rest.fields),
  };
}

function missingIn({ fields, key, layouts, header, family }: Source): readonly string[] {
  const columns = (family === 'delimited' || family === 'fixed') && layouts.length === 0 && !header;
  return [
    ...(columns ? ['columns'] : []),
    ...(fields.start === undefined && fields.end === undefined ? ['start'] : []),
    ...(fields.called === undefined && fields.service === undefined ? ['called'] : []),
    ...(fields.trunkIn === undefined && fields.trunkOut === undefined ? ['trunkIn or trunkOut'] : []),
    ...(saysAnswered(fields) ? [] : ['answered, answer or duration']),
    ...(key.length === 0 && layouts.every((layout) => layout.key === undefined) ? ['key'] : []),
  ];
}
