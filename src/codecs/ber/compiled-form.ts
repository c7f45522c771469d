/** A declared form with its schema compiled, once for each source. */
import type { BerForm } from '#core/usage/ber-form.ts';
import { type BerEach, resolveEach } from '#core/usage/ber-path.ts';
import { type BerSchema, compileBerSchema, readTag } from '#core/usage/ber-schema.ts';

export interface CompiledBer {
  readonly form: BerForm;
  readonly schema: BerSchema;
  readonly each: readonly BerEach[];
  readonly inside: readonly number[];
}

const compiled = new WeakMap<BerForm, CompiledBer>();

/** The declaration was checked when it was read (`core/usage/ber-faults.ts`); a path that leads nowhere is left out here. */
export function compileBer(form: BerForm): CompiledBer {
  const known = compiled.get(form);
  if (known !== undefined) return known;
  const { schema } = compileBerSchema(form);
  const each = form.each.flatMap((path) => {
    const lists = resolveEach(schema, path);
    return typeof lists === 'string' ? [] : lists;
  });
  const inside = form.inside.flatMap((tag) => readTag(tag) ?? []);
  const made = { form, schema, each, inside };
  compiled.set(form, made);
  return made;
}
