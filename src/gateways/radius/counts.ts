/** What the gateway has done, for its operator. */

/** Why a packet was dropped without an answer. */
export const dropReasons = {
  'unknown-client': 'from an address that no client has',
  malformed: 'not RADIUS, or cut off',
  'unexpected-code': 'a code that is not for this port',
  'wrong-secret': 'an authenticator or Message-Authenticator of another secret',
  'no-message-authenticator': 'an Access-Request without Message-Authenticator (CVE-2024-3596)',
  repeated: 'a repetition of a request that is not answered yet',
  overload: 'more requests without an answer than are allowed',
  'not-charged': 'charging is too busy or at fault: the NAS asks again',
  incomplete: 'without an attribute that it needs',
} as const;
export type DropReason = keyof typeof dropReasons;

export class RadiusCounts {
  /** `client code result`. */
  readonly answered = new Map<string, number>();
  readonly dropped = new Map<DropReason, number>();
  /** `Disconnect-Request ack`, `CoA-Request nak`, `… silence`. */
  readonly dynamic = new Map<string, number>();
  /** Requests that came again and got the same octets. */
  repetitions = 0;
  /** Reports of sessions that are over, or of nobody we know: nothing was charged for them. */
  uncharged = 0;
  /** Reports with a counter that went back. */
  wentBack = 0;

  answer(client: string, code: string, result: string): void {
    add(this.answered, `${client} ${code} ${result}`);
  }

  drop(reason: DropReason): void {
    add(this.dropped, reason);
  }

  asked(request: string, result: 'ack' | 'nak' | 'silence'): void {
    add(this.dynamic, `${request} ${result}`);
  }
}

function add<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
