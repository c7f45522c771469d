/** Bodies: strict JSON in strict UTF-8. */
import { JsonFault, parseStrictJson } from '#codecs/json/strict-json.ts';
import { RefusedError, refuse } from '#core/refusals.ts';

/** Throws RefusedError (`api.body-malformed`). */
export function readBody(octets: Buffer): unknown {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(octets);
  } catch {
    throw new RefusedError(refuse('api.body-malformed', 'the body is no UTF-8'));
  }
  try {
    return parseStrictJson(text);
  } catch (error) {
    if (error instanceof JsonFault) throw new RefusedError(refuse('api.body-malformed', error.message));
    throw error;
  }
}
