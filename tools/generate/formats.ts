import { readFileSync } from 'node:fs';
import type { FormatDeclaration } from '#core/usage/format.ts';
import { type FieldRule, usageFields } from '#core/usage/source.ts';
import { shippedFormats } from '#operations/usage/formats/shipped-formats.ts';

const page = new URL('../../docs/reference/formats.md', import.meta.url);
const BEGIN = '<!-- From here on made from data/formats by npm run generate; change it there. -->';
const MOST_COLUMNS_SHOWN = 40;

/** docs/reference/formats.md: the prose above the mark as it is, below it every shipped format. */
export function renderFormats(): string {
  const current = readFileSync(page, 'utf8');
  const end = current.indexOf(BEGIN);
  if (end < 0) throw new Error('docs/reference/formats.md has lost its mark');
  // What has no columns of its own is described above the mark.
  const formats = shippedFormats.ids().flatMap((id) => (id === 'delimited' ? [] : (shippedFormats.find(id) ?? [])));
  const rows = formats.map(({ id, family, name }) => `| [\`${id}\`](#${id.replaceAll('.', '')}) | ${family} | ${cell(name)} |`);
  const table = `| format | family | what |\n|---|---|---|\n${rows.join('\n')}\n`;
  return `${current.slice(0, end)}${BEGIN}\n\n${table}\n${formats.map(section).join('\n')}`;
}

function section(format: FormatDeclaration): string {
  const { id, name, reading, provenance, templates } = format;
  const { layouts, records, expect, key } = reading;
  const lines = [`### ${id}`, '', `${name}.`, ''];
  for (const { columns, types, key: own } of layouts) {
    const of = types === undefined ? '' : ` of records of type ${types.join(', ')}`;
    const shown = columns.slice(0, MOST_COLUMNS_SHOWN).join(', ');
    const more = columns.length > MOST_COLUMNS_SHOWN ? `, and ${columns.length - MOST_COLUMNS_SHOWN} more` : '';
    lines.push(`- ${columns.length} columns${of}: ${shown}${more}${own === undefined ? '' : `. Key: ${own.join(', ')}`}`);
  }
  if (Object.keys(templates).length > 0) lines.push(`- templates: ${Object.keys(templates).join(', ')}`);
  if (key.length > 0) lines.push(`- key: ${key.join(', ')}`);
  if (records !== undefined)
    lines.push(
      `- types of records, in ${records.column}: ${(records.take ?? []).join(', ') || 'all others'} taken, ${records.skip.join(', ') || 'none'} passed over`,
    );
  if (expect !== undefined) lines.push(`- expects in every record: ${Object.keys(expect).join(', ')}`);
  const fields = usageFields.flatMap((field) =>
    (reading.fields[field] ?? []).map((rule, index) => `| ${index === 0 ? `\`${field}\`` : ''} | ${cell(ruleText(rule))} |`),
  );
  if (fields.length > 0) lines.push('', '| field | from |', '|---|---|', ...fields);
  if (provenance.checked !== '') lines.push('', `Checked: ${provenance.checked}`);
  if (provenance.uncertain !== '') lines.push('', `Uncertain: ${provenance.uncertain}`);
  if (provenance.sources.length > 0) lines.push('', `Sources: ${provenance.sources.map((source) => `<${source}>`).join(', ')}`);
  return `${lines.join('\n')}\n`;
}

function ruleText({ columns, constant, when, pattern, take, convert, decimals, time, utc, unit, values, map }: FieldRule): string {
  const parts = [constant === undefined ? columns.map((column) => `\`${column}\``).join(' and ') : `always \`${constant}\``];
  if (when !== undefined) parts.push(`where \`${when.column}\` is ${when.is.join(' or ')}`);
  if (pattern !== undefined) parts.push(`pattern \`${pattern}\`${take === undefined ? '' : ` as \`${take}\``}`);
  if (convert !== undefined) parts.push(convert.join(', '));
  if (decimals !== undefined) parts.push(`the last ${decimals} digits are decimals`);
  if (time !== undefined) parts.push(`\`${time}\`${utc === true ? ' in UTC' : ''}`);
  if (unit !== undefined) parts.push(`in ${unit}`);
  if (values !== undefined) parts.push(`yes: ${values.join(', ')}`);
  if (map !== undefined)
    parts.push(
      Object.entries(map)
        .map(([from, to]) => `${from} is ${to}`)
        .join(', '),
    );
  return parts.join('; ');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
