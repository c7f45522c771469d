/** Imports and rates as JSON: decimals as texts, instants in UTC. */
import { type Decimal, formatDecimal, trimDecimal, unitsAtScale } from '#core/money/decimal.ts';
import type { RateChange } from '#core/tariffs/rate-sheets/difference.ts';
import { columnLetters } from '#core/tariffs/rate-sheets/sheet.ts';
import type { Rate, RateTerms } from '#core/tariffs/tariff.ts';
import { formatInstant, localDate, startOfLocalDay } from '#core/time/zoned.ts';
import type { ImportReport } from '#operations/rates/import-report.ts';
import type { ImportRecord } from '#operations/rates/rate-store.ts';
import { templateBody } from '#operations/rates/rate-template.ts';
import type { HistoricRate } from '#storage/rates/find-rates.ts';

/** Everything of an import, also what did not change. */
export function importJson(report: ImportReport): object {
  const { target, source, header, changes, faults, warnings } = report;
  return {
    outcome: report.outcome,
    ...(report.importId === undefined ? {} : { import: report.importId }),
    ...(report.knownFromMicros === undefined ? {} : { knownFrom: formatInstant(report.knownFromMicros) }),
    agreement: target.agreement.id,
    service: target.service.service,
    role: target.service.role,
    tariff: target.tariff.id,
    currency: target.tariff.currency,
    mode: report.mode,
    zone: report.zone,
    file: source.fileName,
    format: source.format,
    ...(source.sheet === undefined ? {} : { sheet: source.sheet }),
    sha256: source.sha256,
    ...(header === undefined
      ? {}
      : {
          headerRow: header.row,
          columns: header.columns.map(({ index, header: title, field, band }) => ({
            column: columnLetters(index),
            header: title,
            field,
            ...(band === undefined ? {} : { band }),
          })),
          unread: header.unread,
          absent: header.absent,
        }),
    rows: report.rowsRead,
    passedOver: report.passedOver,
    skipped: report.skipped,
    counts: report.counts,
    increments: report.increments,
    faultCount: report.faultCount,
    faults,
    warnings: warnings.map(({ code, count, examples }) => ({ code, count, accepted: !report.open.includes(code), examples })),
    changes: changes.map((change) => changeJson(change)),
    template: templateBody('', report.template),
    templateSaved: report.templateSaved,
  };
}

function changeJson(change: RateChange): object {
  const { kind, code, destination, band, oldPrice, newPrice, hundredthsOfPercent, fromMicros, toMicros, what, sheetRate } = change;
  return {
    kind,
    ...(code === undefined ? {} : { code }),
    destination,
    ...(band === undefined ? {} : { band }),
    ...(oldPrice === undefined ? {} : { oldPrice: formatDecimal(oldPrice) }),
    ...(newPrice === undefined ? {} : { newPrice: formatDecimal(newPrice) }),
    ...(hundredthsOfPercent === undefined ? {} : { percent: formatPercent(hundredthsOfPercent) }),
    ...instants(fromMicros, toMicros),
    ...(what.length === 0 ? {} : { what }),
    ...(sheetRate === undefined ? {} : { row: sheetRate.row }),
  };
}

export function rateJson({ id, match, terms, validFromMicros, validToMicros }: Rate): object {
  return { id, ...match, ...termsJson(terms), ...instants(validFromMicros, validToMicros) };
}

export function historyJson({ rate, knownFromMicros, knownToMicros, importId }: HistoricRate): object {
  return {
    ...rateJson(rate),
    knownFrom: formatInstant(knownFromMicros),
    ...(knownToMicros === Number.POSITIVE_INFINITY ? {} : { knownTo: formatInstant(knownToMicros) }),
    ...(importId === undefined ? {} : { import: importId }),
  };
}

export function recordJson({ importId, knownFromMicros, ...record }: ImportRecord): object {
  return { import: importId, ...record, knownFrom: formatInstant(knownFromMicros) };
}

function termsJson(terms: RateTerms): object {
  const text = JSON.stringify(terms, (_, value: unknown) => (isDecimal(value) ? formatDecimal(value) : value));
  return JSON.parse(text) as object; // terms are an object
}

function isDecimal(value: unknown): value is Decimal {
  return typeof value === 'object' && value !== null && 'units' in value && typeof value.units === 'bigint';
}

function instants(fromMicros: number, toMicros: number): object {
  return { validFrom: formatInstant(fromMicros), ...(toMicros === Number.POSITIVE_INFINITY ? {} : { validTo: formatInstant(toMicros) }) };
}

/** `+12.50` for 1250. */
export function formatPercent(hundredths: number): string {
  const size = Math.abs(hundredths);
  return `${hundredths < 0 ? '-' : '+'}${Math.floor(size / 100)}.${String(size % 100).padStart(2, '0')}`;
}

/** `+0.0123`: by how much a price changes. */
export function formatMove(oldPrice: Decimal, newPrice: Decimal): string {
  const scale = Math.max(oldPrice.scale, newPrice.scale);
  const units = unitsAtScale(newPrice, scale) - unitsAtScale(oldPrice, scale);
  return `${units > 0n ? '+' : ''}${formatDecimal(trimDecimal({ units, scale }))}`;
}

/** A local date when the instant begins one, else the instant: `2026-11-01`, `2026-11-01T10:00:00Z`. `open` for infinity, `-` for the beginning of time. */
export function formatMoment(zone: string, micros: number): string {
  if (micros === Number.POSITIVE_INFINITY) return 'open';
  if (micros <= 0) return '-';
  const date = localDate(zone, micros);
  return startOfLocalDay(zone, date) === micros ? date : formatInstant(micros);
}
