/** Whether parts of a request are what their schemas say; what is wrong is named field by field. */
import type { TObject, TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { type Refusal, refuse } from '#core/refusals.ts';

export type Check = (value: unknown) => readonly Refusal[];

const MOST_FAULTS = 20;

/**
 * `where`: what stands before the field in messages: `body`, `query`, `address`. Compiled when the first is checked (some 0.2 ms): of the thousand
 * schemas of a server few are ever asked for.
 */
export function checkOf(schema: TSchema, where: string): Check {
  let made: ReturnType<typeof Compile> | undefined;
  return (value) => {
    made ??= Compile(schema);
    const compiled = made;
    if (!compiled.Check(value)) return faultsOf(compiled.Errors(value), where, value);
    const wrong = unstorable(value, where);
    return wrong === undefined
      ? []
      : [refuse('api.field-wrong', 'a text has a character that cannot be kept (NUL, or half of a pair)', { field: wrong })];
  };
}

interface SchemaFault {
  readonly keyword: string;
  readonly instancePath: string;
  readonly params: object;
  readonly message: string;
}

/**
 * Never none, whatever is wrong: the library says eight errors and no more, and of fields that are not in the schema one each before the one of
 * their object, which names them all.
 */
function faultsOf(errors: readonly SchemaFault[], where: string, value: unknown): readonly [Refusal, ...Refusal[]] {
  const faults = new Map<string, Refusal>();
  for (const { keyword, instancePath, params, message } of errors) {
    for (const [path, said] of placesOf(keyword, instancePath, params, message)) {
      if (faults.size >= MOST_FAULTS) break;
      const field = `${where}${path}`;
      // Of alternatives, the first fault of a field says most.
      if (!faults.has(field)) faults.set(field, refuse('api.field-wrong', said, { field, ...shown(value, path) }));
    }
  }
  const unknown = errors.map(({ instancePath }) => refuse('api.field-wrong', UNKNOWN, { field: `${where}${instancePath.slice(0, 120)}` }));
  const [first, ...others] = faults.size > 0 ? faults.values() : unknown;
  if (first === undefined) throw new Error(`${where} is not what its schema says, and nothing says why`);
  return [first, ...others];
}

const UNKNOWN = 'there is no such field';

/** Missing and unknown fields are named themselves, not the object that they are of. */
function placesOf(keyword: string, path: string, params: object, message: string): readonly (readonly [path: string, said: string])[] {
  const names = (key: string): readonly string[] => {
    const found: unknown = Reflect.get(params, key);
    return Array.isArray(found) ? found.map(String) : [];
  };
  if (keyword === 'required') return names('requiredProperties').map((name) => [`${path}/${name}`, 'it is missing']);
  if (keyword === 'additionalProperties') return names('additionalProperties').map((name) => [`${path}/${name.slice(0, 60)}`, UNKNOWN]);
  if (keyword === 'boolean') return []; // said by additionalProperties
  return [[path, message]];
}

function shown(value: unknown, path: string): { value: string } | object {
  let found = value;
  for (const name of path.split('/').slice(1)) {
    if (typeof found !== 'object' || found === null) return {};
    found = Reflect.get(found, name.replaceAll('~1', '/').replaceAll('~0', '~'));
  }
  return typeof found === 'string' || typeof found === 'number' ? { value: String(found).slice(0, 120) } : {};
}

/** PostgreSQL takes neither NUL nor half of a surrogate pair. Where the first is. */
function unstorable(value: unknown, path: string): string | undefined {
  if (typeof value === 'string') return value.includes('\0') || !value.isWellFormed() ? path : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [name, each] of Object.entries(value)) {
    const found = unstorable(name, path) ?? unstorable(each, `${path}/${name}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Texts of a query as the numbers and truth values that the schema has; what is none stays a text, and is refused. */
export function readQuery(schema: TObject, query: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const read: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(query)) {
    const type: unknown = Reflect.get(schema.properties[name] ?? {}, 'type');
    if (type === 'integer' && typeof value === 'string' && /^-?\d{1,15}$/.test(value)) read[name] = Number(value);
    else if (type === 'boolean' && (value === 'true' || value === 'false')) read[name] = value === 'true';
    else if (type === 'array' && typeof value === 'string') read[name] = [value];
    else read[name] = value;
  }
  return read;
}
