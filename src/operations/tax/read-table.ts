/** A table of tax rates as CSV: one row a percentage. US-style lists by state, county and city come this way. */
import type { Refusal, Result } from '#core/refusals.ts';
import { refuse } from '#core/refusals.ts';
import type { TaxPercent, TaxRateDeclaration } from '#core/tax/rules.ts';
import { supplied, taxTableRow } from '../configuration/kinds/tax.ts';
import { Reading } from '../configuration/reading.ts';
import type { ReferenceData } from '../configuration/reference-data.ts';
import { readTable } from '../configuration/tables.ts';
import type { ReadTaxTable } from './ports.ts';

/** A state's cities and counties with their history are some ten thousand rows. */
export const MOST_ROWS = 500_000;

/**
 * Reads the whole file or refuses it with every fault by line. Columns: jurisdiction, tax, percent, valid_from, and optionally
 * valid_to, services (separated by blanks), on_top_of. Rows of one jurisdiction, tax and services are one rate with its history.
 */
export function readTaxTable(table: string, file: string, bytes: Uint8Array, reference: ReferenceData): Result<ReadTaxTable> {
  const reading = new Reading(reference);
  const rows = readTable({ table: file }, { file, line: 1 }, 'table', taxTableRow, new Map([[file, bytes]]), reading);
  if (reading.faults.length === 0 && rows.length === 0) reading.fault('tax.table-broken', 'the table has no rows', { file, line: 1 });
  if (rows.length > MOST_ROWS)
    reading.fault('tax.table-broken', `the table has ${rows.length} rows, more than ${MOST_ROWS}`, { file, line: MOST_ROWS });
  if (reading.faults.length > 0) return { ok: false, refusals: reading.faults };
  const groups = Map.groupBy(rows, ({ values }) =>
    [values.jurisdiction, values.tax, [...(values.services ?? [])].sort().join('+')].join(' '),
  );
  const faults: Refusal[] = [];
  const rates = [...groups.values()].flatMap((group): TaxRateDeclaration[] => {
    const sorted = [...group].sort((a, b) => (a.values.validFrom < b.values.validFrom ? -1 : 1));
    const [first] = sorted;
    if (first === undefined) return [];
    for (const [index, { values, place }] of sorted.entries()) {
      const next = sorted[index + 1];
      const at = { file: place.file, line: place.line };
      if (values.validTo !== undefined && values.validTo <= values.validFrom)
        faults.push(
          refuse('tax.table-broken', 'the row ends before or on the day it begins', { ...at, field: 'valid_to', value: values.validTo }),
        );
      if (next !== undefined && (next.values.validFrom === values.validFrom || (values.validTo ?? '') > next.values.validFrom))
        faults.push(
          refuse(
            'tax.rates-overlap',
            `${values.tax} of ${values.jurisdiction} has two percentages on ${next.values.validFrom}: see line ${next.place.line}`,
            at,
          ),
        );
    }
    const { jurisdiction, tax, services } = first.values;
    return [
      {
        id: [table, jurisdiction, tax, ...(services === undefined ? [] : [[...services].sort().join('+')])].join(':'),
        tax,
        jurisdiction,
        services: services ?? supplied,
        percents: sorted.map(
          ({ values }): TaxPercent => ({
            percent: values.percent,
            validFrom: values.validFrom,
            ...(values.validTo === undefined ? {} : { validTo: values.validTo }),
            onTopOf: values.onTopOf ?? [],
          }),
        ),
        source: `table ${table}, ${file}`,
      },
    ];
  });
  return faults.length > 0 ? { ok: false, refusals: faults } : { ok: true, value: { rates, rows: rows.length } };
}
