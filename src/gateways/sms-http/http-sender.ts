/** Text messages through an HTTP gateway that is described by data: address, method, body, what an answer must have in it. */
import type { Sender, SendOutcome } from '#operations/notifications/ports.ts';

export interface HttpGateway {
  /** May have {to}, {from}, {text} and {id} in it. */
  readonly url: string;
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly contentType: string;
  /** The same placeholders; empty: none is sent. */
  readonly body: string;
  /** Of the header Authorization; undefined: none is sent. */
  readonly authorization: string | undefined;
  readonly sender: string;
  /** What the answer must match besides a status of 2xx. */
  readonly success: RegExp | undefined;
  /** Its first group is what the gateway calls the message. */
  readonly reference: RegExp | undefined;
  readonly timeoutMs: number;
}

/** Of an answer so much is read. */
const MOST_ANSWER = 16_384;
const SHOWN = 300;

export function httpSender(gateway: HttpGateway): Sender {
  return {
    async send({ target, body, notificationId }): Promise<SendOutcome> {
      const values = { to: target, from: gateway.sender, text: body, id: String(notificationId) };
      const { method, contentType, authorization, timeoutMs } = gateway;
      try {
        const response = await fetch(filled(gateway.url, values, encodeURIComponent), {
          method,
          redirect: 'manual',
          signal: AbortSignal.timeout(timeoutMs),
          headers: {
            ...(gateway.body === '' ? {} : { 'content-type': contentType }),
            ...(authorization === undefined ? {} : { authorization }),
          },
          ...(gateway.body === '' || method === 'GET' ? {} : { body: filled(gateway.body, values, escapeFor(contentType)) }),
        });
        return outcomeOf(gateway, response.status, await beginningOf(response));
      } catch (error) {
        return { outcome: 'deferred', answer: causeOf(error) };
      }
    },
  };
}

/** A status that will not be another the next time is final; 408 and 429 pass. */
function outcomeOf({ success, reference }: HttpGateway, status: number, text: string): SendOutcome {
  const answer = `${status} ${text.slice(0, SHOWN).trim()}`.trim();
  if (status >= 200 && status < 300) {
    if (success !== undefined && !success.test(text)) return { outcome: 'refused', answer };
    const named = reference?.exec(text)?.[1];
    return { outcome: 'sent', answer, ...(named === undefined ? {} : { references: [`http:${named}`] }) };
  }
  const isFinal = status >= 400 && status < 500 && status !== 408 && status !== 425 && status !== 429 && status !== 401 && status !== 403;
  return { outcome: isFinal ? 'refused' : 'deferred', answer };
}

function filled(template: string, values: Readonly<Record<string, string>>, written: (text: string) => string): string {
  return template.replaceAll(/\{(to|from|text|id)\}/g, (_, name: string) => written(values[name] ?? ''));
}

/** So that no text can say more than its own field. */
function escapeFor(contentType: string): (text: string) => string {
  if (/json/i.test(contentType)) return (text) => JSON.stringify(text).slice(1, -1);
  if (/xml/i.test(contentType)) return (text) => text.replaceAll(/[<>&"']/g, (character) => `&#${character.charCodeAt(0)};`);
  return /x-www-form-urlencoded/i.test(contentType) ? encodeURIComponent : (text) => text;
}

async function beginningOf(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  if (reader === undefined) return '';
  const chunks: Uint8Array[] = [];
  for (let size = 0; size < MOST_ANSWER; ) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    size += value.length;
  }
  await reader.cancel().catch(() => undefined);
  return Buffer.concat(chunks).toString('utf8', 0, MOST_ANSWER);
}

function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
