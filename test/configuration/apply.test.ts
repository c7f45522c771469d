import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileConfiguration } from '#app/configuration.ts';
import { configurationReference } from '#app/configuration-reference.ts';
import type { Refusal, Result } from '#core/refusals.ts';
import type { Book } from '#core/tariffs/book.ts';
import { type Applied, type ApplyOptions, applySetup, type ConfigurationStore } from '#operations/configuration/apply.ts';
import { formatPlan, reportPlan } from '#operations/configuration/plan-report.ts';
import type { Setup } from '#operations/configuration/setup.ts';
import { writeFolder } from '#operations/configuration/write-folder.ts';
import { formatTimestamptz } from '#storage/column-types.ts';
import { configurationStore } from '#storage/configuration/configuration-store.ts';
import { loadBook, loadKnownBook, loadSetup, loadSources } from '#storage/configuration/load-book.ts';
import type { Database } from '#storage/database.ts';
import { withTestDatabase } from '../support/database.ts';
import { comparable } from './comparable.ts';
import { agreements, type Files, good, operator, setupFrom, spoil, tariffs } from './folders.ts';

const compile = (book: Book): readonly Refusal[] => {
  const compiled = compileConfiguration(book);
  return compiled.ok ? [] : compiled.refusals;
};

const plain: ApplyOptions = { dryRun: false, closeMissing: false };

function tryApply(
  database: Database,
  setup: Setup,
  options: Partial<ApplyOptions> = {},
  store = configurationStore,
): Promise<Result<Applied>> {
  return database.transaction((client) => applySetup(setup, store(client), compile, { ...plain, ...options }));
}

async function apply(database: Database, files: Files | Setup, options: Partial<ApplyOptions> = {}): Promise<Applied> {
  const setup = isSetup(files) ? files : setupFrom(files);
  const applied = await tryApply(database, setup, options);
  if (!applied.ok) throw new Error(applied.refusals.map(({ message, code }) => `${message} [${code}]`).join('\n'));
  return applied.value;
}

function isSetup(value: Files | Setup): value is Setup {
  return 'book' in value && typeof value.book === 'object' && !(value.book instanceof Uint8Array);
}

function actions({ plan }: Applied): readonly string[] {
  return plan.objects.map(({ action, kind, key }) => `${action} ${kind} ${key}`);
}

/** A charge in the books, as rollups hold it. */
async function useTariff(database: Database, tariff: string, versionId: number, rateId: number): Promise<void> {
  await database.pool.query(
    `insert into rollup_line (agreement, version_id, role, tariff, rate_id, destination, band, currency)
     values ('north-voice', $2, 'incoming', $1, $3, 'United Kingdom', '', 'USD')`,
    [tariff, versionId, rateId],
  );
}

test('applied twice, the second time there is nothing to change', async () => {
  await withTestDatabase(async (database) => {
    const first = await apply(database, good);
    assert.equal(first.written, true);
    assert.equal(
      first.plan.objects.every(({ action }) => action === 'create'),
      true,
    );
    const second = await apply(database, good);
    assert.equal(second.written, false);
    assert.match(formatPlan(second, false), /^nothing to change \(7 objects\)\n$/);
    assert.deepEqual((await database.pool.query('select cause, summary from knowledge')).rows, [
      { cause: 'apply', summary: { objects: { create: 7 }, rates: { created: 2, replaced: 0, closed: 0 } } },
    ]);
  });
});

test('the database gives the book that the folder gave', async () => {
  await withTestDatabase(async (database) => {
    const setup = setupFrom(good);
    await apply(database, setup);
    assert.deepEqual(comparable(await loadBook(database)), comparable(setup.book));
    const book = await loadBook(database);
    assert.ok(book.agreements.every(({ versionId }) => versionId > 0));
    const ids = book.tariffs.flatMap(({ rates }) => rates.map(({ id }) => id));
    assert.equal(new Set(ids).size, 2);
    assert.equal(book.tariffs[0]?.rates[1]?.terms.price.scale, 4, 'prices keep the decimals they were written with');
  });
});

