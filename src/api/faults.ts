/** What is thrown while a request is answered, as refusals. */
import { type Refusal, RefusedError, refuse } from '#core/refusals.ts';

/** What the library says no to, by its codes. */
const libraryFaults: Readonly<Record<string, (bodyTypes: readonly string[]) => Refusal>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: () => refuse('api.body-too-large', 'the body is longer than this operation takes'),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: typeRefusal,
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: () => refuse('api.body-malformed', 'the body is not as long as Content-Length says'),
  FST_ERR_CTP_EMPTY_JSON_BODY: () => refuse('api.body-malformed', 'the body is empty'),
  // Of methods that have a body by their nature (QUERY), before it is looked whether there is such a one here.
  FST_ERR_ROUTE_MISSING_CONTENT_TYPE: typeRefusal,
  FST_ERR_BAD_URL: () => refuse('api.address-malformed', 'the address is not percent-encoded as it must be'),
  FST_ERR_MAX_PARAM_LENGTH: () => refuse('api.address-malformed', 'a name in the address is too long'),
};

/** The body is of another type than those that the operation reads. */
export function typeRefusal(bodyTypes: readonly string[]): Refusal {
  return refuse('api.body-type', `the body must be ${bodyTypes.join(' or ')}`, { field: 'Content-Type' });
}

/** Undefined: a fault of ours. `faultOf` knows those that an operator can mend; `bodyTypes` are those that the operation reads. */
export function refusalsOf(
  error: unknown,
  faultOf: (error: unknown) => Refusal | undefined,
  bodyTypes: readonly string[],
): readonly [Refusal, ...Refusal[]] | undefined {
  if (error instanceof RefusedError) {
    const [first, ...others] = error.refusals;
    return first === undefined ? undefined : [first, ...others];
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  // The client's connection, in the words of the library that read its body; not one of ours.
  if (code === 'ECONNRESET' && error instanceof Error && 'statusCode' in error)
    return [refuse('api.body-malformed', 'the body ended before it was whole')];
  const over = waitOver(error);
  if (over !== undefined) return [over];
  const known = libraryFaults[code]?.(bodyTypes) ?? faultOf(error);
  return known === undefined ? undefined : [known];
}

/** No connection of the pool came free in time (in the words of the library pg-pool), or PostgreSQL ended what took too long (57014). */
function waitOver(error: unknown): Refusal | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error.message === 'timeout exceeded when trying to connect') return refuse('api.too-busy', 'the database did not come to it in time');
  if ('code' in error && error.code === '57014') return refuse('api.read-too-long', 'the database was not done with it in time');
  return waitOver(error.cause);
}

/** Of faults below HTTP: a request that is none, or does not come. */
export function connectionRefusal(code: string): Refusal {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return refuse('api.too-slow', 'the request did not come in time');
  if (code === 'HPE_HEADER_OVERFLOW') return refuse('api.headers-too-large', 'the headers are too long');
  return refuse('api.address-malformed', 'this is no HTTP request');
}
