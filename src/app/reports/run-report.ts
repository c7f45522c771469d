/** A report from the books as they are now. */
import { type Report, type ReportQuestion, reportRows, sumsFor } from '#operations/reports/report.ts';
import { loadSetupWithoutRates } from '#storage/configuration/load-book.ts';
import type { Database } from '#storage/database.ts';
import { type ReportNames, selectDelays, selectRollupSums, selectTrafficSums } from '#storage/reports/report-sums.ts';

/** Throws RefusedError (`report.cannot-combine`, `report.too-long`, `api.field-wrong`). */
export async function runReport(database: Database, question: ReportQuestion): Promise<Report> {
  const from = sumsFor(question);
  const names = await reportNames(database);
  if (from === 'records') return { from, rows: reportRows(await selectTrafficSums(database.pool, question, names), question) };
  const [sums, delays] = await Promise.all([
    selectRollupSums(database.pool, question, names),
    selectDelays(database.pool, question, names),
  ]);
  return { from, rows: reportRows(sums, question, delays) };
}

async function reportNames(database: Database): Promise<ReportNames> {
  const { book, plans } = await loadSetupWithoutRates(database);
  const parties = new Map(book.accounts.map(({ id, party }) => [id, party]));
  const partners = new Map(book.agreements.map(({ id, account }) => [id, parties.get(account) ?? account]));
  // What a plan sells is no partner's: it is told beside each other as nobody's.
  const own = new Set(plans.map(({ id }) => id));
  const services = new Map(book.tariffs.map(({ id, service }) => [id, service]));
  return {
    partnerOf: (agreement) => partners.get(agreement) ?? (own.has(agreement) ? '' : agreement),
    agreementsOf: (partner) => [...partners].flatMap(([agreement, party]) => (party === partner ? [agreement] : [])),
    serviceOf: (tariff) => services.get(tariff),
  };
}
