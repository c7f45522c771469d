import { readFile } from 'node:fs/promises';
import { RefusedError, refuse } from '#core/refusals.ts';
import type { SecretReference } from '#core/usage/collecting.ts';

/** The secret that a reference names; read anew whenever a place is opened. Throws RefusedError (`collect.secret-missing`). */
export async function readSecret(reference: SecretReference): Promise<string> {
  const missing = (problem: string): RefusedError => new RefusedError(refuse('collect.secret-missing', `${reference} ${problem}`));
  if (reference.startsWith('env:')) {
    const value = process.env[reference.slice('env:'.length)] ?? '';
    if (value === '') throw missing('is not set');
    return value;
  }
  let text: string;
  try {
    text = await readFile(reference.slice('file:'.length), 'utf8');
  } catch (error) {
    throw missing(`cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  const value = text.replace(/\r?\n$/, '');
  if (value === '') throw missing('is empty');
  return value;
}

/** Undefined where there is no reference. */
export async function readOptionalSecret(reference: SecretReference | undefined): Promise<string | undefined> {
  return reference === undefined ? undefined : readSecret(reference);
}
