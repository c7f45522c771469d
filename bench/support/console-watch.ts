/** Consoles that are open: people of each role who watch the overview while records are loaded, and what that costs the server. */
import { mkdirSync, rmSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Installation } from '#app/installation.ts';
import { loadUsage } from '#app/usage/load.ts';
import { type Figure, figure } from '../harness.ts';
import { writeTraffic } from './load-traffic.ts';
import type { Served } from './served.ts';

const WATCHED_MS = 20_000;
const RECORDS_A_SECOND = 5_000;
/** More than one heartbeat passes meanwhile, with the look at each session. */
const SETTLED_MS = 3_000;

export async function watchConsoles(
  installation: Installation,
  { port, processorSeconds, megabytes }: Served,
  cookies: readonly string[],
  consoles: number,
): Promise<{ readonly figures: readonly Figure[]; readonly notes: readonly string[]; readonly isRight: boolean }> {
  const events = new Uint32Array(consoles);
  const bytes = new Float64Array(consoles);
  const before = megabytes();
  const open: IncomingMessage[] = [];
  for (let at = 0; at < consoles; at += 1) open.push(await watch(port, cookies[at % cookies.length] ?? '', at));
  await sleep(SETTLED_MS);
  const each = ((megabytes() - before) * 1_000) / consoles;
  events.fill(0);
  bytes.fill(0);
  const [spent, begun] = [processorSeconds(), performance.now()];
  const rated = await loadFor(installation, WATCHED_MS);
  const seconds = (performance.now() - begun) / 1_000;
  const cores = (processorSeconds() - spent) / seconds;
  const still = open.filter(({ readableEnded, destroyed }) => !readableEnded && !destroyed).length;
  for (const answer of open) answer.destroy();
  const least = Math.min(...events);
  return {
    figures: [
      figure('consoles_cores', [cores]),
      figure('consoles_memory_kb_each', [each]),
      figure('consoles_events_a_second', [events.reduce((sum, many) => sum + many, 0) / seconds]),
      figure('consoles_megabytes_a_second', [bytes.reduce((sum, many) => sum + many, 0) / seconds / 1e6]),
    ],
    notes: [
      `${consoles.toLocaleString('en')} consoles of ${cookies.length} people, a role each, while ${rated.toLocaleString('en')} records came in ${seconds.toFixed(0)} s: each had ${least} events or more, ${still.toLocaleString('en')} are still open`,
    ],
    isRight: least > 0 && still === consoles,
  };

  function watch(port: number, cookie: string, at: number): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const headers = { cookie, accept: 'text/event-stream' };
      get({ port, path: '/v1/live', headers, host: '127.0.0.1', agent: false }, (answer) => {
        if (answer.statusCode !== 200) reject(new Error(`a console was answered ${answer.statusCode}`));
        answer.on('data', (piece: Buffer) => {
          bytes[at] = (bytes[at] ?? 0) + piece.length;
          if (piece.includes('event: overview')) events[at] = (events[at] ?? 0) + 1;
        });
        answer.on('error', () => undefined); // it is counted at the end
        resolve(answer);
      }).once('error', reject);
    });
  }
}

/** A file each second, as a collector brings them. How many records were rated. */
async function loadFor(installation: Installation, ms: number): Promise<number> {
  const folder = join(installation.dataFolder, 'bench-live');
  mkdirSync(folder, { recursive: true });
  const begun = performance.now();
  let rated = 0;
  // Other files than the last time: the same one is not loaded twice.
  for (let turn = 0, seed = Date.now() % 1_000_000; performance.now() - begun < ms; turn += 1) {
    const file = join(folder, `live-${seed + turn}.csv`);
    writeTraffic(file, RECORDS_A_SECOND, seed + turn, (seed + turn) * RECORDS_A_SECOND);
    const nothing = { onWait: () => undefined, onProgress: () => undefined, onFile: () => undefined, onAdjusted: () => undefined };
    const [loaded] = await loadUsage(installation, { files: [file], source: 'switch', allOrNothing: false }, nothing);
    rated += loaded?.counts.rated ?? 0;
    await sleep(Math.max(0, begun + (turn + 1) * 1_000 - performance.now()));
  }
  rmSync(folder, { recursive: true });
  return rated;
}
