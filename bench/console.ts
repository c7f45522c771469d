/**
 * What the console asks: lists and searches over seeded records (`--records`) as `carillon serve` answers them over a socket, and what a thousand
 * people who are signed in and watch the overview cost it (`--consoles`) while 5,000 records a second arrive. `--keep <folder>` keeps what was made
 * for the next time; what is killed goes on where it was. `--others <n>`: jobs, entries, documents and messages each, a tenth of the records when left out.
 */
import { existsSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { join } from 'node:path';
import { makeApiKey } from '#app/access/keys.ts';
import type { Installation } from '#app/installation.ts';
import { permissions } from '#operations/access/permissions.ts';
import { roles } from '#operations/access/roles.ts';
import { type Figure, figure, report } from './harness.ts';
import { type AskedList, listsOf } from './support/console-lists.ts';
import { watchConsoles } from './support/console-watch.ts';
import { configurePartners, signInAll, writeBooks } from './support/console-world.ts';
import { numberOption } from './support/options.ts';
import { inSeededInstallation, makeUsage, seededUsage } from './support/seeded-installation.ts';
import { serveData } from './support/served.ts';

const { records: RECORDS, days: DAYS, destinations: DESTINATIONS, partners: PARTNERS } = seededUsage;
const CONSOLES = numberOption('consoles', 1_000);
/** `--lists 0`: only the consoles; `--consoles 0`: only the lists. */
const LISTS = numberOption('lists', 1) > 0;
/** Of jobs, entries, documents and messages each. */
const OTHERS = numberOption('others', Math.floor(RECORDS / 10));
const RUNS = 10;
/** Of a list, as people feel them. */
const MOST_MS = 200;

await inSeededInstallation('console', measure);

async function measure(installation: Installation, folder: string): Promise<void> {
  const { database, dataFolder } = installation;
  const notes = await seed(installation, folder);
  const keyOf = async (party: string | undefined): Promise<string> => {
    const may = party === undefined ? Object.keys(permissions).filter((each) => each !== 'portal:use') : roles.partner.permissions;
    return (await makeApiKey(database, { name: 'bench', permissions: may, createdBy: 'bench', expiresMicros: undefined, party })).key;
  };
  const keys = { house: await keyOf(undefined), partner: await keyOf('partner-3') };
  const served = await serveData(dataFolder);
  const figures: Figure[] = [];
  let ok = true;
  try {
    const slow: string[] = [];
    const lists = LISTS ? listsOf({ records: RECORDS, days: DAYS, destinations: DESTINATIONS, others: OTHERS }) : [];
    for (const list of lists) {
      const asked = await askOften(served.port, keys[list.as], list);
      ok &&= asked.isRight;
      figures.push(figure(`${list.name}_ms`, asked.times));
      const most = Math.max(...asked.times);
      if (most <= MOST_MS) continue;
      slow.push(`${list.name} ${most.toFixed(0)} ms`);
      console.error(slow.at(-1)); // known before the end
    }
    if (LISTS)
      notes.push(
        slow.length === 0
          ? `every list within ${MOST_MS} ms at its slowest`
          : `slower than ${MOST_MS} ms at the slowest: ${slow.join(', ')}`,
      );
    if (CONSOLES > 0) {
      const house = Object.keys(roles).filter((role) => role !== 'partner' && role !== 'customer');
      const cookies = await signInAll(database, served.origin, house);
      const watched = await watchConsoles(installation, served, [...cookies.values()], CONSOLES);
      figures.push(...watched.figures);
      notes.push(...watched.notes);
      ok &&= watched.isRight;
    }
    report('console', ok, figures, notes);
  } finally {
    await served.stop();
  }
}

async function seed({ database }: Installation, folder: string): Promise<string[]> {
  const start = performance.now();
  await makeUsage(database);
  const configuration = join(folder, 'configuration');
  if (!existsSync(configuration)) await configurePartners(database, configuration, PARTNERS);
  if (await writeBooks(database, OTHERS, PARTNERS)) await database.pool.query('vacuum analyze');
  const seconds = (performance.now() - start) / 1_000;
  return [
    `${RECORDS.toLocaleString('en')} records in ${DAYS} days, ${OTHERS.toLocaleString('en')} each of jobs, entries of the trail and of the ledger, documents, messages; made in ${seconds.toFixed(0)} s`,
    `pages of 50, ${RUNS} times each, the first apart`,
  ];
}

/** The first time is for what is compiled and read once, and is not in it. */
async function askOften(port: number, key: string, { name, path, least }: AskedList) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const times: number[] = [];
  let isRight = true;
  for (let run = 0; run <= RUNS; run += 1) {
    const start = performance.now();
    const { status, text } = await ask(agent, port, key, path);
    if (run > 0) times.push(performance.now() - start);
    const found = status === 200 ? (JSON.parse(text) as { readonly items: readonly unknown[] }).items.length : undefined; // as every list answers
    if (found === undefined || (least < 0 ? found > 0 : found < least)) {
      isRight = false;
      console.error(`${name}: ${status}, ${found} entries: ${text.slice(0, 200)}`);
      break;
    }
    // What is far too slow is known soon.
    if (run >= 3 && (times[0] ?? 0) > 10 * MOST_MS) break;
  }
  agent.destroy();
  return { times, isRight };
}

function ask(agent: Agent, port: number, key: string, path: string): Promise<{ readonly status: number; readonly text: string }> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${key}` };
    get({ agent, port, path, headers, host: '127.0.0.1' }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (piece: string) => {
        text += piece;
      });
      answer.once('end', () => resolve({ status: answer.statusCode ?? 0, text }));
    }).once('error', reject);
  });
}
