/**
 * Re-rating: a day's calls priced again after every price has changed, through the very path of `usage rerate --book`, in a process of its
 * own: at three sizes, and with a third of the charges in tiers. Time by the clock and of processor, and the memory of the process and of the server's largest.
 * `--calls <n>`: calls of the largest size, half as many as there are charges.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { applyConfiguration } from '#app/configuration.ts';
import { type Installation, withInstallation } from '#app/installation.ts';
import { checkBooks } from '#app/usage/check.ts';
import { loadUsage } from '#app/usage/load.ts';
import { figure, report } from './harness.ts';
import { writeConfiguration, writeTraffic } from './support/load-traffic.ts';

const CALLS = Number(process.argv[process.argv.indexOf('--calls') + 1] || 550_000) || 550_000;
const CHILD = fileURLToPath(new URL('support/rerate-charges.ts', import.meta.url));
const TIERS = 'rated graduated minutes month; 1000: 0.05; 5000: 0.02';

interface Run {
  readonly calls: number;
  readonly charges: number;
  readonly seconds: number;
  /** Seconds, with start-up; and of the server's processes while it is priced again. */
  readonly processor: number;
  readonly serverProcessor: number;
  readonly peakMegabytes: number;
  readonly serverMegabytes: number;
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
  const child = spawnSync(process.execPath, [CHILD, installation.dataFolder], { encoding: 'utf8' });
  if (child.status !== 0) throw new Error(child.stderr);
  const { seconds, processor, serverProcessor, looked, peak, backend } = JSON.parse(child.stdout) as Printed; // what it prints
  const { differences } = await checkBooks(database);
  const right = differences.length === 0 && looked > 0;
  const used = { seconds, processor, serverProcessor };
  return { calls, charges: looked, ...used, peakMegabytes: megabytes(peak), serverMegabytes: megabytes(backend), right };
}

type Printed = Record<'seconds' | 'processor' | 'serverProcessor' | 'looked' | 'peak' | 'backend', number>;

function megabytes(bytes: number): number {
  return Math.round(bytes / 1_000_000);
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
for (const calls of [CALLS / 10, (CALLS * 3) / 10, CALLS]) runs.push({ tiers: false, ...(await measure(Math.round(calls), false)) });
for (const calls of [CALLS / 10, (CALLS * 3) / 10]) runs.push({ tiers: true, ...(await measure(Math.round(calls), true)) });
const speeds = (tiers: boolean): readonly number[] =>
  runs.filter((run) => run.tiers === tiers).map(({ charges, seconds }) => charges / seconds);
report(
  'rerate',
  runs.every(({ right }) => right),
  [figure('charges_per_s', speeds(false)), figure('charges_per_s, a third in tiers', speeds(true))],
  runs.map(
    ({ calls, charges, seconds, processor, serverProcessor, peakMegabytes, serverMegabytes, tiers }) =>
      `${calls.toLocaleString('en')} calls, ${charges.toLocaleString('en')} charges${tiers ? ', a third in tiers' : ''}: ${seconds.toFixed(2)} s, of processor ${processor.toFixed(1)} s with start-up and the server ${serverProcessor.toFixed(1)} s, at most ${peakMegabytes} MB of memory, the server's largest process ${serverMegabytes} MB`,
  ),
);
