/** What an import found, for the terminal, at most 100 columns wide. */

import type { ImportReport, RateChange, Warning } from '#app/rates.ts';
import { formatMoment, formatMove, formatPercent } from '#app/rates-output.ts';
import { formatDecimal } from '#core/money/decimal.ts';
import { formatRefusal, refuse } from '#core/refusals.ts';
import { formatInstant } from '#core/time/zoned.ts';
import { formatPairs, formatTable } from './table.ts';

const KINDS = ['increase', 'decrease', 'closed', 'new'] as const;
const FAULTS_OF_A_CODE = 10;
const EXAMPLES_SHOWN = 3;
/** The column of the price difference, and how long it may be. */
const MOVE = 6;
const LONGEST_MOVE = 11;
/** What of a rate has changed is not cut up to this. */
const LONGEST_WHAT = 40;

/** What an import found, and what became of it. `limit` changes are shown of each kind. */
export function importText(report: ImportReport, limit: number): string {
  const parts = [heading(report)];
  if (report.outcome === 'known') parts.push(`This file was the last import (number ${report.importId}); nothing has changed.`);
  else {
    if (report.faultCount === 0) parts.push(counts(report), differences(report, limit));
    parts.push(faults(report), warnings(report), outcome(report));
  }
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function heading({ source, header, target, mode, rowsRead, passedOver, skipped, zone, increments }: ImportReport): string {
  const { tariff, agreement, service } = target;
  const columns = header?.columns.map(
    ({ header: title, field, band }) => `${title === '' ? '' : `${title} → `}${field}${band === undefined ? '' : `:${band}`}`,
  );
  return formatPairs([
    ['file', `${source.fileName} (${source.format}${source.sheet === undefined ? '' : `, sheet ${JSON.stringify(source.sheet)}`})`],
    ['for', `${agreement.id}, ${service.service} ${service.role}, tariff ${tariff.id} in ${tariff.currency}`],
    ['as', `${mode === 'full' ? 'full replacement' : 'amendment'}, dates in ${zone}`],
    ...(header === undefined
      ? []
      : [
          [
            'rows',
            `${rowsRead} below the header in row ${header.row}${passedOver.length === 0 ? '' : `, ${passedOver.length} without rates (${rowList(passedOver)})`}${skipped.length === 0 ? '' : `, ${skipped.length} left out (${rowList(skipped)})`}`,
          ] as const,
        ]),
    ...wrapped('columns', columns ?? []),
    ...wrapped('not read', header?.unread ?? []),
    ...wrapped('not there', header?.absent ?? []),
    ...wrapped('increments', incrementsFound(increments)),
  ]);
}

function wrapped(name: string, texts: readonly string[]): (readonly [string, string])[] {
  const lines: string[] = [];
  for (const text of texts) {
    const last = lines.at(-1);
    if (last === undefined || last.length + text.length > 80) lines.push(text);
    else lines[lines.length - 1] = `${last}, ${text}`;
  }
  return lines.map((line, index) => [index === 0 ? name : '', line]);
}

const INCREMENTS_SHOWN = 6;

/** `60/60 in 12 rates`, `1/1 in 3` */
function incrementsFound(found: ImportReport['increments']): readonly string[] {
  const shown = found
    .slice(0, INCREMENTS_SHOWN)
    .map(({ increments, count }, index) => `${increments} in ${index === 0 ? rateCount(count) : figure(count)}`);
  const others = found.slice(INCREMENTS_SHOWN).reduce((sum, { count }) => sum + count, 0);
  return others === 0 ? shown : [...shown, `others in ${figure(others)}`];
}

function rateCount(count: number): string {
  return `${figure(count)} rate${count === 1 ? '' : 's'}`;
}

function rowList(rows: readonly number[]): string {
  return `row${rows.length === 1 ? '' : 's'} ${rows.slice(0, 5).join(', ')}${rows.length > 5 ? ' …' : ''}`;
}

function counts({ counts: found }: ImportReport): string {
  const order = ['new', 'increase', 'decrease', 'changed', 'unchanged', 'closed'] as const;
  return formatTable(
    order.map((kind) => ({ title: kind, align: 'right' })),
    [order.map((kind) => found[kind].toLocaleString('en-US'))],
  );
}

function differences({ changes, zone }: ImportReport, limit: number): string {
  const rows: string[][] = [];
  const more: string[] = [];
  for (const kind of KINDS) {
    const ofKind = changes.filter((change) => change.kind === kind);
    rows.push(...ofKind.slice(0, limit).map((change) => changeRow(change, zone)));
    if (ofKind.length > limit) more.push(`${(ofKind.length - limit).toLocaleString('en-US')} more ${kind}`);
  }
  const changed = changes.filter(({ kind }) => kind === 'changed');
  if (changed.length > limit) more.push(`${figure(changed.length - limit)} more changed`);
  const tables = [movesTable(rows, changes), changedTable(changed.slice(0, limit), zone)].filter((table) => table !== '').join('\n\n');
  return more.length === 0 ? tables : `${tables}\n… ${more.join(', ')} (--limit shows more, --json all)`;
}

/** Rates whose price stays: what else of them changes has a column of its own. */
function changedTable(changed: readonly RateChange[], zone: string): string {
  if (changed.length === 0) return '';
  const banded = changed.some(({ band }) => band !== undefined);
  const columns = [
    { title: 'change' },
    { title: 'code', align: 'right' },
    { title: 'destination' },
    ...(banded ? [{ title: 'band' }] : []),
    { title: 'price', align: 'right' },
    { title: 'what', cut: changed.every(({ what }) => what.join(', ').length <= LONGEST_WHAT) ? 'never' : 'end' },
    { title: 'from', cut: 'never' },
  ] as const;
  return formatTable(
    columns,
    changed.map(({ kind, code, destination, band, newPrice, what, fromMicros }) => [
      kind,
      code ?? '',
      destination,
      ...(banded ? [band ?? ''] : []),
      newPrice === undefined ? '' : formatDecimal(newPrice),
      what.join(', '),
      formatMoment(zone, fromMicros),
    ]),
  );
}

function movesTable(rows: readonly (readonly string[])[], changes: readonly RateChange[]): string {
  if (rows.length === 0) return '';
  const columns = [
    { title: 'change' },
    { title: 'code', align: 'right' },
    { title: 'destination' },
    { title: 'band' },
    { title: 'old', align: 'right' },
    { title: 'new', align: 'right' },
    { title: 'by', align: 'right' },
    { title: '%', align: 'right' },
    { title: 'from', cut: 'never' },
  ] as const;
  const banded = changes.some(({ kind, band }) => kind !== 'changed' && band !== undefined);
  // Prices of twelve decimals leave no room for their difference, which the percent tells too.
  const roomy = rows.every((row) => (row[MOVE] ?? '').length <= LONGEST_MOVE);
  const kept = columns.map(({ title }) => (title !== 'band' || banded) && (title !== 'by' || roomy));
  return formatTable(
    columns.filter((_, index) => kept[index]),
    rows.map((row) => row.filter((_, index) => kept[index])),
  );
}

function changeRow(
  { kind, code, destination, band, oldPrice, newPrice, hundredthsOfPercent, fromMicros }: RateChange,
  zone: string,
): string[] {
  const moved = kind === 'increase' || kind === 'decrease';
  return [
    kind,
    code ?? '',
    destination,
    band ?? '',
    oldPrice === undefined ? '' : formatDecimal(oldPrice),
    newPrice === undefined ? '' : formatDecimal(newPrice),
    !moved || oldPrice === undefined || newPrice === undefined ? '' : formatMove(oldPrice, newPrice),
    !moved || hundredthsOfPercent === undefined ? '' : formatPercent(hundredthsOfPercent),
    formatMoment(zone, fromMicros),
  ];
}

/** The first faults of each code, so that one repeated in every row does not hide the others. */
function faults({ faults: found, faultCount }: ImportReport): string {
  if (faultCount === 0) return '';
  const shown = new Map<string, number>();
  const lines: string[] = [];
  for (const fault of found) {
    const count = (shown.get(fault.code) ?? 0) + 1;
    shown.set(fault.code, count);
    if (count <= FAULTS_OF_A_CODE) lines.push(`  ${formatRefusal(fault)}`);
  }
  const title = `${figure(faultCount)} fault${faultCount === 1 ? '' : 's'}:`;
  const more = [...shown]
    .filter(([, count]) => count > FAULTS_OF_A_CODE)
    .map(([code, count]) => `  … and ${figure(count - FAULTS_OF_A_CODE)} more [${code}]`);
  const unkept = faultCount > found.length ? [`  … and ${figure(faultCount - found.length)} others`] : [];
  return [title, ...lines, ...more, ...unkept, ...(more.length > 0 ? ['  (--json lists up to 10,000)'] : [])].join('\n');
}

function figure(count: number): string {
  return count.toLocaleString('en-US');
}

function warnings({ warnings: found, open }: ImportReport): string {
  return found.map((warning) => warningText(warning, !open.includes(warning.code))).join('\n');
}

function warningText({ code, count, examples }: Warning, accepted: boolean): string {
  const lines = examples.slice(0, EXAMPLES_SHOWN).map((example) => `  ${formatRefusal(example).replace(` [${example.code}]`, '')}`);
  const more = count - lines.length;
  return [
    `warning ${shortCode(code)}${accepted ? ', accepted' : ''} (${count.toLocaleString('en-US')}):`,
    ...lines,
    ...(more > 0 ? [`  … and ${more.toLocaleString('en-US')} more`] : []),
  ].join('\n');
}

function shortCode(code: string): string {
  return code.replace(/^rate-sheet\./, '');
}

function outcome(report: ImportReport): string {
  const saved = report.templateSaved ? ' The template is saved.' : '';
  switch (report.outcome) {
    case 'activated':
      return `Activated as import ${report.importId}, known from ${formatInstant(report.knownFromMicros ?? 0)}.${saved}`;
    case 'unchanged':
      return `The sheet says what is in force: nothing has changed.${saved}`;
    case 'dry-run':
      return report.open.length === 0 ? 'Dry run: nothing has changed.' : `Dry run: nothing has changed. It needs ${acceptOptions(report)}`;
    case 'faults':
      return 'Nothing is activated: correct the faults first.';
    case 'warnings':
      return formatRefusal(
        refuse('rate-sheet.not-accepted', `Nothing is activated: look at the warnings, then give ${acceptOptions(report)}`),
      );
    case 'known':
      return '';
  }
}

/** All that is to be given, also what was given already: the option counts as it stands in one command. */
function acceptOptions({ warnings }: ImportReport): string {
  return `--accept ${warnings.map(({ code }) => shortCode(code)).join(',')}`;
}
