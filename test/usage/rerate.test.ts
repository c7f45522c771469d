/** What is priced again is what a fresh installation would have charged with the configuration of the end. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { produceStatement } from '#app/statement.ts';
import { explainUsage } from '#app/usage/explain.ts';
import { type RerateReport, type RerateRequest, rerateUsage } from '#app/usage/rerate.ts';
import { parseStatementPeriod } from '#core/settlement/statement-period.ts';
import { assertBooksAgree, type Call, configure, fileOf, line, load, operator, rollup, type TestHome, withHome, write } from './home.ts';
import { measureMarginOf } from './margins.ts';
import { seeded } from './seeded.ts';

const NOW = Date.parse('2026-11-05T00:00:00Z') * 1000;
const quiet = { onWait: () => undefined, onProgress: () => undefined };

function rerate(home: TestHome, request: Partial<RerateRequest>): Promise<RerateReport> {
  return rerateUsage(home, { unratable: 'block', nowMicros: Date.now() * 1000, ...request }, quiet);
}

const book = { why: 'wrong rate', by: 'test' };

/** The statement of an agreement without what differs from one installation to the next. */
async function statement({ database }: TestHome, agreement: string): Promise<unknown> {
  const period = parseStatementPeriod('2026-10');
  assert.ok(period.ok);
  const request = { agreement, period: period.value, nowMicros: NOW, format: 'table', allowEmpty: true, verify: true } as const;
  const { statement: made, verifiedEvents } = await produceStatement(database, request);
  return { verifiedEvents, ...made, lines: made.lines.map(({ parts: _, ...rest }) => rest) };
}

async function everything(home: TestHome): Promise<unknown> {
  await assertBooksAgree(home);
  return {
    rollup: (await rollup(home)).filter((each) => Object.entries(each).some(([name, value]) => name === 'events' && value !== 0n)),
    statements: [await statement(home, 'north'), await statement(home, 'south')],
    margins: await measureMarginOf(home.database),
    counters: (
      await home.database.pool.query('select key, trim_scale(value) as value, disturbed from usage_counter where value <> 0 order by 1')
    ).rows,
  };
}

function randomCalls(random: () => number, count: number): readonly Call[] {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T; // never empty
  return Array.from({ length: count }, (_, index) => ({
    id: `c${index}`,
    start: `2026-10-${String(1 + Math.floor(random() * 28)).padStart(2, '0')} ${String(Math.floor(random() * 24)).padStart(2, '0')}:00:0${index % 10}`,
    seconds: Math.floor(random() * 400),
    result: pick(['ANSWERED', 'ANSWERED', 'ANSWERED', 'BUSY']),
    b: pick(['+442079460000', '+447700900123', '+4930111222']),
    in: pick(['north', 'south', 'home']),
    out: pick(['south', 'north', 'south']),
  }));
}

/** The operator with other prices, codes and terms, drawn at random. */
function randomConfiguration(random: () => number): Readonly<Record<string, string>> {
  const price = (): string => `0.0${1 + Math.floor(random() * 90)}`;
  const mobile = random() < 0.5;
  const rates = (tiers: string): string =>
    [
      `      - {code: "44", destination: United Kingdom, price: ${price()}, increments: 1/1${tiers}}`,
      ...(mobile ? [`      - {code: "447", destination: United Kingdom mobile, price: ${price()}, increments: 60/60}`] : []),
      `      - {code: "49", destination: Germany, price: ${price()}, increments: ${random() < 0.5 ? '1/1' : '60/30'}}`,
    ].join('\n');
  const tiers =
    random() < 0.2
      ? ''
      : `, tiers: "month-out ${random() < 0.7 ? 'graduated' : 'volume'} ${random() < 0.7 ? 'minutes' : 'money'} month; 20: ${price()}; 60: ${price()}"`;
  const tariff = (id: string, more: string): string => `  - id: ${id}
    name: ${id}
    service: voice
    currency: EUR
    zone: Europe/Berlin
    defaults: {validFrom: 2026-01-01}
    rates:
${rates(more)}
`;
  return {
    'operator.yaml': operator['operator.yaml'].replace('decimals: 4', `decimals: ${3 + Math.floor(random() * 3)}`),
    'tariffs.yaml': `tariffs:\n${tariff('flat', '')}${tariff('north-in', random() < 0.5 ? '' : ', tiers: "day-in graduated minutes day; 5: 0.004"')}${tariff('south-out', tiers)}`,
  };
}

/** Every seed that ever failed stays in the list. */
const SEEDS = [1, 2, 5];

test('random changes of rates, priced again, are the books of a fresh installation, line by line', async () => {
  for (const seed of SEEDS) {
    const random = seeded(seed);
    const [first, last] = [randomConfiguration(random), randomConfiguration(random)];
    const calls = randomCalls(random, 120);
    const files = [calls.slice(60), calls.slice(0, 60)].map((part) => fileOf(part.map(line)));
    const expected = await withHome(async (home) => {
      await load(
        home,
        files.map((text, index) => write(home, `${index}.csv`, text)),
      );
      return everything(home);
    }, last);
    await withHome(async (home) => {
      await load(
        home,
        files.map((text, index) => write(home, `${index}.csv`, text)),
      );
      await configure(home, last);
      const shown = await rerate(home, { service: 'voice' });
      assert.ok(shown.differences.length > 0);
      assert.equal(
        (await home.database.pool.query('select from usage_adjustment where correction_run is not null')).rowCount,
        0,
        `seed ${seed}`,
      );
      const booked = await rerate(home, { service: 'voice', book });
      assert.deepEqual(booked.differences, shown.differences, `seed ${seed}: what is booked is what was shown`);
      assert.deepEqual(await everything(home), expected, `seed ${seed}`);
      const again = await rerate(home, { service: 'voice', book });
      assert.deepEqual([again.booked, again.differences], [false, []], `seed ${seed}: a second time there is nothing to book`);
      assert.deepEqual(await everything(home), expected, `seed ${seed}`);
      for (const id of ['3', '40', '77']) {
        const { charges } = await explainUsage(home, id).catch(() => ({ charges: [] })); // calls of the own network have none
        assert.deepEqual(
          charges.flatMap(({ faults }) => faults),
          [],
          `seed ${seed}, event ${id}`,
        );
      }
    }, first);
  }
});
