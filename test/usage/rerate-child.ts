/** A re-rating, or a rollback, that kills itself with SIGKILL at a given point: `rerate-child.ts <database url> <data folder> <point> rerate|rollback`. */
import pg from 'pg';
import { createLog } from '#app/log.ts';
import { rerateUsage } from '#app/usage/rerate.ts';
import { rollbackFile } from '#app/usage/rollback.ts';
import { openDatabase } from '#storage/database.ts';

const [url = '', dataFolder = '', point = '0', what = ''] = process.argv.slice(2);
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
const home = { database, dataFolder, log: createLog({ level: 'silent', format: 'json' }) };
if (what === 'rollback') await rollbackFile(home, { file: '1', why: 'killed', by: 'test' });
else {
  const events = { onWait: () => undefined, onProgress: pass };
  const book = { why: 'killed', by: 'test' };
  await rerateUsage(home, { service: 'voice', unratable: 'keep', nowMicros: Date.now() * 1000, book }, events);
}
await database.close();
process.stdout.write(`points ${Number(point) - left}\n`);
