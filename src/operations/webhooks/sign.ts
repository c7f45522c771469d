/**
 * Signatures as https://www.standardwebhooks.com says: HMAC-SHA256 over id, timestamp and body, so that neither can be exchanged, and an old
 * message cannot be sent again.
 */
import { createHmac } from 'node:crypto';

/** `whsec_` and base64 as the standard writes secrets; any other text is taken as it is. */
function keyOf(secret: string): Buffer {
  const [, encoded] = /^whsec_([A-Za-z0-9+/=]+)$/.exec(secret) ?? [];
  return encoded === undefined ? Buffer.from(secret) : Buffer.from(encoded, 'base64');
}

export interface Signed {
  readonly 'webhook-id': string;
  readonly 'webhook-timestamp': string;
  readonly 'webhook-signature': string;
}

/** `atSeconds` since 1970: of the attempt, so that the receiver can refuse what is old. */
export function signWebhook(secret: string, id: string, atSeconds: number, body: string): Signed {
  const signature = createHmac('sha256', keyOf(secret)).update(`${id}.${atSeconds}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': String(atSeconds), 'webhook-signature': `v1,${signature}` };
}
