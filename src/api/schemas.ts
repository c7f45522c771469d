/** Parts of schemas that many operations share. */
import Type, { type TSchema } from 'typebox';

/** `12.50`: never a number of JSON, whose readers round. */
export const Amount = Type.String({
  pattern: '^-?(0|[1-9][0-9]{0,17})(\\.[0-9]{1,9})?$',
  description: 'Exact decimal amount with at most nine decimals, as text.',
  examples: ['12.50'],
});

export const Currency = Type.String({ pattern: '^[A-Z]{3}$', description: 'ISO 4217.', examples: ['EUR'] });

export const Money = Type.Object({ amount: Amount, currency: Currency }, { additionalProperties: false });

/** As the server writes it; it reads every RFC 3339 instant with an offset. */
export const Instant = Type.String({
  pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,6})?(Z|[+-]\\d\\d:\\d\\d)$',
  description: 'RFC 3339 with an offset; answers are in UTC.',
  examples: ['2026-11-22T10:45:00Z'],
});

export const LocalDate = Type.String({
  pattern: '^\\d{4}-\\d\\d-\\d\\d$',
  description: 'A day, as the books know it.',
  examples: ['2026-11-22'],
});

/** Characters that control, those that turn the direction of text among them. For a class of a pattern. */
export const CONTROLS = '\\u0000-\\u001f\\u007f\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069';
/** A name that people or other systems gave: no such characters, so that it can be shown and stored. */
export const Name = Type.String({ minLength: 1, maxLength: 255, pattern: `^[^${CONTROLS}]+$` });

export const Text = Type.String({ maxLength: 2000, pattern: '^[^\\u0000]*$' });

/**
 * What one side writes to the other: several lines, with the signs of direction that stand alone (LRM, RLM), as Arabic texts have them, and
 * without those that turn what stands behind them, or control.
 */
export const Words = Type.String({
  maxLength: 2000,
  pattern: '^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f\\u202a-\\u202e\\u2066-\\u2069]*$',
});

export const pageQuery = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, description: 'Entries of a page; 50 when left out.' })),
  cursor: Type.Optional(Type.String({ maxLength: 1000, description: '`next` of the page before; the filters stay the same.' })),
};

/** Stands for the fields of the entries, which the description names (`fields.ts`). */
export const AnySort = Type.String({ maxLength: 100, 'x-any-field': true });

/** Of lists that are read whole. */
export const sortedQuery = { ...pageQuery, sort: Type.Optional(AnySort) };

/** Of lists that have one order: it is named. */
export function orderedBy(order: string) {
  return { ...pageQuery, sort: Type.Optional(Type.Enum([order], { description: 'The one order that it has.' })) };
}

export const USUAL_LIMIT = 50;

/** A page of a list in a stable order. */
export function Page<S extends TSchema>(item: S) {
  return Type.Object(
    {
      items: Type.Array(item),
      next: Type.Union([Type.String(), Type.Null()], { description: 'Cursor of the next page; null: this is the last.' }),
    },
    { additionalProperties: false },
  );
}

/** RFC 9457, with what Carillon says of a refusal. */
export const Problem = Type.Object(
  {
    type: Type.String({ description: '`urn:carillon:refusal:` and the code.' }),
    title: Type.String({ description: 'What the code means.' }),
    status: Type.Integer(),
    detail: Type.String({ description: 'This case, with its figures and names.' }),
    instance: Type.String({ description: '`urn:carillon:request:` and the request id.' }),
    code: Type.String({ description: 'docs/reference/refusals.md lists all.' }),
    remedy: Type.String({ description: 'What to do about it.' }),
    refusals: Type.Array(
      Type.Object(
        {
          code: Type.String(),
          message: Type.String(),
          field: Type.Optional(Type.String({ description: 'JSON pointer, or the name of a parameter.' })),
          value: Type.Optional(Type.String()),
          file: Type.Optional(Type.String({ description: 'Of what was sent.' })),
          line: Type.Optional(Type.Integer({ description: 'Line or row of the file.' })),
        },
        { additionalProperties: false },
      ),
      { description: 'Every fault found, the first of which gives the status.' },
    ),
  },
  { additionalProperties: false },
);
