import type { Result } from '#core/refusals.ts';
import { patternCost } from '#core/usage/pattern.ts';
import type { ColumnLayout, FieldRule, Source, UsageField } from '#core/usage/source.ts';
import type { Rejection, Skipped } from './draft.ts';
import { positionOf } from './record-types.ts';
import { converted, pointed } from './text-conversions.ts';

/** A rule with its columns as slots of the row under way. */
export interface CompiledRule {
  readonly slots: readonly number[];
  readonly rule: FieldRule;
  readonly pattern: RegExp | undefined;
  /** A longer text counts as one that the pattern does not fit. */
  readonly patternMost: number;
  /** Slot of the column that `when` looks at; −1 without. */
  readonly whenSlot: number;
  /** The text of the one slot is the value, as it is. */
  readonly plain: boolean;
}

/** Gives the texts of one record at a time. */
export interface RowReader {
  /** Takes the next record; a rejection when its form is damaged. `ended` is false for text without a line end. */
  take(text: string, ended: boolean): Rejection | Skipped | undefined;
  /** The text in a slot; '' where the record has none. */
  value(slot: number): string;
  /** The layout of the record under way has no such column. Only of families with layouts. */
  lacks?(slot: number): boolean;
  /** Slots of the columns that identify the record under way. */
  keySlots(): readonly number[];
  /** Every column of the record under way with its text, for people who look at it; not for the bulk. */
  columns?(): readonly (readonly [name: string, text: string])[];
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
    const cost = rule.pattern === undefined ? undefined : patternCost(rule.pattern);
    const slots = rule.columns.map((column) => this.slot(column));
    const { constant, when, empty, pattern, convert, decimals, map } = rule;
    return {
      slots,
      rule,
      pattern: pattern === undefined ? undefined : new RegExp(pattern),
      patternMost: typeof cost === 'object' ? cost.mostCharacters : 0,
      whenSlot: when === undefined ? -1 : this.slot(when.column),
      plain: slots.length === 1 && [constant, when, empty, pattern, convert, decimals, map].every((part) => part === undefined),
    };
  }

  rules(source: Source, field: UsageField): readonly CompiledRule[] {
    return (source.fields[field] ?? []).map((rule) => this.rule(rule));
  }

  /** For each slot the column's position in a layout; −1 where the layout does not have it. */
  positions(layout: ColumnLayout): Int32Array {
    return Int32Array.from(this.columns, (column) => positionOf(column, layout));
  }
}

/** The text a rule finds: its columns joined, and what the rule makes of that. '' for none. */
export function ruleText(row: RowReader, compiled: CompiledRule): string {
  const { slots, rule, pattern } = compiled;
  if (compiled.plain) return row.value(slots[0] ?? 0);
  if (compiled.whenSlot >= 0 && !(rule.when?.is.includes(row.value(compiled.whenSlot)) ?? true)) return '';
  let text: string;
  if (slots.length === 1) text = row.value(slots[0] ?? 0);
  else if (rule.constant !== undefined) text = rule.constant;
  else {
    const parts = slots.map((slot) => row.value(slot));
    if (rule.sorted === true) parts.sort();
    text = parts.every((part) => part === '') ? '' : parts.join(rule.join ?? ' ');
  }
  if (text === '' || rule.empty?.includes(text) === true) return '';
  if (pattern !== undefined) {
    const match = text.length <= compiled.patternMost ? pattern.exec(text) : null;
    if (match === null && rule.mustFit === true) return '';
    text = taken(match, rule.take) ?? text;
  }
  if (rule.convert !== undefined) for (const conversion of rule.convert) text = converted(text, conversion);
  if (rule.decimals !== undefined) text = pointed(text, rule.decimals);
  if (text === '' || rule.empty?.includes(text) === true) return '';
  return rule.map !== undefined && Object.hasOwn(rule.map, text) ? (rule.map[text] ?? text) : text;
}

/** What a match gives: its first group, or `take` with its groups put in. Undefined when there is none. */
function taken(match: RegExpExecArray | null, take: string | undefined): string | undefined {
  if (match === null || take === undefined) return match?.[1];
  return take.replace(/\$([1-9])/g, (_, group: string) => match[Number(group)] ?? '');
}

/** The text of the first rule that finds one. */
export function fieldText(row: RowReader, rules: readonly CompiledRule[]): string {
  for (const rule of rules) {
    const text = ruleText(row, rule);
    if (text !== '') return text;
  }
  return '';
}
