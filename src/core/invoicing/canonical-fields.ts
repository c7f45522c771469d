/** Canonical JSON of large documents: the same text as canonicalJson, from texts of their fields that are made apart or known already. */
import { canonicalJson, fieldsOf } from './invoice-json.ts';

/** Of what was told to be shared: parts of the configuration, which thousands of documents have. */
const texts = new WeakMap<object, string>();

/** canonicalJson of a value that many documents share and nobody changes: made once. */
export function sharedJson(value: object): string {
  const known = texts.get(value);
  if (known !== undefined) return known;
  const text = canonicalJson(value);
  texts.set(value, text);
  return text;
}

const plains = new WeakMap<object, unknown>();

/** What JSON.stringify writes as sharedJson does: fields in order, whole numbers and decimals as text. For the same kind of values. */
export function sharedPlain(value: object): unknown {
  const known = plains.get(value);
  if (known !== undefined) return known;
  const plain: unknown = JSON.parse(canonicalJson(value));
  plains.set(value, plain);
  return plain;
}

/** An object as canonicalJson writes it, with its own ways for some of its fields. Undefined fields are left out. */
export function canonicalObject<T extends object>(
  value: T,
  ways: { readonly [K in keyof T]?: (field: Exclude<T[K], undefined>) => string },
): string {
  let text = '';
  for (const { key, before } of fieldsOf(Object.keys(value))) {
    const field: unknown = Reflect.get(value, key);
    if (field === undefined) continue;
    const way: ((field: never) => string) | undefined = Reflect.get(ways, key);
    const written = way === undefined ? canonicalJson(field) : way(field as never); // ways has it for this very field
    text += `${text === '' ? '' : ','}${before}${written}`;
  }
  return `{${text}}`;
}
