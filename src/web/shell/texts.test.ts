import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

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
      const places = (text: string): readonly string[] => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name).sort();
      for (const [key, text] of Object.entries(texts))
        if (!forms.test(key)) assert.deepEqual(places(text), places(english[key] ?? ''), `${other}: ${key}`);
    }
  }
});
