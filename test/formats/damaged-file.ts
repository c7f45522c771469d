/** The golden files of shipped formats, the ways in which files arrive damaged, and what is read of them. */
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestedRecord, testFormat } from '#app/try-format.ts';
import { type Refusal, RefusedError } from '#core/refusals.ts';
import type { FormatDeclaration } from '#core/usage/format.ts';
import type { UsageField } from '#core/usage/source.ts';
import { shippedFormats } from '#operations/usage/formats/shipped-formats.ts';
import { projectRoot } from '../support/project-files.ts';

export interface Shipped {
  readonly format: FormatDeclaration;
  readonly golden: Buffer;
}

/** All but `delimited`, which is no switch's. A format without a golden file is an error: it would not be tested. */
export function shippedWithGolden(): readonly Shipped[] {
  return shippedFormats
    .ids()
    .filter((id) => id !== 'delimited')
    .map((id) => {
      const format = shippedFormats.find(id);
      const [input] = globSync([`test/golden/formats/${id}/input.*`, `test/golden/ber/${id}.ber`], { cwd: projectRoot });
      if (format === undefined || input === undefined) throw new Error(`${id} has no golden file`);
      return { format, golden: readFileSync(join(projectRoot, input)) };
    });
}

export interface Outcome {
  /** Why nothing of the file is taken. */
  readonly refusal: Refusal | undefined;
  readonly records: readonly TestedRecord[];
}

/** Reads bytes as a file of the format, by the way that `carillon formats test` goes. Only refusals are caught. */
export async function readAs(format: FormatDeclaration, bytes: Buffer, folder: string): Promise<Outcome> {
  const file = join(folder, 'damaged');
  writeFileSync(file, bytes);
  const records: TestedRecord[] = [];
  try {
    await testFormat({ file, format: format.id, records: Infinity }, (record) => records.push(record));
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    return { refusal: error.refusals[0], records };
  }
  return { refusal: undefined, records };
}

export const isGood = ({ decoded }: TestedRecord): boolean => decoded.kind === 'draft' && decoded.hold === undefined;

/** What a record came to: why not, or what would be charged. */
export function verdictOf({ decoded }: TestedRecord): string {
  if (decoded.kind === 'skipped') return 'skipped';
  if (decoded.kind === 'rejected') return decoded.reason;
  const { draft, hold } = decoded;
  return hold?.reason ?? `good ${draft.key} ${draft.startMicros} ${draft.durationMicros} ${draft.called} ${draft.quantity}`;
}

export function reasonOf({ decoded }: TestedRecord): string | undefined {
  return decoded.kind === 'rejected' ? decoded.reason : decoded.kind === 'draft' ? decoded.hold?.reason : undefined;
}

/** One record of a text file that decodes well, with what stands around it. */
export interface Victim {
  /** Which of the records it is, from 0. */
  readonly index: number;
  readonly before: string;
  readonly text: string;
  readonly after: string;
  readonly record: TestedRecord;
}

/** The first good record of a file for which `fits`; a character is a byte. */
export function victimOf(
  { golden }: Shipped,
  records: readonly TestedRecord[],
  fits: (record: TestedRecord) => boolean,
): Victim | undefined {
  const index = records.findIndex((record) => isGood(record) && fits(record));
  const record = records[index];
  if (record === undefined) return undefined;
  const text = golden.toString('latin1');
  const end = records[index + 1]?.byteFrom ?? text.length;
  return { index, before: text.slice(0, record.byteFrom), text: text.slice(record.byteFrom, end), after: text.slice(end), record };
}

/** What stands in the file for a field of the record, where that is one column whose text is found there only once. */
export function rawOf({ text, record }: Victim, field: UsageField): string | undefined {
  const columns = record.fields.find((one) => one.field === field)?.columns ?? [];
  const raw = columns[0]?.[1] ?? '';
  return columns.length === 1 && raw.length > 1 && text.split(raw).length === 2 ? raw : undefined;
}

export function putTogether({ before, after }: Victim, text: string): Buffer {
  return Buffer.from(before + text + after, 'latin1');
}
