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
    refusals: refusals.slice(0, MOST_REFUSALS).map(refusalShown),
  };
}

/** With the place that it is about, as far as that is known. */
export function refusalShown({ code, message, at }: Refusal): Static<typeof Problem>['refusals'][number] {
  return {
    ...{ code, message },
    ...(at?.field === undefined ? {} : { field: at.field }),
    ...(at?.value === undefined ? {} : { value: at.value }),
    ...(at?.file === undefined ? {} : { file: at.file }),
    ...(at?.line === undefined ? {} : { line: at.line }),
  };
}
