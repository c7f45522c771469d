/** Answers in part: `fields=party,name` gives these and no others, of a list's entries or of the one thing that is read. */
import Type, { type TObject, type TSchema } from 'typebox';
import { RefusedError, refuse } from '#core/refusals.ts';
import { isList } from './lines.ts';
import type { Operation } from './operation.ts';

export const FIELDS = 'fields';

/** Whether its answers can be given in part: what is read, and has names. */
export function hasFields(operation: Operation): boolean {
  return operation.kind === 'json' && operation.method === 'GET' && namesOf(operation).length > 0;
}

/** The query as it is asked, with `fields` where answers can be given in part. */
export function queryOf(operation: Operation): TObject | undefined {
  if (!hasFields(operation)) return operation.query;
  const names = namesOf(operation);
  return Type.Object(
    {
      ...operation.query?.properties,
      ...(isMarked(operation.query?.properties.sort) ? { sort: sortOf(operation) } : {}),
      [FIELDS]: Type.Optional(
        Type.String({
          pattern: '^[A-Za-z0-9]+(,[A-Za-z0-9]+)*$',
          maxLength: 1000,
          description: `Only these, separated by commas: ${names.join(', ')}.`,
        }),
      ),
    },
    { additionalProperties: false },
  );
}

/** Throws RefusedError (`api.field-wrong`) for a name that there is not. */
export function fieldsOf(operation: Operation, query: Readonly<Record<string, unknown>>): readonly string[] | undefined {
  const given = query[FIELDS];
  if (typeof given !== 'string' || !hasFields(operation)) return undefined;
  const [wanted, known] = [given.split(','), namesOf(operation)];
  const wrong = wanted.find((name) => !known.includes(name));
  if (wrong === undefined) return wanted;
  throw new RefusedError(
    refuse('api.field-wrong', `there is no such field; there are ${known.join(', ')}`, { field: `query/${FIELDS}`, value: wrong }),
  );
}

/** An entry, or a page of entries, with nothing but these. */
export function inPart(operation: Operation, body: unknown, fields: readonly string[]): unknown {
  const picked = (value: unknown): unknown =>
    typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value).filter(([name]) => fields.includes(name)))
      : value;
  if (!isPage(operation)) return picked(body);
  const { items, ...rest } = body as { readonly items: readonly unknown[] }; // as its schema says
  return { items: items.map(picked), ...rest };
}

/** `AnySort` of schemas.ts. */
function isMarked(sort: TSchema | undefined): boolean {
  return sort !== undefined && Reflect.get(sort, 'x-any-field') === true;
}

/** The query as handlers have it: what they answer is whole, and the one order of a list is theirs. */
export function handedOn({ query }: Operation, asked: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const orders: unknown = Reflect.get(query?.properties.sort ?? {}, 'enum');
  const left = Array.isArray(orders) && orders.length === 1 ? [FIELDS, 'sort'] : [FIELDS];
  return Object.fromEntries(Object.entries(asked).filter(([name]) => !left.includes(name)));
}

/** Any of its fields that is a text, a number or a truth value. */
function sortOf(operation: Operation): TSchema {
  const entry = itemOf(operation.answer) ?? operation.answer;
  const names = Type.IsObject(entry) ? Object.keys(entry.properties).filter((name) => isScalar(entry.properties[name])) : [];
  const orders = names.flatMap((name) => [name, `-${name}`]);
  return Type.Optional(Type.Enum(orders, { description: 'By this field; `-`: the other way round. Left out: by what names them.' }));
}

function isScalar(schema: TSchema | undefined): boolean {
  return schema !== undefined && !Type.IsObject(schema) && !Type.IsArray(schema) && !Type.IsUnion(schema) && !Type.IsUnknown(schema);
}

function isPage(operation: Operation): boolean {
  return isList(operation) || itemOf(operation.answer) !== undefined;
}

function itemOf(answer: TSchema): TSchema | undefined {
  const items: unknown = Type.IsObject(answer) ? answer.properties.items : undefined;
  return Type.IsArray(items) ? items.items : undefined;
}

function namesOf({ answer }: Operation): readonly string[] {
  return [...new Set(namesIn(itemOf(answer) ?? answer))];
}

function namesIn(schema: TSchema): readonly string[] {
  if (Type.IsObject(schema)) return Object.keys(schema.properties);
  return Type.IsUnion(schema) ? schema.anyOf.flatMap(namesIn) : [];
}