test('a dry run shows the plan and writes nothing', async () => {
  await withTestDatabase(async (database) => {
    const { plan, written } = await apply(database, good, { dryRun: true });
    assert.equal(plan.objects.length, 7);
    assert.equal(written, false);
    assert.deepEqual((await loadSetup(database)).book.parties, []);
    assert.equal((await database.pool.query('select from knowledge')).rowCount, 0);
  });
});

test('what was never used changes, what was used is superseded, and charges keep the version that priced them', async () => {
  await withTestDatabase(async (database) => {
    await apply(database, good);
    const before = await loadKnownBook(database);
    const changed = await apply(database, spoil('agreements.yaml', 'decimals: 4', 'decimals: 5'));
    assert.deepEqual(actions(changed), ['change agreements north-voice@2026-01-01']);
    assert.deepEqual(changed.plan.objects[0]?.differences, ['rounding: {"decimals":4,"mode":"half-up"} → {"decimals":5,"mode":"half-up"}']);

    const now = await loadBook(database);
    const [agreement, tariff] = [now.agreements[0], now.tariffs[0]];
    await useTariff(database, 'voice', agreement?.versionId ?? 0, tariff?.rates[0]?.id ?? 0);
    const superseded = await apply(database, spoil('agreements.yaml', 'decimals: 4', 'decimals: 6'));
    assert.deepEqual(actions(superseded), ['supersede agreements north-voice@2026-01-01']);
    assert.match(formatPlan(superseded, false), /charges already made keep the old one/);

    const { rows } = await database.pool.query<{ version_id: number; decimals: number }>(
      `select version_id, (body -> 'rounding' ->> 'decimals')::integer as decimals from config_version where kind = 'agreements' order by version_id`,
    );
    assert.deepEqual(
      rows.map(({ decimals }) => decimals),
      [4, 5, 6],
      'no version was edited',
    );
    assert.equal(rows[1]?.version_id, agreement?.versionId);
    const then = await loadBook(database, before.knownAtMicros);
    assert.deepEqual(comparable(then), comparable(before.book), 'what was known then is known for ever');
    assert.equal((await loadBook(database)).agreements[0]?.rounding.decimals, 6);
  });
});

test('the own trunk over which calls in the books ran is used, although no agreement leads to it', async () => {
  await withTestDatabase(async (database) => {
    await apply(database, good);
    const renamed = (name: string) => spoil('operator.yaml', '{id: core}', `{id: core, names: [${name}]}`);
    assert.deepEqual(actions(await apply(database, renamed('core-1'))), ['change trunks core']);
    await database.pool.query(`insert into usage_trunk (name) values ('core')`);
    const superseded = await apply(database, renamed('core-2'));
    assert.deepEqual(actions(superseded), ['supersede trunks core']);
    assert.equal(superseded.plan.objects[0]?.used, true);
  });
});

test('a calendar that no band looks at is warned of, and applied', async () => {
  const times = (days: string): Files => ({
    ...good,
    'times.yaml': `calendars:
  - {id: germany, country: DE}
timeBands:
  - id: day
    calendar: germany
    bands:
      - {name: peak, days: [mon, tue, wed, thu, fri], from: "08:00", to: "18:00"}
      - {name: off-peak${days}, otherwise: true}
`,
  });
  await withTestDatabase(async (database) => {
    const blind = await apply(database, times(''));
    assert.deepEqual([blind.written, blind.warnings.length], [true, 1]);
    assert.match(formatPlan(blind, false), /\nwarning: calendar germany has no effect: no band of day names holiday/);
    assert.deepEqual((await apply(database, times(', days: [holiday]'))).warnings, []);
  });
});

