/** What a Diameter node says of itself, whom it talks to, and what it allows them. */
import type { Dictionary } from '#codecs/diameter/dictionary.ts';

/** Vendor-Id of a node without a number of its own at IANA: reserved (RFC 6733 §5.3.3 asks for one, and 0 is what such nodes send). */
export const NO_VENDOR = 0;

export interface NodeIdentity {
  /** Origin-Host: a name of its own for each process that answers. */
  readonly host: string;
  readonly realm: string;
  /** Names of the other nodes of the same charging system: what was for one that fell is answered here. */
  readonly others: readonly string[];
  readonly product: string;
  /** Grows with every start, so that a peer sees that one was (RFC 6733 §8.16). */
  readonly originState: number;
  /** Credit control 4, Sy 16777302 …, in CER and CEA. */
  readonly applications: readonly number[];
}

/** Milliseconds, octets and messages; `defaultLimits` has what the standards and experience say. */
export interface ConnectionLimits {
  /** A connection without CER is closed after it. */
  readonly capabilitiesMs: number;
  /** Tw of RFC 3539 §3.4.1, at least 6 seconds: silence for so long is asked with DWR, twice so long ends the connection. */
  readonly watchdogMs: number;
  /** How long an answer to a request of ours is waited for. */
  readonly answerMs: number;
  /** How long a closing connection may take to end by itself. */
  readonly closingMs: number;
  /** A second connection under one name waits so long for the first to show that it lives. */
  readonly probeMs: number;
  /** A message that claims to be longer ends the connection. */
  readonly mostMessageBytes: number;
  /** Requests of a connection that are not answered yet; beyond, nothing more is read from it. */
  readonly mostOutstanding: number;
  /** Answers that a peer does not read; beyond, the connection is closed. */
  readonly mostUnreadBytes: number;
}

export const defaultLimits: ConnectionLimits = {
  capabilitiesMs: 10_000,
  watchdogMs: 30_000,
  answerMs: 10_000,
  closingMs: 2_000,
  probeMs: 2_000,
  mostMessageBytes: 65_536,
  mostOutstanding: 4_096,
  mostUnreadBytes: 4_194_304,
};

export interface ConnectionSettings {
  readonly dictionary: Dictionary;
  readonly identity: NodeIdentity;
  readonly limits: ConnectionLimits;
}

/** Who may connect. */
export interface KnownPeer {
  /** Its Origin-Host; `*` stands for any, `*.example.net` for any below. */
  readonly host: string;
  /** Undefined: any. */
  readonly realm: string | undefined;
  /** Addresses and networks (`192.0.2.0/24`, `2001:db8::/32`) that it comes from; empty: any. */
  readonly addresses: readonly string[];
}

export interface TlsSettings {
  /** PEM. */
  readonly certificate: string;
  readonly key: string;
  /** Of those that sign peers' certificates; then a peer must show one, and its name must be the Origin-Host. */
  readonly authorities: string | undefined;
}

export interface ListenSettings {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  /** From the first octet on, as on port 5868 (RFC 6733 §13.1). */
  readonly tls: TlsSettings | undefined;
}
