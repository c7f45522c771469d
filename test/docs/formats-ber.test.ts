import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { families } from '#codecs/cdr/families.ts';
import { makeDecoder } from '#codecs/cdr/record-decoder.ts';
import { valueOrThrow } from '#core/refusals.ts';
import { formatInstant } from '#core/time/zoned.ts';
import { joinFormats } from '#operations/usage/formats/format.ts';
import { readFormatFile, shippedFormats } from '#operations/usage/formats/shipped-formats.ts';
import { parseSource } from '#operations/usage/source.ts';
import { projectRoot } from '../support/project-files.ts';

const page = readFileSync(join(projectRoot, 'docs/reference/formats-ber.md'), 'utf8');
const example = page.slice(page.indexOf('## An example from the beginning'));
const block = (language: string): string => new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'ms').exec(example)?.[1] ?? '';

test('the format of the example reads the record of the example as the page says', () => {
  const own = valueOrThrow(readFormatFile('formats-ber.md', block('yaml')));
  const source = valueOrThrow(
    parseSource({ id: 'page', format: 'our-exchange', zone: 'Europe/Berlin' }, {}, joinFormats(own, shippedFormats)),
  );
  const splitter = families.ber.splitter(source, '', source.maximumRecordBytes);
  splitter.push(Buffer.from(block('text').replaceAll(/\s/g, ''), 'hex').toString('latin1'));
  splitter.finish();
  assert.ok(splitter.next());
  const decoded = valueOrThrow(makeDecoder(source)).decode(splitter.text, splitter.ended);
  assert.ok(decoded.kind === 'draft', JSON.stringify(decoded));
  const { key, startMicros, durationMicros, answered, calling, called, trunkIn, trunkOut, cause } = decoded.draft;
  const read = {
    key,
    start: formatInstant(startMicros),
    seconds: durationMicros / 1e6,
    answered,
    calling,
    called,
    trunkIn,
    trunkOut,
    cause,
  };
  assert.deepEqual(read, JSON.parse(block('json')));
  assert.equal(splitter.next(), false);
});

test('every shipped format of the family is named on the page', () => {
  for (const id of shippedFormats.ids()) if (shippedFormats.find(id)?.family === 'ber') assert.ok(page.includes(`\`${id}\``), id);
});