test('accounts, parties and tariffs behind a charge count as used', async () => {
  await withTestDatabase(async (database) => {
    await apply(database, good);
    const { agreements: versions, tariffs: priced } = await loadBook(database);
    await useTariff(database, 'voice', versions[0]?.versionId ?? 0, priced[0]?.rates[0]?.id ?? 0);
    const files = {
      'operator.yaml': operator
        .replace('North Carrier', 'Northern Carrier')
        .replace('{id: core}', '{id: core, names: [x]}')
        .replace('sbc/NORTH', 'sbc/N'),
      'agreements.yaml': agreements,
      'tariffs.yaml': tariffs.replace('name: Voice', 'name: Voice 2'),
    };
    assert.deepEqual(actions(await apply(database, files)), [
      'supersede parties north',
      'change trunks core',
      'supersede trunks north-in',
      'supersede tariffs voice',
    ]);
  });
});

test('a new version of an agreement is a new row, and the old one stays', async () => {
  await withTestDatabase(async (database) => {
    await apply(database, good);
    const next = agreements.replace('validFrom: 2026-01-01', 'validFrom: 2027-01-01').replace('decimals: 4', 'decimals: 2');
    assert.deepEqual(actions(await apply(database, { ...good, 'next.yaml': next })), ['create agreements north-voice@2027-01-01']);
    assert.deepEqual(
      (await loadBook(database)).agreements.map(({ validFrom }) => validFrom),
      ['2026-01-01', '2027-01-01'],
    );
  });
});

test('rates change row by row: three changes among many touch three rows', async () => {
  await withTestDatabase(async (database) => {
    const table = (change: (code: number) => string | undefined): Files => {
      const rows = Array.from({ length: 2000 }, (_, index) => 10_000 + index).flatMap((code) => {
        const price = change(code);
        return price === undefined ? [] : [`${code},D${code},${price}`];
      });
      return {
        ...good,
        'tariffs.yaml': 'tariffs:\n  - {id: voice, name: Voice, service: voice, currency: USD, rates: r.csv}\n',
        'r.csv': `code,destination,price\n${rows.join('\n')}\n`,
      };
    };
    await apply(
      database,
      table(() => '0.010'),
    );
    const idsBefore = new Map((await loadBook(database)).tariffs[0]?.rates.map(({ match, id }) => [match.code, id]));
    await useTariff(database, 'voice', 1, idsBefore.get('10001') ?? 0);
    const three = table((code) =>
      code === 10_000 ? undefined : code === 10_001 ? '0.011' : code === 10_002 ? '0.0100' : code === 10_003 ? '0.02' : '0.010',
    );
    const applied = await apply(database, { ...three, 'r.csv': `${three['r.csv']}99,New,0.5\n` });
    assert.deepEqual(reportPlan(applied, false).rates, [
      { tariff: 'voice', created: 1, changed: 2, closed: 1, used: 1, unchanged: 1997, leftAlone: false },
    ]);
    const after = new Map((await loadBook(database)).tariffs[0]?.rates.map(({ match, id }) => [match.code, id]));
    assert.equal(after.size, 2000);
    assert.equal(after.get('10004'), idsBefore.get('10004'), 'rows that did not change keep their numbers');
    assert.equal(after.get('10002'), idsBefore.get('10002'), '0.0100 is the price 0.010');
    assert.notEqual(after.get('10001'), idsBefore.get('10001'));
    const { rows } = await database.pool.query(
      `select price, known_to = 'infinity' as now from rate where code = '10001' order by rate_id`,
    );
    assert.deepEqual(rows, [
      { price: '0.010', now: false },
      { price: '0.011', now: true },
    ]);
  });
});

