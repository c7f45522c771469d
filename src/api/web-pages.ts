/** The pages of console and portal: what their build made, from memory, so that no path of a request ever reaches the disk. */
import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { BrandDesk, BrandShown } from './brand.ts';

export interface WebFile {
  readonly type: string;
  readonly plain: Buffer;
  readonly brotli?: Buffer;
  readonly gzip?: Buffer;
}

/** What the build made. */
export interface WebFiles {
  /** The one page, with `NONCE_PLACE` where its nonce goes, and `BRAND_PLACE` where it says whose it is. */
  readonly index: string;
  /** By address; each has the hash of its content in its name. */
  readonly assets: ReadonlyMap<string, WebFile>;
}

/** Throws RefusedError (`web.not-built`). Asked at every request; kept by who gives it. */
export type Web = () => Promise<WebFiles>;

export const NONCE_PLACE = '__nonce__';
const BRAND_PLACE = '__brand__';
export const ASSETS_PATH = '/assets/';

/** Whose deep links are not pages. */
const NOT_PAGES = /^\/(?:v1|assets|brand|reference|health|openapi\.json)(?:[/?]|$)/;
const FOREVER = 'public, max-age=31536000, immutable';

/** Whose pages they are, for those that are shown before anybody is signed in. */
export type Brands = Pick<BrandDesk, 'operators'>;

export function addWeb(server: FastifyInstance, web: Web, brands: Brands | undefined): void {
  server.get(`${ASSETS_PATH}*`, async (request, reply) => {
    const { assets } = await web();
    const file = assets.get(request.url.split('?')[0] ?? '');
    if (file === undefined) return reply.callNotFound();
    const accepted = String(request.headers['accept-encoding'] ?? '');
    const [coding, body] =
      file.brotli !== undefined && /\bbr\b/.test(accepted)
        ? ['br', file.brotli]
        : file.gzip !== undefined && /\bgzip\b/.test(accepted)
          ? ['gzip', file.gzip]
          : [undefined, file.plain];
    if (coding !== undefined) void reply.header('content-encoding', coding);
    return reply.headers({ 'content-type': file.type, 'cache-control': FOREVER, vary: 'accept-encoding' }).send(body);
  });
  server.get('/', async (_request, reply) => sendIndex(reply, web, brands));
}

/** An address inside the console that a browser opens: a link that somebody was sent. */
export function isDeepLink({ method, url, headers }: FastifyRequest): boolean {
  return method === 'GET' && !NOT_PAGES.test(url) && /\btext\/html\b/.test(headers.accept ?? '');
}

export async function sendIndex(reply: FastifyReply, web: Web, brands: Brands | undefined): Promise<FastifyReply> {
  const [{ index }, brand] = await Promise.all([web(), brands?.operators().catch(() => undefined)]); // a page that says what is wrong needs none
  const nonce = randomBytes(16).toString('base64');
  return reply
    .headers({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policyOf(nonce),
      'cache-control': 'no-cache',
      'cross-origin-opener-policy': 'same-origin',
      'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    })
    .send(index.replaceAll(NONCE_PLACE, nonce).replace(BRAND_PLACE, () => brandText(brand)));
}

/** In the attribute of an element. */
function brandText(brand: BrandShown | undefined): string {
  if (brand === undefined) return '';
  return JSON.stringify(brand).replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** No script in the page; styles in it only those that Mantine makes, by the nonce. `blob:` frames show a PDF beside its data. */
function policyOf(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "frame-src 'self' blob:",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
