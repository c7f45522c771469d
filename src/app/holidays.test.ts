import assert from 'node:assert/strict';
import { test } from 'node:test';
import { resolveHolidays } from './holidays.ts';

/** Dates of 2026 as published; sources in docs/data-sources.md. */
const published: readonly [country: string, region: string | undefined, dates: string][] = [
  // Feiertagsgesetz of Bavaria (FTG Art. 1) without Assumption, which only some municipalities have.
  ['DE', 'BY', '01-01 01-06 04-03 04-06 05-01 05-14 05-25 06-04 10-03 11-01 12-25 12-26'],
  ['DE', undefined, '01-01 04-03 04-06 05-01 05-14 05-25 10-03 12-25 12-26'],
  // gov.uk/bank-holidays, England and Wales; Boxing Day is a Saturday, its substitute Monday 28.
  ['GB', 'ENG', '01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-26 12-28'],
  // opm.gov, federal holidays; 4 July is a Saturday, observed on Friday 3.
  ['US', undefined, '01-01 01-19 02-16 05-25 06-19 07-03 07-04 09-07 10-12 11-11 11-26 12-25'],
  // Code du travail, article L3133-1.
  ['FR', undefined, '01-01 04-06 05-01 05-08 05-14 05-25 07-14 08-15 11-01 11-11 12-25'],
];

for (const [country, region, dates] of published) {
  test(`the holidays of ${region ?? 'all'} ${country} in 2026 are those published`, () => {
    const expected = dates.split(' ').map((date) => `2026-${date}`);
    assert.deepEqual(resolveHolidays({ country, region, fromYear: 2026, toYear: 2026 }), expected);
  });
}

test('Saudi Arabia: Founding and National Day are fixed; the two feasts have four days each by the calculated calendar', () => {
  // Sighting of the moon can move the feasts by a day: an operator corrects them with add and remove.
  const dates = resolveHolidays({ country: 'SA', fromYear: 2026, toYear: 2026 });
  assert.deepEqual(dates, [
    '2026-02-22',
    '2026-03-19',
    '2026-03-20',
    '2026-03-21',
    '2026-03-22',
    '2026-05-26',
    '2026-05-27',
    '2026-05-28',
    '2026-05-29',
    '2026-09-23',
  ]);
});

test('several years are one sorted list, with what is added and without what is removed', () => {
  const dates = resolveHolidays({ country: 'DE', fromYear: 2026, toYear: 2027, add: ['2026-12-24', '2026-12-25'], remove: ['2026-05-01'] });
  assert.equal(dates?.length, 9 + 9 + 1 - 1);
  assert.deepEqual(dates, [...new Set(dates)].sort());
  assert.equal(dates?.includes('2026-12-24'), true);
  assert.equal(dates?.includes('2026-05-01'), false);
});

test('half days are no holidays', () => {
  assert.equal(resolveHolidays({ country: 'CN', fromYear: 2026, toYear: 2026 })?.includes('2026-03-08'), false);
});

test('a region may be written with its country, and reach down to a part', () => {
  const short = resolveHolidays({ country: 'DE', region: 'BY', fromYear: 2026, toYear: 2026 });
  assert.deepEqual(resolveHolidays({ country: 'DE', region: 'DE-BY', fromYear: 2026, toYear: 2026 }), short);
  // Augsburg's peace feast, 8 August.
  assert.equal(resolveHolidays({ country: 'DE', region: 'BY-A', fromYear: 2026, toYear: 2026 })?.includes('2026-08-08'), true);
});

test('a country or region that the library does not have is said, not taken for one without holidays', () => {
  for (const [country, region] of [
    ['ZZ', undefined],
    ['de', undefined],
    ['', undefined],
    ['DE', 'XX'],
    ['DE', ''],
    ['DE', 'BY-XX'],
    ['__proto__', undefined],
    ['DE', 'constructor'],
  ] as const) {
    assert.equal(resolveHolidays({ country, region, fromYear: 2026, toYear: 2026 }), undefined, `${country} ${region}`);
  }
});
