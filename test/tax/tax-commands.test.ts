import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { type CliResult, runCli } from '../support/cli.ts';
import { type TestDatabase, withTestDatabase } from '../support/database.ts';

const operator = `
legalEntities:
  - {id: home, name: Home Ltd, country: IE, currency: EUR, zone: Europe/Dublin, taxId: IE1}
  - {id: us, name: Home Inc, country: US, region: US-NY, currency: USD, zone: America/New_York, taxId: "12"}
parties:
  - {id: north, name: North GmbH, kind: carrier, country: DE, taxId: DE1}
  - {id: west, name: West LLC, kind: carrier, country: US, region: US-CA}
  - {id: isle, name: Isle Ltd, kind: carrier, country: JE}
accounts:
  - {id: north-eur, party: north, legalEntity: home, currency: EUR}
  - {id: west-usd, party: west, legalEntity: us, currency: USD}
agreements:
  - {id: n, name: N, account: north-eur, zone: UTC, currency: EUR, validFrom: 2026-01-01, rounding: {decimals: 4, mode: half-up}, services: [{service: voice, role: incoming, tariff: t}, {service: voice, role: outgoing, tariff: t}]}
  - {id: w, name: W, account: west-usd, zone: UTC, currency: USD, validFrom: 2026-01-01, rounding: {decimals: 4, mode: half-up}, services: [{service: voice, role: incoming, tariff: u}]}
tariffs:
  - {id: t, name: T, service: voice, currency: EUR, rates: [{code: "49", destination: There, price: 0.01, increments: 1/1, validFrom: 2026-01-01}]}
  - {id: u, name: U, service: voice, currency: USD, rates: [{code: "1", destination: There, price: 0.01, increments: 1/1, validFrom: 2026-01-01}]}
taxRules:
  - {id: ie-jersey, says: To Jersey, validFrom: 2026-01-01, seller: IE, buyer: JE, category: O, reference: Outside the scope of Irish VAT, source: this test}
withholdingRules:
  - {id: us-wht, tax: Withholding tax, says: Paid abroad, payer: US, payeeNot: US, percents: [{percent: 30, validFrom: 2026-01-01}], source: this test}
`;

const table = `jurisdiction,tax,percent,valid_from,valid_to,services
US,Federal,5,2026-01-01,,
US-CA,State,7.25,2026-01-01,2027-01-01,
US-CA,State,7.5,2027-01-01,,
US-CA,Utility,1,2026-01-01,,voice sms
`;

