/** One record field by field, for people who declare or check a format. The books are filled by record-decoder.ts. */
import type { Result } from '#core/refusals.ts';
import { formatInstant } from '#core/time/zoned.ts';
import { type FieldRule, type Source, type UsageField, usageFields } from '#core/usage/source.ts';
import type { Decoded } from './draft.ts';
import { families } from './families.ts';
import { readDuration } from './figures.ts';
import { makeDecoder } from './record-decoder.ts';
import { type CompiledRule, type RowReader, ruleText, SlotTable } from './row-reader.ts';
import { textOfBytes } from './text-of-bytes.ts';
import { compileTimePicture } from './time-picture.ts';

export interface InspectedField {
  readonly field: UsageField;
  /** The columns of the rule that found a text, with what stands in them; empty for a constant. */
  readonly columns: readonly (readonly [name: string, text: string])[];
  /** What the rule made of it. */
  readonly text: string;
  /** What it means: an instant, seconds, or the text. Undefined when it cannot be read. */
  readonly value: string | undefined;
}

export interface InspectedRecord {
  readonly decoded: Decoded;
  readonly fields: readonly InspectedField[];
  /** Fields with rules that found nothing. */
  readonly empty: readonly UsageField[];
  /** Columns with a text that no field and no key looks at. */
  readonly unmapped: readonly (readonly [name: string, text: string])[];
}

export interface Inspector {
  header(line: string): Result<undefined>;
  inspect(bytes: string, ended: boolean): InspectedRecord;
}

/** Refused: what makeDecoder refuses. */
export function makeInspector(source: Source): Result<Inspector> {
  const decoder = makeDecoder(source);
  if (!decoder.ok) return decoder;
  const slots = new SlotTable();
  const rules = new Map(usageFields.map((field) => [field, slots.rules(source, field)]));
  for (const column of [...source.key, ...source.layouts.flatMap(({ key }) => key ?? [])]) slots.slot(column);
  const row = families[source.family].reader(source, slots, source.fields.start?.[0]?.columns[0]);
  const inspect = (bytes: string, ended: boolean): InspectedRecord => {
    const decoded = decoder.value.decode(bytes, ended);
    const nothing = { decoded, fields: [], empty: [], unmapped: [] };
    const text = families[source.family].binary ? bytes : textOfBytes(bytes, source.encoding);
    if (decoded.kind === 'skipped' || text === undefined || row.take(text, ended) !== undefined) return nothing;
    const found = usageFields.flatMap((field) => inspectField(row, source, field, rules.get(field) ?? []) ?? []);
    const used = new Set(slots.columns);
    return {
      decoded,
      fields: found,
      empty: usageFields.filter((field) => (rules.get(field)?.length ?? 0) > 0 && !found.some((one) => one.field === field)),
      unmapped: (row.columns?.() ?? []).filter(([name, value], index) => value !== '' && !used.has(name) && !used.has(`${index + 1}`)),
    };
  };
  const header = (line: string): Result<undefined> => {
    const text = textOfBytes(line, source.encoding) ?? line;
    const known = row.header?.(text);
    return known === undefined || known.ok ? decoder.value.header(line) : known;
  };
  return { ok: true, value: { header, inspect } };
}

function inspectField(row: RowReader, source: Source, field: UsageField, rules: readonly CompiledRule[]): InspectedField | undefined {
  for (const compiled of rules) {
    const text = ruleText(row, compiled);
    if (text === '') continue;
    const columns = compiled.slots.map((slot, index) => [compiled.rule.columns[index] ?? '', row.value(slot)] as const);
    return { field, columns, text, value: meaning(source, field, compiled.rule, text) };
  }
  return undefined;
}

function meaning(source: Source, field: UsageField, rule: FieldRule, text: string): string | undefined {
  if (field === 'start' || field === 'answer' || field === 'end' || field === 'clue' || field === 'ringing') {
    const reading = { micros: Number.NaN, instant: true };
    compileTimePicture(rule.time ?? 'iso')?.(text, reading);
    if (!Number.isFinite(reading.micros)) return undefined;
    if (reading.micros === 0) return 'none';
    const shown = formatInstant(reading.micros);
    return reading.instant || rule.utc === true ? shown : `${shown.replace(/Z$/, '')} in ${source.zone}`;
  }
  if (field === 'duration' || field === 'elapsed' || field === 'pdd') {
    const micros = readDuration(text, rule.unit ?? 's');
    return typeof micros === 'number' ? `${micros / 1_000_000} s` : undefined;
  }
  if (field === 'answered' && rule.values !== undefined) return rule.values.includes(text) ? 'yes' : 'no';
  return text;
}
