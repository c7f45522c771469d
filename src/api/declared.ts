/** What every operation must say of itself. */
import { isPermission } from '#operations/access/permissions.ts';
import { KNOWN, type Operation } from './operation.ts';

/** Throws for a declaration that lacks something: no operation without a permission, no change without a way to repeat it. */
export function demandDeclared({ id, method, path, permission, repetition, audit, parameters }: Operation): void {
  if (permission !== KNOWN && !isPermission(permission)) throw new Error(`${id} declares no permission`);
  const changes = method !== 'GET';
  if (changes !== (repetition !== undefined)) throw new Error(`${id}: what changes something says how it is repeated, and nothing else`);
  if (changes !== (audit !== undefined))
    throw new Error(`${id}: what changes something says what the audit trail has of it, and nothing else`);
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const declared = Object.keys(parameters?.properties ?? {});
  if (inPath.sort().join() !== declared.sort().join()) throw new Error(`${id}: ${path} and its parameters differ`);
}
