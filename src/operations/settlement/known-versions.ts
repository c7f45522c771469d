import type { Agreement } from '#core/agreements/agreements.ts';

/** Numbers of the versions of an agreement that are known, in their order: what a statement was made under. */
export function knownVersionsOf(known: readonly Agreement[]): string {
  return known.map(({ versionId }) => versionId).join(' ');
}
