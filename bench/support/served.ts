/** `carillon serve` with its API as a process of its own, so that what it costs the processor is its own. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
/** The kernel counts processor time in these. */
const TICKS_A_SECOND = 100;

export interface Served {
  readonly port: number;
  /** Of people who sign in. */
  readonly origin: string;
  /** Seconds of processor that it has used, all its threads together (Linux). */
  readonly processorSeconds: () => number;
  /** Memory that is its own, now. */
  readonly megabytes: () => number;
  readonly stop: () => Promise<void>;
}

export async function serveData(data: string): Promise<Served> {
  const port = await freePort();
  const address = `127.0.0.1:${port}`;
  const origin = `http://localhost:${port}`;
  const env = {
    ...process.env,
    CARILLON_API_ORIGIN: origin,
    CARILLON_DATA: data,
    CARILLON_API_LISTEN: address,
    CARILLON_LOG_LEVEL: 'warn',
  };
  const server = spawn(process.execPath, [main, 'serve', '--json'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve) => server.once('close', () => resolve()));
  const listens = await new Promise<boolean>((resolve) => {
    server.stdout.once('data', () => resolve(true));
    void ended.then(() => resolve(false));
  });
  if (!listens) throw new Error('carillon serve did not start');
  return {
    ...{ port, origin },
    megabytes: () => Number(/RssAnon:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1] ?? 0) / 1_000,
    processorSeconds() {
      const fields = readFileSync(`/proc/${server.pid}/stat`, 'utf8')
        .replace(/^.*\) /, '')
        .split(' ');
      return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
    },
    async stop() {
      server.kill('SIGTERM');
      await ended;
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no port is free'))));
    });
  });
}
