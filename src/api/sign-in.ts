/** The addresses of sign-in: below `/v1/sign-in`, for browsers. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Refusal, RefusedError, refuse } from '#core/refusals.ts';
import { placeOf } from '#operations/access/place.ts';
import { ADDRESS_HEADER, SIGN_IN_PATH, type SignIn } from '#operations/access/ports.ts';
import type { Actor, Deed } from '#operations/audit-trail/ports.ts';
import type { AuditTrail } from './audit.ts';
import { PlaceLimit } from './place-limit.ts';

/** A passkey with its attestation is the longest. */
const MOST_BODY_BYTES = 16_384;
/** Attempts of all kinds from one place: a house behind one address is many people. */
const MOST_A_MINUTE = 120;
const MINUTE_MS = 60_000;

/** Without `signIn` every one of them answers `access.sign-in-off`. */
export function addSignIn(server: FastifyInstance, signIn: SignIn | undefined, trail: AuditTrail): void {
  const places = new PlaceLimit(MOST_A_MINUTE, MINUTE_MS);
  server.route({
    method: ['GET', 'POST'],
    url: `${SIGN_IN_PATH}/*`,
    bodyLimit: MOST_BODY_BYTES,
    handler: async (request, reply) => {
      if (signIn === undefined) throw new RefusedError(refuse('access.sign-in-off', 'people cannot sign in here'));
      // What changes something must come from our own page: better-auth lets a request without cookies come from anywhere.
      const { origin } = request.headers;
      if (request.method !== 'GET' && origin !== signIn.origin) {
        throw new RefusedError(refuse('access.origin-wrong', `this was asked by a page of ${origin?.slice(0, 200) ?? 'no address'}`));
      }
      // Only what there is leaves an entry in the audit trail, and from one place only so many.
      const path = pathOf(request);
      const route = signIn.route(path);
      if (route?.method !== request.method) throw new RefusedError(refuse('api.resource-unknown', 'there is nothing at this address'));
      if (route.isTold && !places.take(placeOf(request.ip), performance.now()))
        throw new RefusedError(refuse('access.sign-in-too-often', 'too many attempts from this place'));
      const deed = route.isTold ? await deedOf(signIn, request, path) : undefined;
      const { answer, about } = await signIn.handle(requestOf(request, signIn.origin));
      const told =
        deed === undefined ? undefined : { ...deed, ...(about === undefined ? {} : { subject: { kind: 'sign-in', id: about } }) };
      const away = answer.headers.get('location');
      const refusal = away === null ? (answer.status < 400 ? undefined : await refusalOf(answer)) : refusedThere(away);
      // Who is refused for asking too often must not fill the trail.
      if (told !== undefined && answer.status !== 429)
        await trail.append(refusal === undefined ? { ...told, stage: 'done' } : { ...told, stage: 'refused', code: refusal.code });
      if (refusal !== undefined && away === null) throw new RefusedError(refusal);
      return send(reply, answer, away);
    },
  });
}

function pathOf({ url }: FastifyRequest): string {
  return (url.split('?')[0] ?? '').slice(SIGN_IN_PATH.length);
}

/** What the page of sign-in is told in its address. */
function refusedThere(address: string): Refusal | undefined {
  const code = URL.canParse(address) ? new URL(address).searchParams.get('refused') : null;
  if (code !== 'access.single-sign-on-unknown' && code !== 'access.single-sign-on-failed') return undefined;
  return refuse(code, 'single sign-on was refused');
}

/** Who signs in, or changes how; before it is done, since signing out forgets who it was. */
async function deedOf(signIn: SignIn, request: FastifyRequest, path: string): Promise<Deed> {
  const { cookie } = request.headers;
  const person = cookie === undefined ? undefined : await signIn.personOf(new Headers({ cookie }));
  const email: unknown =
    typeof request.body === 'object' && request.body !== null && 'email' in request.body ? request.body.email : undefined;
  const said = typeof email === 'string' ? email.toLowerCase().slice(0, 254) : '';
  const actor: Actor =
    person === undefined
      ? { kind: 'nobody', id: said, name: said, address: request.ip }
      : { kind: 'user', id: person.id, name: person.email, address: request.ip, session: person.session, party: person.party };
  const subject = { kind: 'sign-in', id: person?.email ?? said };
  return { actor, subject, operation: path.slice(1), requestId: request.id };
}

function requestOf(request: FastifyRequest, origin: string): Request {
  const headers = new Headers();
  for (const name of ['cookie', 'origin', 'user-agent']) {
    const value = request.headers[name];
    if (typeof value === 'string') headers.set(name, value);
  }
  headers.set(ADDRESS_HEADER, request.ip);
  const body = request.method === 'GET' ? null : JSON.stringify(request.body ?? {});
  if (body !== null) headers.set('content-type', 'application/json');
  return new Request(new URL(request.url, origin), { method: request.method, headers, body });
}

/** better-auth's own words for a no, as ours. */
async function refusalOf(answer: Response): Promise<Refusal> {
  const { code, message } = readProblem(await answer.text());
  if (answer.status === 404) return refuse('api.resource-unknown', 'there is nothing at this address');
  if (answer.status === 429) return refuse('access.sign-in-too-often', message);
  if (/^PASSWORD_TOO_/.test(code)) return refuse('access.password-length', message, { field: 'newPassword' });
  if (code === 'PASSWORD_GUESSABLE') return refuse('access.password-guessable', message, { field: 'newPassword' });
  if (answer.status === 400 && code === 'INVALID_TOKEN') return refuse('access.invitation-over', 'this invitation was taken, or is over');
  if (code === 'SESSION_OLD') return refuse('access.session-old', message);
  if (/^(PASSKEY_|NAME_)/.test(code)) return refuse('access.passkey-refused', message);
  if (answer.status === 401 || /^INVALID_(PASSWORD|CODE|BACKUP_CODE|EMAIL)/.test(code)) return refuse('access.sign-in-wrong', message);
  if (answer.status >= 500) throw new Error(`sign-in answered ${answer.status} ${code}`);
  return refuse('api.field-wrong', message, { field: 'body' });
}

function readProblem(text: string): { readonly code: string; readonly message: string } {
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body !== 'object' || body === null) return { code: '', message: text };
    return {
      code: 'code' in body ? String(body.code) : '',
      message: 'message' in body ? String(body.message) : 'this was not accepted',
    };
  } catch {
    return { code: '', message: 'this was not accepted' };
  }
}

async function send(reply: FastifyReply, answer: Response, away: string | null): Promise<FastifyReply> {
  for (const cookie of answer.headers.getSetCookie()) void reply.header('set-cookie', cookie);
  if (away !== null) return reply.code(302).header('location', away).send();
  const text = await answer.text();
  return reply
    .code(answer.status)
    .type('application/json')
    .send(withoutToken(text === '' ? '{}' : text));
}

/** The session is the cookie's, which scripts cannot read; what better-auth says besides must not hand it to them. */
function withoutToken(text: string): string {
  const body: unknown = JSON.parse(text);
  const strip = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(strip);
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(Object.entries(part).flatMap(([name, value]) => (name === 'token' ? [] : [[name, strip(value)]])));
  };
  return JSON.stringify(strip(body));
}
