/** Values that a schema allows, and values that are wrong in one place. */
import fc, { type Arbitrary } from 'fast-check';

interface Schema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

const MOST_LENGTH = 24;

export function anyOf(given: object): Arbitrary<unknown> {
  const schema = given as Schema; // of the words that our schemas use
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  if (schema.anyOf !== undefined) return fc.oneof(...schema.anyOf.map(anyOf));
  switch (schema.type) {
    case 'string': {
      const fits = (text: string): boolean =>
        text.length >= (schema.minLength ?? 0) && text.length <= (schema.maxLength ?? 600) && text.isWellFormed();
      return (
        schema.pattern === undefined
          ? fc.string({ maxLength: MOST_LENGTH, unit: 'grapheme' })
          : fc.stringMatching(new RegExp(schema.pattern))
      ).filter(fits);
    }
    case 'integer':
      return fc.integer({ min: schema.minimum ?? -1_000, max: Math.min(schema.maximum ?? 1_000, 2_000_000_000) });
    case 'boolean':
      return fc.boolean();
    case 'array':
      return fc.array(anyOf(schema.items ?? {}), { minLength: schema.minItems ?? 0, maxLength: Math.min(schema.maxItems ?? 3, 3) });
    case 'object': {
      const parts = Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, each]) => [name, anyOf(each)]));
      return fc.record(parts, { requiredKeys: [...(schema.required ?? [])], noNullPrototype: true });
    }
    default:
      return fc.jsonValue();
  }
}

const hostile: readonly unknown[] = [
  ...[null, '', ' ', -1, 0, 1.5, 1e300, true, [], {}, [[]], '\u202eabc', '=cmd()', '../../etc/passwd', "'; drop table api_key; --"],
  ...['<script>', 'x'.repeat(5_000), '\0', '\ud800', '💥', '2026-02-30T25:61:61Z', '-0.00', '99999999999999999999.99'],
];

/** The value with one field taken away, added, or put in place of by something that nobody wants. */
export function wrongIn(value: unknown): Arbitrary<unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return fc.constantFrom(...hostile);
  const names = Object.keys(value);
  const replaced = (name: string, put: unknown): unknown => ({ ...value, [name]: put });
  return fc.oneof(
    fc.constant({ ...value, surprise: 1 }),
    fc.constantFrom(...hostile),
    ...names.flatMap((name) => {
      const { [name]: inner, ...others } = value as Record<string, unknown>; // an object, as was looked
      return [
        fc.constant(others as unknown),
        fc.constantFrom(...hostile).map((put) => replaced(name, put)),
        wrongIn(inner).map((put) => replaced(name, put)),
      ];
    }),
  );
}
