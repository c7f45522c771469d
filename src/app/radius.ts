/** The RADIUS dictionary that comes along. */
import { readFileSync } from 'node:fs';
import { type DictionaryData, RadiusDictionary } from '#codecs/radius/dictionary.ts';

let dictionary: RadiusDictionary | undefined;

/** data/radius/dictionary.json, read when first asked for. */
export function radiusDictionary(): RadiusDictionary {
  dictionary ??= new RadiusDictionary(radiusDictionaryData());
  return dictionary;
}

/** As it stands in the file, which comes with the program. */
export function radiusDictionaryData(): DictionaryData {
  return JSON.parse(readFileSync(new URL('../../data/radius/dictionary.json', import.meta.url), 'utf8'));
}
