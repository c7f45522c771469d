/** Every type of TS 32.298 with random values, as another encoder wrote them: README.md. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { berTree } from '#codecs/ber/tree.ts';
import type { BerForm } from '#core/usage/ber-form.ts';
import { shippedBerTypes } from '#operations/usage/formats/ber-types.ts';
import { rewritten } from './rewritten.ts';

interface Golden {
  readonly record: string;
  readonly hex: string;
  readonly values: readonly (readonly [path: string, text: string])[];
}

const types = shippedBerTypes('3gpp-32298') ?? {};
const forms = new Map<string, BerForm>();
const lines = readFileSync(new URL('random.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '');
const records = lines.map((line) => JSON.parse(line) as Golden); // written by make_golden.py

function formOf(record: string): BerForm {
  const known = forms.get(record) ?? { framing: 'concatenated', blockSize: 0, inside: [], record, each: [], types };
  forms.set(record, known);
  return known;
}

function byPath(values: readonly (readonly [string, string])[]): readonly (readonly [string, string])[] {
  return values.toSorted(([one], [other]) => (one < other ? -1 : 1));
}

function decoded(record: string, bytes: string): readonly (readonly [string, string])[] {
  return byPath(berTree(formOf(record), bytes).flatMap(({ path, text }) => (text === undefined ? [] : [[path, text] as const])));
}

test('every value of records that another encoder wrote is found under its path', () => {
  assert.equal(records.length, 120);
  for (const { record, hex, values } of records)
    assert.deepEqual(decoded(record, Buffer.from(hex, 'hex').toString('latin1')), byPath(values));
});

test('the same records with indefinite lengths, and with longer lengths than needed, have the same values', () => {
  // What the schema does not look into is shown as it stands, and differs then.
  const known = (all: Golden['values']): Golden['values'] => all.filter(([path]) => !path.endsWith('.information'));
  for (const { record, hex, values } of records) {
    const bytes = Buffer.from(hex, 'hex');
    assert.deepEqual(known(decoded(record, rewritten(bytes, 'indefinite').toString('latin1'))), known(byPath(values)));
    assert.deepEqual(known(decoded(record, rewritten(bytes, 'long').toString('latin1'))), known(byPath(values)));
  }
});
