/** A child process of killed-apply.test.ts: applies a folder and kills itself at the n-th query. Arguments: URL, folder, n. */
import { compileConfiguration, readConfiguration } from '#app/configuration.ts';
import { valueOrThrow } from '#core/refusals.ts';
import { applySetup } from '#operations/configuration/apply.ts';
import { configurationStore } from '#storage/configuration/configuration-store.ts';
import { openDatabase } from '#storage/database.ts';

const [url = '', folder = '', last = '0'] = process.argv.slice(2);
const setup = valueOrThrow(readConfiguration(folder));
const database = openDatabase(url);
let queries = 0;
await database.transaction(async (asked) => {
  const query = asked.query.bind(asked);
  const counted = (...args: unknown[]): unknown => {
    queries += 1;
    // The query is sent, and nobody waits for its answer.
    const answer = Reflect.apply(query, client, args);
    if (queries === Number(last)) setTimeout(() => process.kill(process.pid, 'SIGKILL'), 2);
    return answer;
  };
  const client = Object.create(asked, { query: { value: counted } }) as typeof asked; // the same but for its queries
  const compile = (book: Parameters<typeof compileConfiguration>[0]): ReturnType<Parameters<typeof applySetup>[2]> => {
    const compiled = compileConfiguration(book);
    return compiled.ok ? [] : compiled.refusals;
  };
  valueOrThrow(await applySetup(setup, configurationStore(client), compile, { dryRun: false, closeMissing: false }));
  if (queries < Number(last)) process.stdout.write(`${queries} queries\n`);
  else await new Promise(() => setTimeout(() => undefined, 10_000));
});
await database.close();
