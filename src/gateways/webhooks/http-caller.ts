/** Calls of webhooks by HTTP: to addresses that are allowed, without following elsewhere, within a time, and little of the answer is read. */
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { BlockList, LookupFunction } from 'node:net';
import type { WebhookCaller, WebhookOutcome, WebhookRequest } from '#operations/webhooks/ports.ts';
import { type Resolved, resolveTarget } from './addresses.ts';

export interface CallerSettings {
  /** Networks that are not public and may be called; there also without TLS. */
  readonly allowed: BlockList;
  readonly timeoutMs: number;
}

const MOST_ANSWER = 2_000;

export function httpCaller(settings: CallerSettings): WebhookCaller {
  return {
    async call(request) {
      try {
        return await call(settings, request);
      } catch (error) {
        return { outcome: 'deferred', status: undefined, answer: error instanceof Error ? error.message : String(error) };
      }
    },
  };
}

async function call({ allowed, timeoutMs }: CallerSettings, { url: text, headers, body }: WebhookRequest): Promise<WebhookOutcome> {
  const url = new URL(text);
  const resolved = await resolveTarget(url, allowed);
  if ('refused' in resolved) return { outcome: 'refused', status: undefined, answer: resolved.refused };
  return send(url.protocol === 'http:' ? requestHttp : requestHttps, url, resolved, { headers, body, timeoutMs });
}

function send(
  request: typeof requestHttp,
  url: URL,
  resolved: readonly Resolved[],
  { headers, body, timeoutMs }: { readonly headers: WebhookRequest['headers']; readonly body: string; readonly timeoutMs: number },
): Promise<WebhookOutcome> {
  return new Promise((resolve, reject) => {
    // The addresses that were looked at, and no others: a name may have other addresses by the next question.
    const pinned: LookupFunction = (_, options, callback) => {
      const [first] = resolved;
      if (options.all === true) callback(null, [...resolved]);
      else callback(null, first?.address ?? '', first?.family ?? 4);
    };
    const sent = request(
      url,
      {
        method: 'POST',
        lookup: pinned,
        agent: false,
        headers: { ...headers, 'content-length': Buffer.byteLength(body) },
        signal: AbortSignal.timeout(timeoutMs),
      },
      (response) => {
        const status = response.statusCode ?? 0;
        let text = '';
        response.setEncoding('utf8');
        const done = (): void => {
          response.destroy();
          resolve(outcomeOf(status, text));
        };
        response.on('data', (chunk: string) => {
          text += chunk;
          if (text.length >= MOST_ANSWER) done();
        });
        response.on('end', done);
        response.on('error', () => done());
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

/** 2xx is taken. 410 says: never again. All else may be mended. A redirection is none: who moves says where to. */
function outcomeOf(status: number, text: string): WebhookOutcome {
  const answer = text.slice(0, MOST_ANSWER).replaceAll('\0', '').trim();
  if (status >= 200 && status < 300) return { outcome: 'sent', status, answer };
  return { outcome: status === 410 ? 'refused' : 'deferred', status, answer };
}
