/** Refusals as problem documents (RFC 9457). */
import type { Static } from 'typebox';
import { refusals as meanings, type Refusal } from '#core/refusals.ts';
import type { Problem } from './schemas.ts';

export const PROBLEM_TYPE = 'application/problem+json';
const MOST_REFUSALS = 100;

export function problemOf(refusals: readonly [Refusal, ...Refusal[]], requestId: string): Static<typeof Problem> {
  const [{ code, message }] = refusals;
  const { meaning, http, remedy } = meanings[code];
  return {
    type: `urn:carillon:refusal:${code}`,
    title: meaning,
    status: http,
    detail: message,
    instance: `urn:carillon:request:${requestId}`,
    code,
    remedy,
    refusals: refusals.slice(0, MOST_REFUSALS).map((refusal) => ({
      code: refusal.code,
      message: refusal.message,
      ...(refusal.at?.field === undefined ? {} : { field: refusal.at.field }),
      ...(refusal.at?.value === undefined ? {} : { value: refusal.at.value }),
      ...(refusal.at?.file === undefined ? {} : { file: refusal.at.file }),
      ...(refusal.at?.line === undefined ? {} : { line: refusal.at.line }),
    })),
  };
}
