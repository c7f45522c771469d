import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ELSEWHERE } from '../parts/on-screen.ts';

const web = join(import.meta.dirname, '..');
const forms = /_(zero|one|two|few|many|other)$/;

function read(file: string): Readonly<Record<string, string>> {
  return JSON.parse(readFileSync(join(web, file), 'utf8'));
}

test('every catalogue has each text in English, German and Arabic, with the same places for values', () => {
  for (const file of globSync('**/texts/en.json', { cwd: web })) {
    const english = read(file);
    for (const language of ['de', 'ar']) {
      const other = file.replace('en.json', `${language}.json`);
      assert.ok(existsSync(join(web, other)), `${other} is missing`);
      const texts = read(other);
      const keys = (of: object): readonly string[] => [...new Set(Object.keys(of).map((key) => key.replace(forms, '')))].sort();
      assert.deepEqual(keys(texts), keys(english), other);
      const places = (text: string): readonly string[] =>
        [...text.matchAll(/\{\{(\w+(?:, \w+)?)\}\}/g)].map(([, name = '']) => name).sort();
      for (const [key, text] of Object.entries(texts))
        if (!forms.test(key)) assert.deepEqual(places(text), places(english[key] ?? ''), `${other}: ${key}`);
    }
  }
});

/** The same word in the other language, or a name. */
const SAME = new Set([
  'Navigation',
  'Code',
  'CSV',
  'Excel',
  'Name',
  'Live',
  'Hash',
  'Journal (CSV)',
  'Partner',
  'PDF',
  'Webhooks',
  'Webhook',
  'Format',
  'SMS',
  'MMS',
  'MVNO',
  'Passkeys',
  'Authenticator',
  'Logo',
  'Band',
  'S',
  'Transit',
]);
const isSame = (text: string): boolean =>
  /^(\{\{\w+(, \w+)?\}\}|\W|kB|s)*$/.test(text) ||
  SAME.has(text) ||
  SAME.has(text[0]?.toUpperCase() + text.slice(1)) ||
  /^[A-Z%]{1,4},? ?[%s]?$/.test(text);

test('no text is English in German and Arabic, except names and what is the same word', () => {
  for (const file of globSync('**/texts/en.json', { cwd: web })) {
    const english = read(file);
    for (const language of ['de', 'ar'])
      for (const [key, text] of Object.entries(read(file.replace('en.json', `${language}.json`))))
        assert.ok(
          text !== english[key] || isSame(text),
          `${file.replace('en.json', `${language}.json`)}: ${key} is “${text}”, as in English`,
        );
  }
});

test('no hint of a refusal speaks of the command line', () => {
  for (const language of ['en', 'de', 'ar'])
    for (const [key, text] of Object.entries(read(`subjects/refusals/texts/${language}.json`)))
      if (key.startsWith('do ')) assert.doesNotMatch(text, ELSEWHERE, `${language}: ${key}`);
});
