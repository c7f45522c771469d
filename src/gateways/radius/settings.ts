/** Who may ask, what is believed of them, and what they are told. */
import type { Dialect } from '#codecs/radius/dictionary.ts';
import type { NamedValue } from '#codecs/radius/write-value.ts';
import type { ChargingResult } from '#core/charging/answer.ts';

/** How a user proves who it is. `none`: the NAS vouches (SIP switches). `mac`: the name is the address of the station. */
export const authentications = ['password', 'mac', 'none'] as const;
export type Authentication = (typeof authentications)[number];

export interface RadiusClient {
  /** Letters, digits, `_` and `-`: a part of the names of its sessions. */
  readonly name: string;
  /** Addresses and networks that it asks from. */
  readonly networks: readonly string[];
  readonly secret: Uint8Array;
  /** Whether Access-Requests without Message-Authenticator are dropped (CVE-2024-3596); without, those with Proxy-State still are. */
  readonly messageAuthenticator: 'required' | 'optional';
  readonly service: 'data' | 'voice';
  /** The code that rates match, where the packet has none. */
  readonly called: string | undefined;
  readonly authentication: readonly Authentication[];
  /** Who is charged where nobody proves who it is. */
  readonly identity: 'user-name' | 'calling-station-id';
  /** All that there is, or as much as the plan gives at a time: `portions` is for those that report in between. */
  readonly grant: 'whole' | 'portions';
  /** Reports are wanted so often; 0: not at all. */
  readonly interimSeconds: number;
  /** What it understands besides Session-Timeout. */
  readonly dialects: readonly Dialect[];
  /** Where it takes Disconnect and CoA (RFC 5176); undefined: it does not. */
  readonly dynamic: { readonly port: number; readonly coa: boolean } | undefined;
  /** In every Access-Accept. */
  readonly accept: readonly NamedValue[];
  /** By name: what a control of spending slows down to, `redirect` and `restrict`. `{to}` in texts is replaced. */
  readonly profiles: ReadonlyMap<string, readonly NamedValue[]>;
  /** Reply-Message of a refusal, where not the usual one. */
  readonly messages: Partial<Record<Refused, string>>;
}

/** Why an Access-Request is refused. */
export type Refused =
  | Exclude<ChargingResult, 'granted' | 'no-charge' | 'too-busy' | 'unable-to-comply' | 'out-of-order'>
  | 'not-authenticated';

export interface ListenAddress {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
}

/** Packets, milliseconds. */
export interface RadiusLimits {
  /** Requests without an answer; beyond, they are dropped: the NAS asks again. */
  readonly mostOutstanding: number;
  /** For how long a request that comes again gets the same octets (RFC 5080 §2.2.2). */
  readonly keepAnswersMs: number;
  readonly mostAnswers: number;
  /** Sessions whose NAS is remembered; the longest unheard is forgotten. */
  readonly mostSessions: number;
  /** First wait for an answer to Disconnect and CoA; twice as long each time. */
  readonly dynamicMs: number;
  readonly dynamicTries: number;
  /** Disconnects and CoAs that wait for a NAS that has 256 under way. */
  readonly mostWaiting: number;
  /** Passwords checked at a time: each takes some 30 ms of a thread. */
  readonly mostPasswords: number;
}

export const defaultRadiusLimits: RadiusLimits = {
  mostOutstanding: 4_096,
  keepAnswersMs: 30_000,
  mostAnswers: 65_536,
  mostSessions: 200_000,
  dynamicMs: 2_000,
  dynamicTries: 3,
  mostWaiting: 10_000,
  mostPasswords: 64,
};
