/** How formats, and records decoded by them, look on the terminal. */
import type { ListedFormat } from '#app/formats.ts';
import type { TestedRecord, TestSummary } from '#app/try-format.ts';
import type { UsageDraft } from '#codecs/cdr/draft.ts';
import { visibleText } from '#core/refusals.ts';
import { formatInstant } from '#core/time/zoned.ts';
import type { FormatDeclaration } from '#core/usage/format.ts';
import { type FieldRule, usageFields } from '#core/usage/source.ts';
import { pathTree } from './path-tree.ts';
import { formatTable } from './table.ts';
import { hanging } from './wrap.ts';

const MOST_UNMAPPED = 12;
const MOST_TEXT = 60;
/** Values with paths that are shown one after the other; more of them become a tree. */
const MOST_IN_LINE = 4;
/** Of the tree of a record whose values have paths. */
const MOST_TREE_LINES = 80;
const MOST_TREE_WIDTH = 100;

export function formatsTable(formats: readonly ListedFormat[], json: boolean): string {
  if (json)
    return formats
      .map(({ format, own }) => `${JSON.stringify({ id: format.id, family: format.family, name: format.name, own })}\n`)
      .join('');
  const rows = formats.map(({ format, own }) => [format.id, format.family, own ? 'yours' : 'shipped', format.name]);
  return `${formatTable([{ title: 'format', cut: 'never' }, { title: 'family' }, { title: 'whose' }, { title: 'what' }], rows)}\n`;
}

export function formatText(format: FormatDeclaration, json: boolean): string {
  if (json) return `${JSON.stringify(format)}\n`;
  const { reading, provenance, templates } = format;
  const lines = [
    `${format.id}: ${format.name}`,
    `family      ${format.family}`,
    `key         ${reading.key.join(', ') || 'said by the source'}`,
  ];
  if (format.family === 'delimited')
    lines.push(`separator   ${JSON.stringify(reading.separator)}, quote ${reading.quote || 'none'}, escape ${reading.escape}`);
  if (reading.header) lines.push('header      the first line names the columns');
  if (reading.xml !== undefined) lines.push(`record      the element ${reading.xml.record}`);
  if (reading.records !== undefined) {
    const { column, take, skip } = reading.records;
    lines.push(
      `types       column ${column}: ${take === undefined ? '' : `${take.join(', ')} taken; `}${skip.join(', ') || 'none'} passed over`,
    );
  }
  for (const { columns, types, places } of reading.layouts) {
    const named = columns.map((name, index) => `${name}${places?.[index] === undefined ? '' : ` ${placeText(places[index])}`}`);
    lines.push(`columns     ${columns.length}${types === undefined ? '' : `, of ${types.join(', ')}`}: ${named.join(', ')}`);
  }
  const expected = Object.entries(reading.expect ?? {}).map(([column, pattern]) => `${column} ${pattern}`);
  if (expected.length > 0) lines.push(`expects     ${expected.join(', ')}`);
  for (const [name, columns] of Object.entries(templates)) lines.push(`template    ${name}: ${columns.length} columns`);
  const rows = usageFields.flatMap((field) =>
    (reading.fields[field] ?? []).map((rule, index) => [index === 0 ? field : '', ruleText(rule)]),
  );
  const table = formatTable([{ title: 'field', cut: 'never' }, { title: 'from' }], rows);
  const sources = provenance.sources.map((source) => `source      ${source}`);
  const notes = [
    ...sources,
    ...(provenance.checked === '' ? [] : [`checked     ${provenance.checked}`]),
    ...(provenance.uncertain === '' ? [] : [`uncertain   ${provenance.uncertain}`]),
  ];
  return `${hanging(lines.join('\n'))}\n\n${table}\n${notes.length === 0 ? '' : `\n${hanging(notes.join('\n'))}\n`}`;
}

function placeText({ from, length }: { readonly from: number; readonly length: number }): string {
  return length === 1 ? `${from}` : `${from}-${from + length - 1}`;
}

function ruleText(rule: FieldRule): string {
  const parts = [rule.constant === undefined ? rule.columns.join(' + ') : JSON.stringify(rule.constant)];
  if (rule.when !== undefined) parts.push(`when ${rule.when.column} is ${rule.when.is.join(' or ')}`);
  if (rule.pattern !== undefined) parts.push(`pattern ${rule.pattern}${rule.take === undefined ? '' : ` as ${rule.take}`}`);
  if (rule.convert !== undefined) parts.push(rule.convert.join(', '));
  if (rule.decimals !== undefined) parts.push(`${rule.decimals} decimals`);
  if (rule.time !== undefined) parts.push(`time ${rule.time}${rule.utc === true ? ' UTC' : ''}`);
  if (rule.unit !== undefined) parts.push(`in ${rule.unit}`);
  if (rule.values !== undefined) parts.push(`yes: ${rule.values.join(', ')}`);
  if (rule.map !== undefined)
    parts.push(
      Object.entries(rule.map)
        .map(([from, to]) => `${from} → ${to}`)
        .join(', '),
    );
  return parts.join('; ');
}