test('what the folder lacks is kept and said, and closed when asked', async () => {
  await withTestDatabase(async (database) => {
    await apply(database, {
      ...good,
      'x.yaml':
        'parties:\n  - {id: gone, name: Gone, kind: customer}\ntariffs:\n  - {id: old, name: Old, service: sms, currency: USD, rates: [{price: 1}]}\n',
    });
    const kept = await apply(database, good);
    assert.deepEqual(actions(kept), ['keep parties gone', 'keep tariffs old']);
    assert.equal(kept.written, false);
    assert.match(
      formatPlan(kept, false),
      /^= keep {7}2 objects that are not in the folder \(--close-missing closes them, --verbose names them\)\n\n/,
    );
    assert.match(formatPlan(kept, false, true), /= keep {7}parties gone: not in the folder/);
    const closed = await apply(database, good, { closeMissing: true });
    assert.deepEqual(actions(closed), ['close parties gone', 'close tariffs old']);
    assert.deepEqual(
      (await loadBook(database)).tariffs.map(({ id }) => id),
      ['voice'],
    );
    assert.equal((await database.pool.query(`select from rate where tariff = 'old' and known_to = 'infinity'`)).rowCount, 0);
    assert.deepEqual(actions(await apply(database, good, { closeMissing: true })), []);
  });
});

test('what is kept must still fit: a trunk in the database with the same name refuses the folder', async () => {
  await withTestDatabase(async (database) => {
    await apply(database, good);
    const renamed = setupFrom(spoil('operator.yaml', 'id: north-in', 'id: north-new'));
    const refused = await tryApply(database, renamed);
    assert.deepEqual(refused.ok ? [] : refused.refusals.map(({ code }) => code), ['configuration.trunk-name-repeated']);
    assert.equal((await tryApply(database, renamed, { closeMissing: true })).ok, true);
  });
});

