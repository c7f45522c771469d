import { type Result, refuse } from '#core/refusals.ts';
import type { Source, UsageField } from '#core/usage/source.ts';
import { type Rejection, reject, shown } from './draft.ts';
import { type CompiledRule, type RowReader, ruleText, type SlotTable } from './row-reader.ts';
import { compileTimePicture, type TimeReader, type TimeReading } from './time-picture.ts';

export interface TimeRule {
  readonly compiled: CompiledRule;
  readonly read: TimeReader;
}

/** Refused: a picture that gives no full time (`usage.source-invalid`). */
export function compileTimeRules(source: Source, field: UsageField, slots: SlotTable): Result<readonly TimeRule[]> {
  const rules: TimeRule[] = [];
  for (const rule of source.fields[field] ?? []) {
    const picture = rule.time ?? 'iso';
    const read = compileTimePicture(picture);
    if (read === undefined) {
      const at = { field: `sources ${source.id} fields.${field}.time`, value: picture };
      return { ok: false, refusals: [refuse('usage.source-invalid', 'the time picture does not give a full date and the hour', at)] };
    }
    rules.push({ compiled: slots.rule(rule), read });
  }
  return { ok: true, value: rules };
}

/** Reads the first rule that finds a text into `reading`; micros is NaN where the record has none (or an epoch of 0). */
export function readTime(row: RowReader, rules: readonly TimeRule[], field: string, reading: TimeReading): Rejection | undefined {
  reading.micros = Number.NaN;
  reading.instant = true;
  for (const { compiled, read } of rules) {
    const text = ruleText(row, compiled);
    if (text === '') continue;
    read(text, reading);
    if (compiled.rule.utc === true) reading.instant = true;
    if (reading.micros === Number.POSITIVE_INFINITY) return reject('usage.time-out-of-range', `${field} ${shown(text)} is beyond 2099`);
    if (Number.isNaN(reading.micros))
      return reject('usage.time-unreadable', `${field} ${shown(text)} is not a time written as ${compiled.rule.time ?? 'iso'}`);
    if (reading.micros !== 0) return undefined;
    reading.micros = Number.NaN;
  }
  return undefined;
}
