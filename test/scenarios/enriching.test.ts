/** The tables of numbers.md and enriching.md: numbers as the numbering says, and what a profile finds out about a call. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parse } from 'yaml';
import { configurationReference } from '#app/configuration-reference.ts';
import { loadMobileNetworks } from '#app/reference-data.ts';
import { numberRanges } from '#app/usage/enrichment.ts';
import { Enricher, type SharedEnrichment } from '#core/enrichment/enricher.ts';
import { readNature } from '#core/numbering/natures.ts';
import { type NumberReading, normaliseNumber } from '#core/numbering/normalise.ts';
import { NumberTable } from '#core/numbering/number-table.ts';
import { formatRefusal } from '#core/refusals.ts';
import type { Enrichment } from '#core/usage/enrichment.ts';
import type { UsageEvent } from '#core/usage/usage-event.ts';
import { readFolder } from '#operations/configuration/read-folder.ts';
import type { Setup } from '#operations/configuration/setup.ts';
import { readNumbering } from '#operations/usage/source-enriching.ts';
import { SourceReading } from '#operations/usage/source-reading.ts';
import { readTables } from './tables.ts';

const tablesOf = (name: string) => readTables(readFileSync(new URL(name, import.meta.url), 'utf8'));

function shownReading(reading: NumberReading): string {
  const tag = 'tag' in reading ? ` tag ${reading.tag}` : '';
  if (reading.kind === 'number') return `${reading.digits}${tag}`;
  if (reading.kind === 'short-code') return `short ${reading.digits}${tag}`;
  return reading.kind === 'invalid' ? reading.fault : reading.kind;
}

for (const { name, heading, cells } of tablesOf('numbers.md')) {
  test(`${heading}: ${name}`, () => {
    const reading = new SourceReading({});
    const rules = readNumbering(reading, parse(`{${cells.get('numbering') ?? ''}}`));
    assert.deepEqual(reading.refusals, []);
    const said = cells.get('nature') ?? '';
    const nature = readNature(said.replace('ton ', ''), said.startsWith('ton ') ? 'ton' : 'isup');
    assert.equal(shownReading(normaliseNumber(cells.get('written') ?? '', rules, nature)), cells.get('read as'));
  });
}

const around = `
numberTables:
  - {id: mnp, gives: owner, owners: [{owner: EE, pricedAs: "447999"}], file: {columns: {number: n, value: o}}}
timeBands:
  - {id: day, bands: [{name: evening, days: [mon, tue, wed, thu, fri, sat, sun], from: "18:00", to: "24:00"}, {name: day, otherwise: true}]}
bins:
  - id: circles
    timeBands: day
    zone: Asia/Kolkata
    otherwise: other
    rules:
      - {bin: delhi, called: "9111"}
      - {bin: delhi-south, called: "91114"}
      - {bin: mumbai, called: "9122"}
      - {bin: mumbai, calling: "9133"}
      - {bin: ee, owner: EE}
      - {bin: evening, called: "919", band: evening}
`;

function setupOf(profile: string): Setup {
  const text = `${around}\nenrichments:\n  - {id: p${profile === '' ? '' : `, ${profile}`}}\n`;
  const read = readFolder(new Map([['a.yaml', new TextEncoder().encode(text)]]), configurationReference());
  assert.ok(read.ok, read.ok ? '' : read.refusals.map(formatRefusal).join('\n'));
  return read.value;
}

const seconds = (date: string): number => Date.parse(date) / 1000;
const mnp = NumberTable.build(
  {
    count: 3,
    numbers: Float64Array.of(447_700_900_001, 447_700_900_001, 447_700_900_002),
    from: Uint32Array.of(seconds('2026-06-01'), seconds('2026-09-01'), 0),
    values: Uint32Array.of(1, 0, 2),
  },
  ['', 'EE', 'own'],
);

function sharedOf({ enrichments, bins, book, numberTables }: Setup): SharedEnrichment {
  return {
    profiles: enrichments,
    bins,
    timeBands: book.timeBands,
    calendars: book.calendars,
    numberTables: numberTables.map((declaration) => ({ declaration, parts: mnp.parts })),
    numberRanges: numberRanges(),
    mobileNetworks: loadMobileNetworks().list,
  };
}

type Call = { -readonly [K in keyof UsageEvent]: UsageEvent[K] };
interface Said {
  readonly event: Call;
  cell: string;
  network: string;
}

const phrases: readonly (readonly [RegExp, (said: Said, value: string) => void])[] = [
  [/^to (\d+)$/, ({ event }, value) => Object.assign(event, { called: value })],
  [/^from (\d+)$/, ({ event }, value) => Object.assign(event, { calling: value })],
  [/^on (\S+)$/, ({ event }, value) => Object.assign(event, { startMicros: Date.parse(value) * 1000 })],
  [/^(not) answered$/, ({ event }) => Object.assign(event, { answered: false })],
  [/^cause (.+)$/, ({ event }, value) => Object.assign(event, { cause: value })],
  [/^cell (\S+)$/, (said, value) => Object.assign(said, { cell: value })],
  [/^network (\S+)$/, (said, value) => Object.assign(said, { network: value })],
];

function callOf(text: string): Said {
  const event = { id: 'e', source: 's', service: 'voice', startMicros: Date.UTC(2026, 7, 1) * 1000, called: '', answered: true } as const;
  const said: Said = { event: { ...event, durationMicros: 0, quantity: 0, bytesUp: 0, bytesDown: 0 }, cell: '', network: '' };
  for (const part of text.split(', ')) {
    const [pattern, act] = phrases.find(([each]) => each.test(part)) ?? [];
    if (pattern === undefined || act === undefined) throw new Error(`no such phrase: "${part}"`);
    act(said, pattern.exec(part)?.[1] ?? '');
  }
  return said;
}

function shownFound(found: Enrichment): string {
  const { callType, country, causeClass, owner, routing, callingOwner, place, network, tadig, bins } = found;
  return [
    callType,
    country,
    causeClass,
    owner && `owner ${owner}`,
    routing && `priced as ${routing}`,
    callingOwner && `caller of ${callingOwner}`,
    place && `in ${place}`,
    network && `network ${network}`,
    tadig,
    bins && `bins ${bins.join(', ')}`,
  ]
    .filter((part) => part !== undefined)
    .join(' ');
}

for (const { name, cells } of tablesOf('enriching.md')) {
  test(`enriching: ${name}`, () => {
    const setup = setupOf(cells.get('profile') ?? '');
    const [profile] = setup.enrichments;
    assert.ok(profile);
    const { event, cell, network } = callOf(cells.get('call') ?? '');
    const marks = { tag: undefined, sender: undefined, withheld: false, shortCode: undefined, cell, network };
    const enricher = new Enricher(profile, sharedOf(setup));
    assert.equal(shownFound(enricher.enrich(event, marks) ?? {}), cells.get('found'));
  });
}