test('rates that sheets keep come from the folder once and are left alone afterwards', async () => {
  await withTestDatabase(async (database) => {
    const sheets = (price: string): Files => ({
      ...good,
      'tariffs.yaml': `tariffs:\n  - {id: voice, name: Voice, service: voice, currency: USD, ratesBy: sheets, rates: [{code: 44, price: ${price}}]}\n`,
    });
    await apply(database, sheets('0.01'));
    const again = await apply(database, sheets('0.02'));
    assert.equal(again.written, false);
    assert.match(formatPlan(again, false), /voice: left alone, imported sheets keep them \(1 in force/);
    assert.equal((await loadBook(database)).tariffs[0]?.rates[0]?.terms.price.units, 1n);
    const files = await apply(database, {
      ...sheets('0.02'),
      'tariffs.yaml': String(sheets('0.02')['tariffs.yaml']).replace('ratesBy: sheets, ', ''),
    });
    assert.deepEqual(
      reportPlan(files, false).rates.map(({ changed }) => changed),
      [1],
      'files that take the rates over compare them',
    );
  });
});

test('faults that only compiling shows refuse the whole folder', async () => {
  await withTestDatabase(async (database) => {
    const tie = spoil(
      'tariffs.yaml',
      'rates:\n',
      'rates:\n      - {code: 33, price: 0.01, trunk: core}\n      - {code: 33, price: 0.02, serviceClass: gold}\n',
    );
    const refused = await tryApply(database, setupFrom(tie));
    assert.deepEqual(refused.ok ? [] : refused.refusals.map(({ code }) => code), ['tariff.tie']);
    assert.equal((await database.pool.query('select from config_version')).rowCount, 0);
  });
});

test('a failure in the middle of writing leaves nothing changed', async () => {
  await withTestDatabase(async (database) => {
    await apply(database, good);
    const before = await state(database);
    const failing = (client: Parameters<typeof configurationStore>[0]): ConfigurationStore => {
      const store = configurationStore(client);
      return {
        ...store,
        write: async (plan, summary) => {
          await store.write(plan, summary);
          throw new Error('the disk is full');
        },
      };
    };
    const files = { ...spoil('tariffs.yaml', '0.010', '0.5'), 'x.yaml': 'parties:\n  - {id: new, name: New, kind: customer}\n' };
    await assert.rejects(tryApply(database, setupFrom(files), {}, failing), /the disk is full/);
    assert.deepEqual(await state(database), before);
  });
});

test('a connection killed in the middle of writing leaves nothing changed', async () => {
  await withTestDatabase(async (database) => {
    await apply(database, good);
    const before = await state(database);
    const killed = (client: Parameters<typeof configurationStore>[0]): ConfigurationStore => {
      const store = configurationStore(client);
      return {
        ...store,
        write: async (plan, summary) => {
          await store.write(plan, summary);
          const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
          await database.pool.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
          await client.query('select 1');
        },
      };
    };
    await assert.rejects(tryApply(database, setupFrom(spoil('tariffs.yaml', '0.010', '0.5')), {}, killed));
    assert.deepEqual(await state(database), before);
    assert.equal((await apply(database, spoil('tariffs.yaml', '0.010', '0.5'))).written, true, 'the lock died with its connection');
  });
});

async function state(database: Database): Promise<unknown> {
  const versions = await database.pool.query('select * from config_version order by version_id');
  const rates = await database.pool.query('select * from rate order by rate_id');
  return { versions: versions.rows, rates: rates.rows };
}

test('two applies at once end one after the other, each with its own instant', async () => {
  await withTestDatabase(async (database) => {
    await apply(database, good);
    const one = { ...good, 'x.yaml': 'parties:\n  - {id: one, name: One, kind: customer}\n' };
    const two = { ...good, 'x.yaml': 'parties:\n  - {id: two, name: Two, kind: customer}\n' };
    await Promise.all([apply(database, one), apply(database, two)]);
    assert.deepEqual((await loadBook(database)).parties.map(({ id }) => id).sort(), ['north', 'one', 'two']);
    const { rows } = await database.pool.query<{ known_from: number }>('select known_from from knowledge order by known_from');
    assert.equal(new Set(rows.map(({ known_from }) => known_from)).size, 3);
  });
});

test('the instant of a known book names it for ever, whatever is applied later', async () => {
  await withTestDatabase(async (database) => {
    assert.equal((await loadKnownBook(database)).knownAtMicros, 0);
    const known = [];
    for (const price of ['0.010', '0.020', '0.030']) {
      await apply(database, spoil('tariffs.yaml', '0.010', price));
      known.push(await loadKnownBook(database));
    }
    for (const { book, knownAtMicros } of known) {
      assert.deepEqual(comparable(await loadBook(database, knownAtMicros)), comparable(book));
      assert.match(formatTimestamptz(knownAtMicros), /^20\d\d-/);
    }
  });
});

test('sources are loaded as they were declared', async () => {
  await withTestDatabase(async (database) => {
    const source = 'sources:\n  - {id: ast, format: asterisk-csv, zone: UTC, numbering: {countryCode: 44}, skipLines: 1}\n';
    await apply(database, { ...good, 'x.yaml': source });
    assert.deepEqual(await loadSources(database), [
      { id: 'ast', format: 'asterisk-csv', zone: 'UTC', numbering: { countryCode: 44 }, skipLines: 1 },
    ]);
  });
});

test('a calendar and a code deck come back with what they were made of', async () => {
  await withTestDatabase(async (database) => {
    const more = `calendars:\n  - {id: de, country: DE, region: BE, years: {from: 2026, to: 2026}, add: [2026-12-24], remove: [2026-05-01]}\ncodeDecks:\n  - {id: mine, base: world, remove: [1], codes: [{code: 4477, destination: My UK}]}\n`;
    const setup = setupFrom({ ...good, 'x.yaml': more });
    await apply(database, setup);
    const stored = await loadSetup(database);
    assert.deepEqual(comparable(stored.book), comparable(setup.book));
    assert.deepEqual(stored.origins.calendars, setup.origins.calendars);
    assert.deepEqual(stored.origins.codeDecks, setup.origins.codeDecks);
    const written = writeFolder(stored, configurationReference());
    assert.match(written.get('times.yaml') ?? '', /country: DE\n {4}region: BE/);
    assert.match(written.get('numbers.yaml') ?? '', /base: world/);
    const again = setupFrom(Object.fromEntries(written));
    assert.equal((await apply(database, again)).written, false);
  });
});
