import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { listWaiting, showRecords } from '#app/usage/look-up.ts';
import { retryUsage } from '#app/usage/retry.ts';
import { assertBooksAgree, configure, loadOne, operator, withHome, write } from './home.ts';

const pgw = readFileSync(new URL('../golden/ber/3gpp-pgw.ber', import.meta.url));

/** The gateway's traffic of one access point, charged by rating group. */
const gateway = (trunk: string): Readonly<Record<string, string>> => ({
  ...operator,
  'gateway.yaml': `
trunks:
  - {id: iot, account: north, names: [${trunk}]}
agreements:
  - id: iot
    name: Things
    account: north
    zone: Europe/Berlin
    currency: EUR
    validFrom: 2026-01-01
    rounding: {decimals: 6, mode: half-up}
    services:
      - {service: data, role: incoming, tariff: things}
tariffs:
  - id: things
    name: Things, per kB
    service: data
    currency: EUR
    per: kB
    zone: Europe/Berlin
    volume: {count: both, roundUpTo: 1, per: session}
    rates:
      - {destination: Things, price: 0.01, validFrom: 2026-01-01}
      - {destination: Updates, price: 0.001, ratingGroup: "20", validFrom: 2026-01-01}
sources:
  - {id: gateway, format: 3gpp-pgw, zone: Europe/Berlin}
  - {id: sessions, format: 3gpp-pgw-session, zone: Europe/Berlin}
`,
});

const counts = (read: number, rated: number, held: number, duplicate: number, rejected: number) => ({
  read,
  rated,
  held,
  duplicate,
  rejected,
});

test('each container of a P-GW record is charged on its own, by its rating group, and a repetition is found', async () => {
  await withHome(async (home) => {
    const report = await loadOne(home, write(home, 'pgw.ber', pgw), false, 'gateway');
    assert.deepEqual(report.counts, counts(6, 6, 0, 0, 0));
    const charges = await home.database.pool.query<{ destination: string; nanos: string; events: string }>(
      'select destination, sum(amount_nanos) as nanos, sum(events) as events from rollup group by 1 order by 1',
    );
    // 201.000 + 0.700 + 0.015 + 5,000,000.009 kB at 0.01, 0.005 kB at 0.001; the record without containers has no volume
    assert.deepEqual(
      charges.rows.map(({ destination, nanos, events }) => [destination, BigInt(nanos), Number(events)]),
      [
        ['Things', 50_002_017_240_000n, 5],
        ['Updates', 5_000n, 1],
      ],
    );
    const again = await loadOne(home, write(home, 'more.ber', Buffer.concat([pgw, pgw])), false, 'gateway');
    assert.deepEqual(again.counts, counts(12, 0, 0, 12, 0));
    await assertBooksAgree(home);
  }, gateway('iot.example'));
});

test('charges of one record that were held are each found again when they are retried', async () => {
  await withHome(async (home) => {
    const held = await loadOne(home, write(home, 'pgw.ber', pgw), false, 'gateway');
    assert.deepEqual(held.counts, counts(6, 0, 6, 0, 0));
    const [group] = await listWaiting(home.database, { limit: 10 });
    assert.equal(group?.reason, 'rating.trunk-unknown');
    const records = await showRecords(home, { status: 'held', raw: true, limit: 10 });
    const places = records.map(({ byteFrom, byteLength }) => `${byteFrom}+${byteLength}`);
    assert.equal(new Set(places).size, 6, 'each charge has a stretch of its own');
    assert.match(records.find(({ byteFrom }) => byteFrom === 92)?.raw ?? '', /^00f4e92707bf4f/);
    await configure(home, gateway('iot.example'));
    assert.equal((await retryUsage(home, {})).rated, 6);
    const { rows } = await home.database.pool.query<{ nanos: string }>('select sum(amount_nanos) as nanos from rollup');
    assert.equal(BigInt(rows[0]?.nanos ?? 0), 50_002_017_245_000n);
    await assertBooksAgree(home);
  }, gateway('another.example'));
});

test('a file cut inside a record keeps what is whole, and what it is cut in is rejected by name', async () => {
  await withHome(async (home) => {
    const report = await loadOne(home, write(home, 'pgw.ber', pgw.subarray(0, pgw.length - 20)), false, 'gateway');
    assert.deepEqual(report.counts, counts(6, 5, 0, 0, 1));
    assert.deepEqual(report.reasons, { 'usage.truncated-record': 1 });
    await assertBooksAgree(home);
  }, gateway('iot.example'));
});

test('a file that ends between two records, before its header says, is told by a record of no bytes', async () => {
  await withHome(async (home) => {
    const report = await loadOne(home, write(home, 'pgw.ber', pgw.subarray(0, 775)), false, 'gateway');
    assert.deepEqual(report.counts, counts(6, 5, 0, 0, 1));
    assert.deepEqual(report.reasons, { 'usage.truncated-record': 1 });
    assert.equal((await retryUsage(home, { rejected: true })).rejected, 1);
    await assertBooksAgree(home);
  }, gateway('iot.example'));
});

test('the partial records of a session are charged as one, whatever file each came in', async () => {
  await withHome(async (home) => {
    const header = pgw.subarray(0, 54);
    const first = await loadOne(
      home,
      write(home, 'first.ber', Buffer.concat([unannounced(header), pgw.subarray(341, 525)])),
      false,
      'sessions',
    );
    assert.deepEqual(first.counts, counts(1, 0, 1, 0, 0));
    assert.deepEqual(first.reasons, { 'usage.awaiting-parts': 1 });
    const rest = Buffer.concat([unannounced(header), pgw.subarray(92, 341), pgw.subarray(525)]);
    await loadOne(home, write(home, 'rest.ber', rest), false, 'sessions');
    const { rows } = await home.database.pool.query<{ nanos: string; events: string }>(
      'select sum(amount_nanos) as nanos, sum(events) as events from rollup',
    );
    // 1,312 bytes up and 5,000,200,408 down of three records; the other session has none
    assert.deepEqual([BigInt(rows[0]?.nanos ?? 0), Number(rows[0]?.events)], [50_002_017_290_000n, 2]);
    await assertBooksAgree(home);
  }, gateway('iot.example'));
});

/** The header of a file that does not say how much is in it. */
function unannounced(header: Buffer): Buffer {
  const copy = Buffer.from(header);
  copy.writeUInt32BE(0xffffffff, 0);
  copy.writeUInt32BE(0xffffffff, 18);
  return copy;
}

test('a format of BER of one’s own is applied with the configuration, and its records are charged', async () => {
  const page = readFileSync(new URL('../../docs/reference/formats-ber.md', import.meta.url), 'utf8');
  const example = page.slice(page.indexOf('## An example from the beginning'));
  const block = (language: string): string => new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'ms').exec(example)?.[1] ?? '';
  const trunks =
    '\nsources:\n  - {id: exchange, format: our-exchange, zone: Europe/Berlin}\ntrunks:\n  - {id: atlas, account: north, names: [ATLAS]}\n  - {id: s, account: south, names: [S]}\n';
  await withHome(
    async (home) => {
      const record = Buffer.from(block('text').replaceAll(/\s/g, ''), 'hex');
      const report = await loadOne(home, write(home, 'calls.ber', Buffer.concat([record, record])), false, 'exchange');
      assert.deepEqual(report.counts, counts(2, 1, 0, 1, 0));
      await assertBooksAgree(home);
    },
    { ...operator, 'formats.yaml': block('yaml'), 'exchange.yaml': trunks },
  );
});
