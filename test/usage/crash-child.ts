/**
 * A load that kills itself with SIGKILL at a given point: `crash-child.ts <database url> <data folder> <point> <records of a
 * transaction, or 0> <file>…`. Points are
 * counted over all statements sent to the server and all chunks of COPY, so that every state of a load is met: before
 * and after the archive, inside a transaction, between its last statement and the commit, and after the commit was sent.
 */
import pg from 'pg';
import { createLog } from '#app/log.ts';
import { loadUsage } from '#app/usage/load.ts';
import { openDatabase } from '#storage/database.ts';

const [url = '', dataFolder = '', point = '0', batch = '0', ...files] = process.argv.slice(2);
let left = Number(point);

function pass(): void {
  left -= 1;
  if (left === 0) process.kill(process.pid, 'SIGKILL');
}

const { query } = pg.Client.prototype;
// The overloads of `query` are all passed through as they come.
pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]): unknown {
  pass();
  const sent: unknown = Reflect.apply(query, this, args);
  // Once more when it has gone out: the server may or may not have got it.
  setImmediate(pass);
  return sent;
} as typeof query;

const database = openDatabase(url);
const quiet = { onWait: () => undefined, onProgress: pass, onFile: () => undefined, onAdjusted: () => undefined };
await loadUsage(
  { database, dataFolder, log: createLog({ level: 'silent', format: 'json' }) },
  { files, source: 'switch', allOrNothing: false, ...(batch === '0' ? {} : { batchRecords: Number(batch) }) },
  quiet,
);
await database.close();
process.stdout.write(`points ${Number(point) - left}\n`);
