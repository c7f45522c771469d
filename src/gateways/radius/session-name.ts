/**
 * The names of sessions in charging, which the NAS carries in Class: `radius/<client>/<nas>/<which>/<where>`. The client and its NAS are there so that
 * all sessions of one can be found; `which` is the same for a request that comes again; `where`, in names that the NAS
 * cannot have from its own id of the session, is what a Disconnect needs after a restart.
 */
import { createHash } from 'node:crypto';
import { RADIUS_SESSIONS } from '#core/charging/session-names.ts';

/** What names a session to its NAS (RFC 5176 §3). */
export interface SessionPlace {
  /** Where the NAS's requests come from. */
  readonly address: string;
  readonly userName?: string;
  readonly acctSessionId?: string;
  readonly callingStation?: string;
  readonly framedIp?: string;
  readonly nasIdentifier?: string;
  readonly nasIp?: string;
}

/** What Class holds: 253 octets. */
const MOST_NAME = 253;

export function sessionName(client: string, nas: string, which: readonly string[], where?: SessionPlace): string {
  const name = `${sessionPrefix(client, nas)}${digest(which, 22)}`;
  if (where === undefined) return name;
  const { address, userName, acctSessionId, callingStation, framedIp, nasIdentifier, nasIp } = where;
  const placed = [address, userName, acctSessionId, callingStation, framedIp, nasIdentifier, nasIp].map((each) => each ?? '');
  const long = `${name}/${Buffer.from(placed.join('\0')).toString('base64url')}`;
  return long.length <= MOST_NAME ? long : name;
}

/** What names of all sessions of a NAS begin with. `nas`: what it calls itself. */
export function sessionPrefix(client: string, nas: string): string {
  return `${RADIUS_SESSIONS}${client}/${digest([nas], 8)}/`;
}

/** Undefined for a name that is none of ours. */
export function readSessionName(name: string): { readonly client: string; readonly place: SessionPlace | undefined } | undefined {
  const [, client, where] = /^radius\/([\w-]+)\/[\w-]{8}\/[\w-]{22}(?:\/([\w-]+))?$/.exec(name) ?? [];
  if (client === undefined) return undefined;
  if (where === undefined) return { client, place: undefined };
  const [address = '', ...others] = Buffer.from(where, 'base64url').toString().split('\0');
  const names = ['userName', 'acctSessionId', 'callingStation', 'framedIp', 'nasIdentifier', 'nasIp'] as const;
  const present = names.flatMap((key, index) => (others[index] ? [[key, others[index]] as const] : []));
  return { client, place: { address, ...Object.fromEntries(present) } };
}

function digest(parts: readonly string[], characters: number): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${part.length}:${part}`);
  return hash.digest('base64url').slice(0, characters);
}
