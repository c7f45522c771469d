/**
 * An external tax service over HTTP: the question as JSON is POSTed, the answer is JSON. Amounts are decimal texts. What comes
 * back is checked before anybody is billed by it. docs/reference/tax.md describes both bodies.
 */
import { type Refusal, type Result, refuse } from '#core/refusals.ts';
import type { TaxAnswer, TaxQuestion } from '#core/tax/tax.ts';
import type { TaxPort } from '#operations/tax/ports.ts';
import { questionJson, readAnswer } from './tax-json.ts';

export interface TaxServiceOptions {
  /** https://…, or http:// for a service on the same machine. */
  readonly url: string;
  /** Sent as a bearer token. */
  readonly token?: string;
  /** For one attempt, until the whole answer is there. */
  readonly timeoutMs: number;
  /** At least 1. */
  readonly attempts: number;
  /** Waits between attempts; given by whoever has a clock. */
  readonly wait: (milliseconds: number) => Promise<void>;
}

/** What an attempt came to: an answer, or a refusal and whether another attempt may go better. */
type Attempt = { readonly answer: Result<TaxAnswer> } | { readonly failed: Refusal; readonly again: boolean };

const FIRST_WAIT_MS = 200;
/** An answer for a document of thousands of lines has some hundred kilobytes. */
const MOST_BYTES = 16_000_000;

/**
 * Refused: `tax.service-unreachable`, `tax.service-timeout`, `tax.service-refused` (the service says no),
 * `tax.service-answer-broken` (what it says does not fit the question). The first two, and its faults 429 and 5xx, are tried again;
 * every attempt of a question has the same Idempotency-Key.
 */
export function jsonTaxService(options: TaxServiceOptions): TaxPort {
  return {
    async answer(question) {
      const body = JSON.stringify(questionJson(question));
      const key = await keyOf(body);
      let last: Refusal | undefined;
      for (let attempt = 0; attempt < options.attempts; attempt += 1) {
        if (attempt > 0) await options.wait(FIRST_WAIT_MS * 2 ** (attempt - 1));
        const made = await ask(options, question, body, key);
        if ('answer' in made) return made.answer;
        last = made.failed;
        if (!made.again) break;
      }
      return { ok: false, refusals: last === undefined ? [] : [last] };
    },
  };
}

async function keyOf(body: string): Promise<string> {
  return Buffer.from(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(body))).toString('hex');
}

async function ask({ url, token, timeoutMs }: TaxServiceOptions, question: TaxQuestion, body: string, key: string): Promise<Attempt> {
  const at = { field: 'url', value: withoutSecrets(url) };
  try {
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        'idempotency-key': key,
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      body,
    });
    const text = await readText(response);
    if (text === undefined)
      return { failed: refuse('tax.service-answer-broken', `the answer has more than ${MOST_BYTES} bytes`, at), again: false };
    if (response.status === 429 || response.status >= 500)
      return { failed: refuse('tax.service-unreachable', `the tax service answers ${response.status}`, at), again: true };
    if (!response.ok)
      return {
        failed: refuse('tax.service-refused', `the tax service answers ${response.status}: ${text.slice(0, 300)}`, at),
        again: false,
      };
    return { answer: readAnswer(text, question) };
  } catch (error) {
    // AbortSignal.timeout aborts with this name, also while the body is read.
    if (error instanceof Error && error.name === 'TimeoutError')
      return { failed: refuse('tax.service-timeout', `no answer within ${timeoutMs} ms`, at), again: true };
    return { failed: refuse('tax.service-unreachable', `the tax service cannot be reached: ${causeOf(error)}`, at), again: true };
  }
}

/** Undefined when there is more than any answer has. */
async function readText(response: Response): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** fetch says only "fetch failed"; why is in its cause. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}

function withoutSecrets(url: string): string {
  const shown = new URL(url);
  shown.username = '';
  shown.password = '';
  shown.search = '';
  return shown.href;
}
