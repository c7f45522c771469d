/** Imports a sheet in a process of its own: `node import-rate-sheet.ts <data folder> <file>`; prints how long it took and the memory it had. */
import { withInstallation } from '#app/installation.ts';
import { importRates } from '#app/rates.ts';

const NOW = Date.UTC(2026, 9, 1) * 1000;
const [data = '', file = ''] = process.argv.slice(2);
const settings = { data, database: { url: '' }, log: { level: 'warn' as const } };

const start = process.hrtime.bigint();
const report = await withInstallation({ settings, command: 'bench rate-sheets' }, ({ database }) =>
  importRates(
    database,
    { file, agreement: 'them', mode: 'full', map: [], accept: [], acceptAll: true, dryRun: false, dateFormat: 'dd/mm/yyyy' },
    NOW,
  ),
);
const seconds = Number(process.hrtime.bigint() - start) / 1e9;
const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
process.stdout.write(`${JSON.stringify({ seconds, megabytes, outcome: report.outcome, counts: report.counts })}\n`);
