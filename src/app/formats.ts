/** Formats for people: which there are and what one says; try-format.ts reads a file by one. Nothing is stored and no database is opened. */
import { RefusedError, valueOrThrow } from '#core/refusals.ts';
import type { FormatDeclaration, Formats } from '#core/usage/format.ts';
import { formatUnknown } from '#operations/usage/formats/format.ts';
import { formatsAmong } from '#operations/usage/formats/own-formats.ts';
import { shippedFormats } from '#operations/usage/formats/shipped-formats.ts';

export interface KnownFormats {
  readonly formats: Formats;
  /** Ids of those that the folder declares. */
  readonly own: ReadonlySet<string>;
  readonly sources: readonly { readonly id: string }[];
}

/** The shipped formats, and those of a configuration folder. Throws RefusedError with every fault of the folder. */
export async function knownFormats(config: string | undefined): Promise<KnownFormats> {
  if (config === undefined) return { formats: shippedFormats, own: new Set(), sources: [] };
  // All that configuration is made of: most of a short command's time, where there is no folder for nothing.
  const { readConfiguration } = await import('./configuration.ts');
  const { formats, sources } = valueOrThrow(readConfiguration(config));
  return { formats: formatsAmong(formats), own: new Set(formats.map(({ id }) => id)), sources };
}

export interface ListedFormat {
  readonly format: FormatDeclaration;
  readonly own: boolean;
}

export async function listFormats(config?: string): Promise<readonly ListedFormat[]> {
  const { formats, own } = await knownFormats(config);
  return formats.ids().flatMap((id) => {
    const format = formats.find(id);
    return format === undefined ? [] : [{ format, own: own.has(id) }];
  });
}

/** Throws RefusedError (`format.unknown`). */
export async function findFormat(id: string, config?: string): Promise<FormatDeclaration> {
  const { formats } = await knownFormats(config);
  const format = formats.find(id);
  if (format === undefined) throw new RefusedError(formatUnknown(id, formats.ids(), config !== undefined));
  return format;
}
