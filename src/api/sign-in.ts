/** The addresses of sign-in: below `/v1/sign-in`, for browsers. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Refusal, RefusedError, refuse } from '#core/refusals.ts';
import { ADDRESS_HEADER, SIGN_IN_PATH, type SignIn } from '#operations/access/ports.ts';
import type { Actor, Deed } from '#operations/audit-trail/ports.ts';
import type { AuditTrail } from './audit.ts';

const MOST_BODY_BYTES = 8_192;

/** Without `signIn` every one of them answers `access.sign-in-off`. */
export function addSignIn(server: FastifyInstance, signIn: SignIn | undefined, trail: AuditTrail): void {
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
      const deed = request.method === 'GET' ? undefined : await deedOf(signIn, request);
      const answer = await signIn.handle(requestOf(request, signIn.origin));
      if (answer.status < 400) {
        if (deed !== undefined) await trail.append({ ...deed, stage: 'done' });
        return send(reply, answer);
      }
      const refusal = await refusalOf(answer);
      // Who is refused for asking too often must not fill the trail.
      if (deed !== undefined && answer.status !== 429) await trail.append({ ...deed, stage: 'refused', code: refusal.code });
      throw new RefusedError(refusal);
    },
  });
}

/** Who signs in, or changes how; before it is done, since signing out forgets who it was. */
async function deedOf(signIn: SignIn, request: FastifyRequest): Promise<Deed> {
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
  return { actor, subject, operation: request.url.slice(SIGN_IN_PATH.length + 1).split('?')[0] ?? '', requestId: request.id };
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
  if (answer.status === 400 && code === 'INVALID_TOKEN') return refuse('access.invitation-over', 'this invitation was taken, or is over');
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

async function send(reply: FastifyReply, answer: Response): Promise<FastifyReply> {
  for (const cookie of answer.headers.getSetCookie()) void reply.header('set-cookie', cookie);
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
