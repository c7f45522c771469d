/** Number tables, bins and enrichment profiles as configuration: what is refused with its line, and what comes back from an export. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { configurationReference } from '#app/configuration-reference.ts';
import { formatRefusal } from '#core/refusals.ts';
import { objectsOf } from '#operations/configuration/objects.ts';
import { readFolder } from '#operations/configuration/read-folder.ts';
import { writeFolder } from '#operations/configuration/write-folder.ts';

const bytes = (files: Readonly<Record<string, string>>): Map<string, Uint8Array> =>
  new Map(Object.entries(files).map(([name, text]) => [name, new TextEncoder().encode(text)]));

function faults(files: Readonly<Record<string, string>>): readonly string[] {
  const read = readFolder(bytes(files), configurationReference());
  return read.ok ? [] : read.refusals.map(formatRefusal);
}

const rows: readonly (readonly [what: string, yaml: string, expected: RegExp])[] = [
  [
    'a table that gives neither',
    'numberTables:\n  - id: t\n    gives: colour\n    file: {columns: {number: n, value: v}}',
    /^a\.yaml:3 .*gives: gives must be one of routing-number, owner \("colour"\) \[configuration\.value-wrong\]/,
  ],
  [
    'a table without columns',
    'numberTables:\n  - id: t\n    gives: owner\n    file: {columns: {number: n}}',
    /^a\.yaml:4 .*columns\.value: .* has no "value" \[configuration\.key-missing\]/,
  ],
  [
    'a bin with letters for digits',
    'bins:\n  - id: b\n    rules:\n      - {bin: x, called: [44x]}',
    /^a\.yaml:4 .*called\[1\]: .*digits only/,
  ],
  [
    'a source under the name of online charging',
    'sources:\n  - {id: charging, format: asterisk-csv, zone: UTC}',
    /^a\.yaml:2 id: what online charging has charged is loaded under this name .*\[configuration\.name-reserved\]/,
  ],
  ['a bin by an unknown field', 'bins:\n  - id: b\n    rules:\n      - {bin: x, colour: red}', /^a\.yaml:4 .*there is no key "colour"/],
  [
    'an unknown call type',
    'bins:\n  - id: b\n    rules:\n      - {bin: x, callType: onnet}',
    /^a\.yaml:4 .*callType must be one of on-net, .*did you mean "on-net"/,
  ],
  [
    'a band without time bands',
    'bins:\n  - id: b\n    rules:\n      - {bin: x, band: peak}',
    /^a\.yaml:4 band: a rule of bins b names the band peak: the set has no timeBands/,
  ],
  [
    'time bands that are not there',
    'bins:\n  - {id: b, timeBands: none, rules: []}',
    /^a\.yaml:2 timeBands: bins b name none, which is not among the timeBands/,
  ],
  [
    'a profile with an unknown table',
    'enrichments:\n  - {id: p, numberTables: [none]}',
    /^a\.yaml:2 numberTables: profile p names none, which is not among the numberTables/,
  ],
  [
    'a profile with unknown bins',
    'bins: [{id: circles, rules: []}]\nenrichments:\n  - {id: p, bins: [circle]}',
    /^a\.yaml:3 bins: profile p names circle, which is not among the bins \(did you mean "circles"\?\)/,
  ],
  [
    'a prefix twice',
    'enrichments:\n  - id: p\n    callTypes:\n      - {prefix: "44", type: special}\n      - {prefix: "44", type: premium}',
    /^a\.yaml:5 prefix: profile p has prefix 44 twice \(first at a\.yaml:4\) \("44"\) \[configuration\.code-repeated\]/,
  ],
  [
    'a short code twice',
    'enrichments:\n  - id: p\n    shortCodes: [{code: "112", type: emergency}, {code: "112", type: special}]',
    /shortCodes|code 112 twice/,
  ],
  [
    'a rule of bins that never counts',
    'bins:\n  - id: b\n    rules:\n      - {bin: x, called: ["44"], service: voice}\n      - {bin: y, called: ["44"]}\n      - {bin: z, service: voice, called: ["44"]}',
    /^a\.yaml:6 bin: a rule of bins b for the bin z says the same as an earlier one for x, and would never count/,
  ],
  ['an unknown country', 'enrichments:\n  - {id: p, country: XX}', /^a\.yaml:2 .*country is not a country/],
  ['an unknown cause scheme', 'enrichments:\n  - {id: p, causeScheme: q931}', /causeScheme must be one of q850, sip, 3gpp, text/],
  ['a network that is none', 'enrichments:\n  - id: p\n    tadig: [{tadig: DEUD1, network: "26"}]', /network is not an MCC and an MNC/],
  [
    'a source with an unknown profile',
    'sources:\n  - id: s\n    format: delimited\n    header: true\n    key: id\n    enrichment: none\n    fields: {start: {column: s, time: iso}, called: b, trunkIn: t, answered: {constant: "no"}}',
    /^a\.yaml:6 enrichment: source s names none, which is not among the enrichments/,
  ],
  [
    'a source with an unknown coding of natures',
    'sources:\n  - {id: s, format: delimited, header: true, key: id, natures: q763, fields: {start: {column: s, time: iso}, called: b, trunkIn: t, answered: {constant: "no"}}}',
    /natures is not one of isup, ton/,
  ],
  [
    'a technical prefix without a tag',
    'sources:\n  - {id: s, format: delimited, header: true, key: id, numbering: {technicalPrefixes: [{prefix: "12#"}]}, fields: {start: {column: s, time: iso}, called: b, trunkIn: t, answered: {constant: "no"}}}',
    /numbering\.technicalPrefixes has a tag that is not/,
  ],
  ['a host that is none', 'trunks:\n  - {id: t, hosts: ["10.0.0.0/40"]}', /^a\.yaml:2 .*hosts\[1\]: .* is not a host, a realm/],
  ['a table row with a fault', 'enrichments:\n  - {id: p, places: cells.csv}', /^cells\.csv:3 place: .*has no "place"/],
];

for (const [what, yaml, expected] of rows)
  test(`refused with its place: ${what}`, () => {
    const [first = 'nothing was refused'] = faults({ 'a.yaml': yaml, 'cells.csv': 'cell,place\n1,x\n2,\n' });
    assert.match(first, expected);
  });

test('a rate for a bin that no set has is refused at its row', () => {
  const tariff = 'tariffs:\n  - {id: t, name: T, service: voice, currency: EUR, rates: rates.csv}';
  const table = 'code,destination,price,bin\n1,US,0.1,circles/delhi\n2,X,0.1,circles/dehli\n';
  const circles = 'bins: [{id: circles, rules: [{bin: delhi, called: "91"}]}]';
  assert.deepEqual(faults({ 'a.yaml': `${circles}\n${tariff}`, 'rates.csv': table }), [
    'rates.csv:3 bin: a rate of tariff t names the bin circles/dehli, which no set of bins has (did you mean "circles/delhi"?) ("circles/dehli") [configuration.reference-unknown]',
  ]);
});

const whole = {
  'a.yaml': `
numberTables:
  - id: lrn
    gives: routing-number
    file: {separator: ";", columns: {number: tn, value: lrn, validFrom: from}, endedBy: [X], zone: America/New_York, numbering: {countryCode: 1, nationalPrefix: ""}, unendedLine: take}
  - {id: mnp, gives: owner, owners: [{owner: EE, pricedAs: 447999}], file: {header: false, columns: {number: 1, value: 2}}}
timeBands:
  - {id: day, bands: [{name: peak, days: [mon], from: "08:00", to: "18:00"}, {name: rest, otherwise: true}]}
bins:
  - id: circles
    timeBands: day
    zone: Asia/Kolkata
    otherwise: other
    rules: [{bin: delhi, called: [9111, 9112], service: voice}, {bin: peak, band: peak, trunkIn: north, owner: [EE, O2]}]
  - {id: series, rules: series.csv}
enrichments:
  - id: in
    country: IN
    ownNetwork: {owners: [us], prefixes: [9198]}
    numberTables: [mnp, lrn]
    callingOwner: true
    callTypes: [{prefix: 911800, type: toll-free}]
    shortCodes: [{code: 112, type: emergency, pricedAs: 91112}]
    causeScheme: sip
    causes: [{cause: "480", class: unreachable}]
    places: cells.csv
    tadig: [{tadig: INDA1, network: 404-10}]
    bins: [circles, series]
sources:
  - {id: s, format: delimited, header: true, key: id, natures: ton, enrichment: in, numbering: {technicalPrefixes: [{prefix: "12#", tag: gold}], areaCode: "11", alphanumericSenders: true}, fields: {start: {column: s, time: iso}, called: b, trunkIn: t, answered: {constant: "no"}, cell: c}}
trunks:
  - {id: north, hosts: [192.0.2.0/24], numbering: {technicalPrefixes: [{prefix: "9#", tag: silver}], nationalPrefix: "", subscriberDigits: 7}}
tariffs:
  - {id: t, name: T, service: voice, currency: EUR, portability: follow, rates: [{code: 91, destination: India, price: 0.1, bin: circles/delhi}]}
`,
  'cells.csv': `cell,place\n${Array.from({ length: 60 }, (_, at) => `404-10-${at},p${at % 7}\n`).join('')}`,
  'series.csv': `bin,called,owner\n${Array.from({ length: 60 }, (_, at) => `b${at % 5},91${98000 + at},EE\n`).join('')}`,
};

test('what is configured comes back the same from the files that an export writes', () => {
  const reference = configurationReference();
  const read = readFolder(bytes(whole), reference);
  assert.ok(read.ok, read.ok ? '' : read.refusals.map(formatRefusal).join('\n'));
  const written = writeFolder(read.value, reference);
  const again = readFolder(new Map([...written].map(([name, text]) => [name, new TextEncoder().encode(text)])), reference);
  assert.ok(again.ok, again.ok ? '' : again.refusals.map(formatRefusal).join('\n'));
  const plain = (objects: ReturnType<typeof objectsOf>): unknown => JSON.parse(JSON.stringify(objects));
  assert.deepEqual(plain(objectsOf(again.value)), plain(objectsOf(read.value)));
  assert.equal(again.value.book.tariffs[0]?.rates[0]?.match.bin, 'circles/delhi');
  assert.ok(written.has('enriching/in-places.csv'));
});