/** One record of `formats test`. */
export function recordText(record: TestedRecord, json: boolean): string {
  const { decoded, number, byteFrom, fields, empty, unmapped } = record;
  if (json) {
    const verdict =
      decoded.kind === 'draft'
        ? { verdict: decoded.hold === undefined ? 'good' : 'held', ...decoded.hold, draft: plainDraft(decoded.draft) }
        : { verdict: decoded.kind, ...decoded, kind: undefined };
    return `${JSON.stringify({ number, byteFrom, ...verdict, fields, empty, unmapped: Object.fromEntries(unmapped) })}\n`;
  }
  const title = `record ${number} (byte ${byteFrom}): ${verdictText(decoded)}`;
  const rows = fields.map(({ field, columns, text, value }) => {
    const from = columns.length === 0 ? 'constant' : columns.map(([name]) => name).join(' + ');
    const written = columns.length === 0 ? text : columns.map(([, column]) => column).join(' ');
    return [field, from, cut(written), value === undefined ? `${cut(text)} ?` : cut(value)];
  });
  const table = formatTable([{ title: 'field', cut: 'never' }, { title: 'column' }, { title: 'text' }, { title: 'value' }], rows, {
    indent: '  ',
  });
  const paths = unmapped.map(([path, text]) => ({ path, text }));
  const inTree = unmapped.length > MOST_IN_LINE && unmapped.every(([path]) => path.includes('.'));
  const notes = [
    ...(decoded.kind === 'draft' ? [`  key         ${cut(visibleText(decoded.draft.key))}`] : []),
    ...(empty.length === 0 ? [] : [`  empty       ${empty.join(', ')}`]),
    ...(unmapped.length === 0 || inTree ? [] : [`  unmapped    ${unmappedText(unmapped)}`]),
  ];
  const tree = inTree ? `  unmapped\n${pathTree(paths, MOST_TREE_LINES, MOST_TREE_WIDTH, '    ')}\n` : '';
  return `${hanging(title)}\n${fields.length === 0 ? '' : `${table}\n`}${notes.length === 0 ? '' : `${hanging(notes.join('\n'))}\n`}${tree}\n`;
}

function verdictText(decoded: TestedRecord['decoded']): string {
  if (decoded.kind === 'rejected') return `rejected, ${decoded.reason}: ${visibleText(decoded.detail)}`;
  if (decoded.kind === 'skipped') return `passed over (${visibleText(decoded.type)})`;
  return decoded.hold === undefined ? 'good' : `held, ${decoded.hold.reason}: ${visibleText(decoded.hold.detail)}`;
}

function unmappedText(unmapped: TestedRecord['unmapped']): string {
  const first = unmapped.slice(0, MOST_UNMAPPED).map(([name, text]) => `${visibleText(name)}=${cut(visibleText(text), 24)}`);
  return `${first.join(', ')}${unmapped.length > MOST_UNMAPPED ? ` and ${unmapped.length - MOST_UNMAPPED} more` : ''}`;
}

function cut(text: string, most = MOST_TEXT): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

/** A draft as JSON has it: times as instants, seconds and money as text. */
export function plainDraft(draft: UsageDraft): object {
  const { startMicros, durationMicros, priceNanos, ...rest } = draft;
  const said = Object.entries(rest).filter(([, value]) => value !== '' && value !== 0 && value !== undefined);
  return {
    start: formatInstant(startMicros),
    seconds: durationMicros / 1_000_000,
    ...(priceNanos === undefined ? {} : { priceNanos: priceNanos.toString() }),
    ...Object.fromEntries(said),
  };
}

/** What became of all records that were looked at. */
export function summaryText(summary: TestSummary, json: boolean): string {
  const { counted, more, good, held, rejected, skipped, missing } = summary;
  if (json) return `${JSON.stringify({ counted, more, good, held, rejected, skipped, missing })}\n`;
  const rows = [
    ['good', '', `${good}`],
    ...Object.entries(held).map(([reason, number]) => ['held', reason, `${number}`]),
    ...Object.entries(rejected).map(([reason, number]) => ['rejected', reason, `${number}`]),
    ...Object.entries(skipped).map(([type, number]) => ['passed over', type, `${number}`]),
  ];
  const table = formatTable([{ title: 'records' }, { title: 'why' }, { title: 'number', align: 'right' }], rows);
  const said = more ? `the first ${counted} records were looked at; there are more` : `${counted} records`;
  const lacks = missing.length === 0 ? '' : `\nThe format does not say ${missing.join(', ')}: the source must.\n`;
  return `${table}\n${said}\n${lacks}`;
}