async function withOperator(
  work: (run: (...args: string[]) => Promise<CliResult>, folder: string, database: TestDatabase) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'carillon-tax-'));
  try {
    await withTestDatabase(async (database) => {
      const run = (...args: string[]): Promise<CliResult> =>
        runCli(args, { cwd: folder, environment: { DATABASE_URL: database.url, CARILLON_LOG_LEVEL: 'silent' } });
      await writeFile(join(folder, 'operator.yaml'), operator);
      const applied = await run('apply', folder);
      assert.equal(applied.status, 0, applied.stdout + applied.stderr);
      await work(run, folder, database);
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}

test('from a gap in the tables, over their import and a certificate, to taxes that explain themselves', async () => {
  await withOperator(async (run, folder) => {
    const gap = await run('tax', 'check', '--from', '2026-10-01', '--to', '2027-10-01');
    assert.equal(gap.status, 1);
    assert.match(
      gap.stdout,
      /^west-usd: us to west, from 2026-10-01: .*there is no percentage of any tax in US-CA .*\[tax\.rate-missing\]$/m,
    );
    assert.match(gap.stdout, /^1 found from 2026-10-01 until before 2027-10-01; 3 supplies between accounts asked about$/m);

    await writeFile(join(folder, 'us.csv'), table);
    const imported = await run('tax', 'import', join(folder, 'us.csv'), '--table', 'us');
    assert.equal(imported.stdout, '4 rows imported into us: 3 rates\n');
    const again = await run('tax', 'import', join(folder, 'us.csv'), '--table', 'us');
    assert.equal(again.stdout, 'us has this file already: 4 rows\n');
    const whole = await run('tax', 'check', '--from', '2026-10-01', '--to', '2027-10-01');
    assert.equal(whole.status, 0, whole.stdout);

    const explain = (day: string): Promise<CliResult> =>
      run('tax', 'explain', 'us', 'west', '100.00', '--currency', 'USD', '--on', day, '--json');
    const amounts = (result: CliResult): readonly string[] => {
      const { taxes }: { taxes: { name: string; category: string; tax: string }[] } = JSON.parse(result.stdout);
      return taxes.map(({ name, category, tax }) => `${name} ${category} ${tax}`);
    };
    assert.deepEqual(amounts(await explain('2026-12-31')), ['Federal S 5', 'State S 7.25', 'Utility S 1']);
    assert.deepEqual(amounts(await explain('2027-01-01')), ['Federal S 5', 'State S 7.5', 'Utility S 1']);

    const certificate = ['tax', 'certificate', 'add', 'west', 'R-1', '--of', 'US-CA', '--from', '2026-06-01', '--to', '2027-06-01'];
    assert.equal((await run(...certificate)).stdout, 'certificate R-1 of west for US-CA recorded\n');
    assert.equal((await run(...certificate)).stdout, 'certificate R-1 of west for US-CA was recorded before\n');
    const other = await run(...certificate.slice(0, -1), '2028-01-01');
    assert.match(other.stderr, /tax\.certificate-differs/);
    assert.deepEqual(amounts(await explain('2026-12-31')), ['Federal S 5', 'State E 0', 'Utility E 0']);
    const ended = await run('tax', 'certificate', 'end', 'west', 'R-1', '--of', 'US-CA', '--on', '2026-12-01', '--reason', 'revoked');
    assert.equal(ended.stdout, 'certificate R-1 of west ends on 2026-12-01\n');
    assert.deepEqual(amounts(await explain('2026-12-31')), ['Federal S 5', 'State S 7.25', 'Utility S 1']);
    assert.match((await run('tax', 'certificate', 'list')).stdout, /R-1 .*2026-12-01 +ended: revoked/);
  });
});

test('rules of one’s own go before the shipped, withholding is shown, and what nobody knows is refused by name', async () => {
  await withOperator(async (run) => {
    const jersey = await run('tax', 'explain', 'home', 'isle', '100.00', '--on', '2026-10-31');
    assert.match(jersey.stdout, /To Jersey \(rule ie-jersey, a rule of your own, this test\): no tax\./);
    const paid = await run('tax', 'explain', 'north', 'us', '100.00', '--on', '2026-10-31');
    assert.match(paid.stdout, /Withheld by the payer: 30\.00 Withholding tax\./);
    assert.match((await run('tax', 'explain', 'nobody', 'us', '1')).stderr, /tax\.party-unknown/);
    const noCountry = await run('tax', 'explain', 'IE', 'ZZ', '1');
    assert.deepEqual([noCountry.status, /ZZ is no country of ISO 3166-1.*tax\.party-unknown/.test(noCountry.stderr)], [1, true]);
    assert.match((await run('tax', 'explain', 'home', 'north', '1.005')).stderr, /tax\.amount-unreadable/);
    assert.match((await run('tax', 'explain', 'home', 'north', '1', '--service', 'gas')).stderr, /tax\.amount-unreadable/);
    assert.match((await run('tax', 'explain', 'home', 'north', '1', '--on', '2026-13-01')).stderr, /tax\.question-broken/);
    const rules = await run('tax', 'rules', '--own');
    assert.match(rules.stdout, /ie-jersey \(own\) +2026-01-01/);
    const rates = await run('tax', 'rules', '--rates', '--place', 'CA-QC', '--on', '2012-06-01');
    assert.match(rates.stdout, /CA-QC-QST +QST +CA-QC +9\.5 +2012-01-01 .*GST/);
  });
});

test('a table with faults is refused whole, each fault by its line', async () => {
  await withOperator(async (run, folder, database) => {
    const broken = `jurisdiction,tax,percent,valid_from,valid_to
US-CA,State,7.25,2026-01-01,2027-06-01
US-CA,State,7.5,2027-01-01,
us-ny,State,4,2026-01-01,
US-NY,State,400,2026-01-01,
US-TX,State,6.25,2026-02-30,
`;
    await writeFile(join(folder, 'broken.csv'), broken);
    const refused = await run('tax', 'import', join(folder, 'broken.csv'), '--table', 'us');
    assert.equal(refused.status, 1);
    for (const line of [4, 5, 6]) assert.match(refused.stderr, new RegExp(`broken\\.csv:${line} `));
    await writeFile(join(folder, 'overlap.csv'), broken.split('\n').slice(0, 3).join('\n'));
    const overlap = await run('tax', 'import', join(folder, 'overlap.csv'), '--table', 'us');
    assert.match(overlap.stderr, /overlap\.csv:2: State of US-CA has two percentages on 2027-01-01: see line 3 \[tax\.rates-overlap\]/);
    await writeFile(join(folder, 'empty.csv'), 'jurisdiction,tax,percent,valid_from\n');
    assert.match((await run('tax', 'import', join(folder, 'empty.csv'), '--table', 'us')).stderr, /tax\.table-broken/);
    assert.match((await run('tax', 'import', join(folder, 'none.csv'), '--table', 'us')).stderr, /tax\.file-unreadable/);
    const { rows } = await database.pool.query<{ count: bigint }>('select count(*) from tax_table_import');
    assert.equal(Number(rows[0]?.count), 0);
  });
});
