/** What is wrong with a BER form and with the paths into it, each with its field: said when a declaration is read. */
import type { BerForm } from './ber-form.ts';
import { type BerEach, berSpecialPaths, resolveBerPath, resolveEach } from './ber-path.ts';
import { type BerFault, compileBerSchema, readTag } from './ber-schema.ts';

/** `paths`: by the field of the declaration that names them. */
export function berFaults(form: BerForm, paths: Readonly<Record<string, readonly string[]>>): readonly BerFault[] {
  const { schema, faults } = compileBerSchema(form);
  if (faults.length > 0) return faults;
  const found: BerFault[] = [];
  for (const tag of form.inside)
    if (readTag(tag) === undefined) found.push({ field: 'inside', problem: 'is not a tag such as "universal 16" or "1"', value: tag });
  const each: BerEach[] = [];
  for (const path of form.each) {
    const lists = resolveEach(schema, path);
    if (typeof lists === 'string') found.push({ field: 'each', problem: lists, value: path });
    else each.push(...lists);
  }
  for (const [field, named] of Object.entries(paths)) {
    for (const path of named) {
      if (berSpecialPaths.some((special) => special === path)) continue;
      const targets = resolveBerPath(schema, each, path);
      if (typeof targets === 'string') found.push({ field, problem: `${JSON.stringify(path)} ${targets}`, value: path });
    }
  }
  return found;
}
