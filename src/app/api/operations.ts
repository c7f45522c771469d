/** Every operation of the API, with what it needs. */
import type { Operation } from '#api/operation.ts';

export function apiOperations(): readonly Operation[] {
  return [];
}
