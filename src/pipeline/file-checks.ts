/** What a file says of itself in its header or trailer, compared with what stands in it. */
import type { RecordDecoder } from '#codecs/cdr/record-decoder.ts';
import { type Refusal, refuse } from '#core/refusals.ts';
import type { FileChecks } from '#core/usage/collecting.ts';
import type { Source } from '#core/usage/source.ts';
import { ColumnSums } from './column-sums.ts';
import type { ArchivedContent } from './ports.ts';
import { type FileHead, RecordStream } from './record-stream.ts';

/** Of a line only so much is looked at: a header or trailer is short. */
const MOST_LINE_CHARACTERS = 200;

/** Totals that a line may name as groups of its pattern. */
interface Totals {
  records: bigint;
  micros: bigint;
  quantity: bigint;
}

/**
 * Reads the whole file, without booking anything: a second reading is what it costs to know before the first record is
 * in the books that the last one is there. Found: `collect.check-missing`, `collect.count-differs`.
 */
export async function compareChecks(
  content: ArchivedContent,
  source: Source,
  checks: FileChecks,
  head: FileHead,
  decoder: RecordDecoder,
): Promise<readonly Refusal[]> {
  const header = checks.header === undefined ? undefined : new CheckLine('header', checks.header);
  const trailer = checks.trailer === undefined ? undefined : new CheckLine('trailer', checks.trailer);
  for (const line of await headLines(content, head)) header?.look(line);
  const totals: Totals = { records: 0n, micros: 0n, quantity: 0n };
  const sums = checks.sums === undefined ? undefined : new ColumnSums(source, checks.sums);
  if (sums !== undefined && head.headerLine !== undefined) {
    const named = sums.header(head.headerLine);
    if (!named.ok) return named.refusals;
  }
  const stream = new RecordStream(content, source, head, head.bodyFrom);
  try {
    for (;;) {
      const next = stream.next();
      if (!(next === true || (await next))) break;
      const { splitter } = stream;
      const isHeader = header?.found === undefined && header?.look(splitter.text) === true;
      const isTrailer = trailer?.look(splitter.text) === true;
      if (isHeader || isTrailer) continue;
      const decoded = stream.tooLong ?? decoder.decode(splitter.text, splitter.ended);
      if (decoded.kind === 'skipped') continue;
      totals.records += 1n;
      if (stream.tooLong === undefined) sums?.add(splitter.text, splitter.ended);
      if (decoded.kind !== 'draft') continue;
      totals.micros += BigInt(decoded.draft.durationMicros);
      totals.quantity += BigInt(decoded.draft.quantity);
    }
  } finally {
    await stream.close();
  }
  return [...(header?.compare(totals, sums) ?? []), ...(trailer?.compare(totals, sums) ?? [])];
}

async function headLines(content: ArchivedContent, head: FileHead): Promise<readonly string[]> {
  if (head.bodyFrom === head.markBytes) return [];
  const bytes = await content.read(head.markBytes, head.bodyFrom - head.markBytes);
  return Buffer.from(bytes).toString('latin1').split(/\r?\n/);
}

class CheckLine {
  found: RegExpExecArray | undefined;
  readonly #name: 'header' | 'trailer';
  readonly #pattern: RegExp;

  constructor(name: 'header' | 'trailer', pattern: string) {
    this.#name = name;
    this.#pattern = new RegExp(pattern);
  }

  /** The last line that fits is the one. */
  look(line: string): boolean {
    if (line.length > MOST_LINE_CHARACTERS) return false;
    const match = this.#pattern.exec(line);
    if (match !== null) this.found = match;
    return match !== null;
  }

  compare({ records, micros, quantity }: Totals, sums: ColumnSums | undefined): readonly Refusal[] {
    const { found } = this;
    if (found === undefined) return [refuse('collect.check-missing', `no line of the file is its ${this.#name}`)];
    const said = found.groups ?? {};
    const differences: string[] = [];
    if (said.records !== undefined && wholeOf(said.records) !== records) differences.push(`${said.records} records, ${records} were read`);
    if (said.quantity !== undefined && wholeOf(said.quantity) !== quantity)
      differences.push(`a quantity of ${said.quantity}, the records come to ${quantity}`);
    if (said.seconds !== undefined && !isSeconds(said.seconds, micros))
      differences.push(`${said.seconds} seconds, the records come to ${secondsText(micros)}`);
    for (const [name, stated] of Object.entries(said)) {
      const difference = stated === undefined ? undefined : sums?.differenceOf(name, stated);
      if (difference !== undefined) differences.push(difference);
    }
    if (differences.length === 0) return [];
    return [refuse('collect.count-differs', `its ${this.#name} says ${differences.join(', and ')}`, { value: found[0].slice(0, 120) })];
  }
}

function wholeOf(text: string): bigint | undefined {
  return /^\d{1,18}$/.test(text.trim()) ? BigInt(text.trim()) : undefined;
}

/** A sum written with some decimals is right when the exact one, cut or rounded to them, is it. */
function isSeconds(text: string, micros: bigint): boolean {
  const match = /^(\d{1,15})(?:[.,](\d{1,6}))?$/.exec(text.trim());
  if (match === null) return false;
  const decimals = match[2] ?? '';
  const unit = 10n ** BigInt(6 - decimals.length);
  const units = BigInt(`${match[1]}${decimals}`);
  return units === micros / unit || units === (micros + unit / 2n) / unit;
}

function secondsText(micros: bigint): string {
  const fraction = String(micros % 1_000_000n)
    .padStart(6, '0')
    .replace(/0+$/, '');
  return fraction === '' ? String(micros / 1_000_000n) : `${micros / 1_000_000n}.${fraction}`;
}
