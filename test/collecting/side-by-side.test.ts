import assert from 'node:assert/strict';
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { collect } from '#app/collecting/collect.ts';
import { assertBooksAgree, configure, fileOf, line, operator, type TestHome, withHome } from '../usage/home.ts';

const declaration = operator['operator.yaml'].slice(operator['operator.yaml'].indexOf('  - id: switch'));

/** The operator with these sources, which all write the same way. */
function withSources(sources: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const head = operator['operator.yaml'].replace(declaration, '');
  const each = Object.entries(sources).map(([id, collecting]) =>
    declaration
      .replace('id: switch', `id: ${id}`)
      .replace('    format: delimited\n', () => `    format: delimited\n    collect: {${collecting}}\n`),
  );
  return { ...operator, 'operator.yaml': head + each.join('') };
}

function drop(folder: string, name: string, ids: readonly string[]): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), fileOf(ids.map((id) => line({ id }))));
  utimesSync(join(folder, name), 1, 1);
}

/** Collects until the work is done, then stops and waits for the end. */
async function whileCollecting(home: TestHome, work: (loaded: (name: string) => Promise<void>) => Promise<void>): Promise<void> {
  const stop = new AbortController();
  const files: string[] = [];
  const events = {
    onFile: (source: string, { file }: { readonly file: string }) => files.push(`${source}/${file}`),
    onAlarm: () => undefined,
    onRound: () => undefined,
  };
  const running = collect(home, { sources: [], once: false, stop: stop.signal }, events);
  try {
    await work(async (name) => {
      for (let wait = 0; wait < 300 && !files.includes(name); wait += 1) await sleep(100);
      assert.ok(files.includes(name), `${name} was not loaded in half a minute`);
    });
  } finally {
    stop.abort();
    await running;
  }
}

test('a server that accepts and never speaks keeps no other source from its files, nor the collector from its end', async () => {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => sockets.add(socket));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  process.env.TEST_SFTP = 'secret';
  try {
    await withHome(async (home) => {
      const inbox = join(home.folder, 'inbox');
      drop(inbox, 'a.csv', ['1']);
      const { port } = server.address() as AddressInfo; // it listens on a port
      const silent = `from: sftp, host: 127.0.0.1, port: ${port}, user: x, path: /, hostKey: "SHA256:${'A'.repeat(43)}", password: env:TEST_SFTP`;
      const missing = 'from: s3, bucket: b, accessKey: env:TEST_NO_SUCH_VARIABLE, secretKey: env:TEST_NO_SUCH_VARIABLE';
      await configure(
        home,
        withSources({ hanging: silent, secretless: missing, local: `from: directory, path: ${inbox}, everySeconds: 1` }),
      );
      const begun = performance.now();
      await whileCollecting(home, async (loaded) => {
        await loaded('local/a.csv');
        drop(inbox, 'b.csv', ['2']);
        await loaded('local/b.csv');
        assert.ok(sockets.size > 0);
      });
      assert.ok(performance.now() - begun < 60_000);
      const { rows } = await home.database.pool.query<{ source: string; detail: string }>('select source, detail from collecting_alarm');
      assert.deepEqual(
        rows.map(({ source, detail }) => `${source} ${/\[(.*)\]$/.exec(detail)?.[1]}`),
        ['secretless collect.secret-missing'],
      );
      await assertBooksAgree(home);
    });
  } finally {
    for (const socket of sockets) socket.destroy();
    server.close();
  }
});

test('a declaration that changes while it collects is followed: new sources, other folders, none any more', async () => {
  await withHome(async (home) => {
    const [first, second] = [join(home.folder, 'first'), join(home.folder, 'second')];
    const at = (path: string): string => `from: directory, path: ${path}, everySeconds: 1`;
    drop(first, 'a.csv', ['1']);
    drop(second, 'b.csv', ['2']);
    await configure(home, withSources({ one: at(first) }));
    await whileCollecting(home, async (loaded) => {
      await loaded('one/a.csv');
      await configure(home, withSources({ one: at(second), two: at(first) }));
      await loaded('one/b.csv');
      await loaded('two/a.csv');
    });
  });
});

test('connections of the database that are cut again and again only delay', async () => {
  await withHome(async (home) => {
    const inbox = join(home.folder, 'inbox');
    mkdirSync(inbox);
    await configure(home, withSources({ switch: `from: directory, path: ${inbox}, everySeconds: 1` }));
    await whileCollecting(home, async (loaded) => {
      for (let cut = 0; cut < 4; cut += 1) {
        drop(inbox, `${cut}.csv`, [String(cut), 'again']);
        await home.database.pool
          .query('select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()')
          .catch(() => undefined); // another cut of its own
        await sleep(150 * cut);
      }
      for (let cut = 0; cut < 4; cut += 1) await loaded(`switch/${cut}.csv`);
    });
    const { rows } = await home.database.pool.query('select from usage_rated');
    assert.equal(rows.length, 5);
    await assertBooksAgree(home);
  });
});
