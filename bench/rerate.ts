/**
 * Re-rating: a month's calls priced again after every price has changed, through the very path of `usage rerate --book`, at two
 * sizes, without tiers and with: time and memory. `--calls <n>`: calls of the larger size.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { applyConfiguration } from '#app/configuration.ts';
import { type Installation, withInstallation } from '#app/installation.ts';
import { checkBooks } from '#app/usage/check.ts';
import { loadUsage } from '#app/usage/load.ts';
import { rerateUsage } from '#app/usage/rerate.ts';
import { figure, report } from './harness.ts';
import { writeConfiguration, writeTraffic } from './support/load-traffic.ts';

const CALLS = Number(process.argv[process.argv.indexOf('--calls') + 1] || 200_000) || 200_000;
const TIERS = 'rated graduated minutes month; 1000: 0.05; 5000: 0.02';

interface Run {
  readonly calls: number;
  readonly charges: number;
  readonly seconds: number;
  readonly peakMegabytes: number;
  readonly right: boolean;
}

async function measure(calls: number, tiers: boolean): Promise<Run> {
  const folder = mkdtempSync(join(tmpdir(), 'carillon-bench-rerate-'));
  try {
    const settings = { data: join(folder, 'data'), database: { url: '' }, log: { level: 'warn' as const } };
    return await withInstallation({ settings, command: 'bench rerate' }, (installation) => rerate(installation, folder, calls, tiers));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function rerate(installation: Installation, folder: string, calls: number, tiers: boolean): Promise<Run> {
  const { database } = installation;
  const configuration = join(folder, 'configuration');
  const apply = () => applyConfiguration(database, { folder: configuration, dryRun: false, closeMissing: false });
  writeConfiguration(configuration);
  changeRates(configuration, tiers, (price) => price);
  await apply();
  const file = join(folder, 'traffic.csv');
  writeTraffic(file, calls, 20);
  const quiet = { onWait: () => undefined, onProgress: () => undefined, onFile: () => undefined, onAdjusted: () => undefined };
  await loadUsage(installation, { files: [file], source: 'switch', allOrNothing: false }, quiet);
  changeRates(configuration, tiers, (price) => `${price}1`);
  await apply();
  await database.pool.query('checkpoint');
  let peak = 0;
  const sample = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 50);
  const start = process.hrtime.bigint();
  const request = { service: 'voice', unratable: 'block', nowMicros: Date.now() * 1000, book: { why: 'bench', by: 'bench' } } as const;
  const { looked } = await rerateUsage(installation, request, quiet);
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  clearInterval(sample);
  const { differences } = await checkBooks(database);
  return { calls, charges: looked, seconds, peakMegabytes: Math.round(peak / 1_000_000), right: differences.length === 0 && looked > 0 };
}

/** Rewrites the price of every rate, and with `tiers` gives the first carrier's rates tiers. */
function changeRates(configuration: string, tiers: boolean, change: (price: string) => string): void {
  const folder = join(configuration, 'rates');
  for (const name of readdirSync(folder)) {
    const tiered = tiers && name.startsWith('alpha');
    const [, ...rows] = readFileSync(join(folder, name), 'utf8').trimEnd().split('\n');
    const text = rows.map((row) => {
      const [code = '', destination = '', price = ''] = row.split(',');
      return [code, destination, change(price), ...(tiered ? [`"${TIERS}"`] : [])].join(',');
    });
    writeFileSync(join(folder, name), `code,destination,price${tiered ? ',tiers' : ''}\n${text.join('\n')}\n`);
  }
}

const runs: (Run & { readonly tiers: boolean })[] = [];
for (const tiers of [false, true])
  for (const calls of [Math.round(CALLS / 4), CALLS]) runs.push({ tiers, ...(await measure(calls, tiers)) });
report(
  'rerate',
  runs.every(({ right }) => right),
  [
    figure(
      'charges_per_s',
      runs.filter(({ tiers }) => !tiers).map(({ charges, seconds }) => charges / seconds),
    ),
    figure(
      'charges_per_s, a third in tiers',
      runs.filter(({ tiers }) => tiers).map(({ charges, seconds }) => charges / seconds),
    ),
  ],
  runs.map(
    ({ calls, charges, seconds, peakMegabytes, tiers }) =>
      `${calls.toLocaleString('en')} calls, ${charges.toLocaleString('en')} charges${tiers ? ', a third in tiers' : ''}: ${seconds.toFixed(2)} s, at most ${peakMegabytes} MB of memory`,
  ),
);
