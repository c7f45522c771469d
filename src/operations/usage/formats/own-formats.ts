import type { Formats } from '#core/usage/format.ts';
import { joinFormats, parseFormat } from './format.ts';
import { shippedFormats } from './shipped-formats.ts';

/**
 * The formats that a configuration declares, and the shipped ones. A declaration that is refused where it stands is left
 * out here; a source that names it then has no such format.
 */
export function formatsAmong(declared: readonly { readonly id: string; readonly [key: string]: unknown }[]): Formats {
  return joinFormats(
    declared.flatMap((value) => {
      const parsed = parseFormat(value);
      return parsed.ok ? [parsed.value] : [];
    }),
    shippedFormats,
  );
}
