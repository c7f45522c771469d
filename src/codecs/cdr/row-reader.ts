import type { Result } from '#core/refusals.ts';
import type { ColumnLayout, FieldRule, Source, UsageField } from '#core/usage/source.ts';
import type { Rejection } from './draft.ts';

/** A rule with its columns as slots of the row under way. */
export interface CompiledRule {
  readonly slots: readonly number[];
  readonly rule: FieldRule;
  readonly pattern: RegExp | undefined;
}

/** Gives the texts of one record at a time. */
export interface RowReader {
  /** Takes the next record; a rejection when its form is damaged. `ended` is false for text without a line end. */
  take(text: string, ended: boolean): Rejection | undefined;
  /** The text in a slot; '' where the record has none. */
  value(slot: number): string;
  /** Slots of the columns that identify the record under way. */
  keySlots(): readonly number[];
  /** Takes a file's header line. Refused: columns that the source maps and the header lacks (`usage.header-differs`). */
  header?(line: string): Result<undefined>;
}

/** Numbers the columns that a source uses: the slots. */
export class SlotTable {
  readonly columns: string[] = [];

  slot(column: string): number {
    const known = this.columns.indexOf(column);
    return known >= 0 ? known : this.columns.push(column) - 1;
  }

  rule(rule: FieldRule): CompiledRule {
    return {
      slots: rule.columns.map((column) => this.slot(column)),
      rule,
      pattern: rule.pattern === undefined ? undefined : new RegExp(rule.pattern),
    };
  }

  rules(source: Source, field: UsageField): readonly CompiledRule[] {
    return (source.fields[field] ?? []).map((rule) => this.rule(rule));
  }

  /** For each slot the column's position in a layout; −1 where the layout does not have it. */
  positions(layout: ColumnLayout): Int32Array {
    return Int32Array.from(this.columns, (column) => {
      const named = layout.columns.indexOf(column);
      if (named >= 0) return named;
      return /^[1-9]\d{0,3}$/.test(column) ? Number(column) - 1 : -1;
    });
  }
}

/** The text a rule finds: its columns joined by a space, or what the pattern takes out of it. '' for none. */
export function ruleText(row: RowReader, compiled: CompiledRule): string {
  const { slots, rule, pattern } = compiled;
  let text: string;
  if (slots.length === 1) text = row.value(slots[0] ?? 0);
  else if (rule.constant !== undefined) text = rule.constant;
  else {
    const parts = slots.map((slot) => row.value(slot));
    text = parts.every((part) => part === '') ? '' : parts.join(' ');
  }
  if (text === '') return '';
  if (pattern !== undefined) text = pattern.exec(text)?.[1] ?? text;
  return rule.map !== undefined && Object.hasOwn(rule.map, text) ? (rule.map[text] ?? text) : text;
}

/** The text of the first rule that finds one. */
export function fieldText(row: RowReader, rules: readonly CompiledRule[]): string {
  for (const rule of rules) {
    const text = ruleText(row, rule);
    if (text !== '') return text;
  }
  return '';
}
