/**
 * Prices what is in the books again and books it, in a process of its own: `node rerate-charges.ts <data folder>`; prints how
 * long it took, how much processor time it and the server's processes had, how many charges it looked at, and the most memory that it and the server's processes had.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { withInstallation } from '#app/installation.ts';
import { rerateUsage } from '#app/usage/rerate.ts';

const [data = ''] = process.argv.slice(2);
const settings = { data, database: { url: '' }, log: { level: 'warn' as const } };

/** Of the server's processes: bytes that the largest has for itself (what they share is not counted), and processor time of all in seconds. Linux only. */
function lookAtServer(server: number): { readonly largest: number; readonly processor: number } {
  let [largest, hundredths] = [0, 0];
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const [, parent, , , , , , , , , , user, system] = readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /, '')
        .split(' ');
      if (Number(parent) !== server) continue;
      hundredths += Number(user) + Number(system);
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      largest = Math.max(largest, Number(/RssAnon:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024);
    } catch {
      // it has just ended
    }
  }
  return { largest, processor: hundredths / 100 };
}

const linux = process.platform === 'linux';
const result = await withInstallation({ settings, command: 'bench rerate' }, async (installation) => {
  const server = Number(readFileSync(`${data}/postgres/postmaster.pid`, 'utf8').split('\n')[0]);
  const before = process.memoryUsage.rss();
  let backend = 0;
  const sample = setInterval(() => {
    if (linux) backend = Math.max(backend, lookAtServer(server).largest);
  }, 250);
  const serverBefore = linux ? lookAtServer(server).processor : 0;
  const start = process.hrtime.bigint();
  const request = { service: 'voice', unratable: 'block', nowMicros: Date.now() * 1000, book: { why: 'bench', by: 'bench' } } as const;
  const { looked } = await rerateUsage(installation, request, { onWait: () => undefined, onProgress: () => undefined });
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  clearInterval(sample);
  const { user, system } = process.cpuUsage();
  const serverProcessor = linux ? lookAtServer(server).processor - serverBefore : 0;
  return {
    seconds,
    processor: (user + system) / 1e6,
    serverProcessor,
    looked,
    before,
    peak: process.resourceUsage().maxRSS * 1024,
    backend,
  };
});
process.stdout.write(`${JSON.stringify(result)}\n`);
