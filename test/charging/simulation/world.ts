/** Accounts, pools, and peers that use them: what each peer asked and was told is all that the auditor gets. */
import type { ChargingAnswer } from '#core/charging/answer.ts';
import type { ChargingRequest } from '#core/charging/request.ts';
import { seeded } from '../../support/seeded.ts';

export interface SimulatedAccount {
  readonly id: string;
  readonly nanos: bigint;
  readonly pool: string | undefined;
}

/** What a peer does, step by step. */
export interface PeerPlan {
  readonly seed: number;
  readonly account: string;
  readonly session: string;
  /** `session`, or one event. */
  readonly kind: 'session' | 'event';
  readonly updates: number;
  /** It says nothing any more behind its last answer. */
  readonly vanishes: boolean;
}

export interface World {
  readonly accounts: readonly SimulatedAccount[];
  readonly peers: readonly PeerPlan[];
  readonly topUps: readonly { readonly account: string; readonly key: string; readonly nanos: bigint }[];
}

/** A request that was answered for good: what counts. */
export interface Answered {
  readonly account: string;
  readonly request: ChargingRequest;
  readonly answer: ChargingAnswer;
}

export function makeWorld(seed: number, size: number): World {
  const random = seeded(seed);
  const below = (most: number): number => Math.floor(random() * most);
  const accounts: SimulatedAccount[] = [];
  for (let pool = 0; pool < Math.max(2, size / 20); pool += 1)
    accounts.push({ id: `pool-${pool}`, nanos: BigInt(below(400_000)), pool: undefined });
  const pools = accounts.length;
  for (let index = 0; index < size; index += 1)
    accounts.push(
      random() < 0.4
        ? { id: `member-${index}`, nanos: 0n, pool: `pool-${below(pools)}` }
        : { id: `own-${index}`, nanos: BigInt(below(120_000)), pool: undefined },
    );
  const users = accounts.slice(pools);
  const peers = Array.from(
    { length: size * 4 },
    (_, index): PeerPlan => ({
      seed: seed * 1_000_003 + index,
      account: users[below(users.length)]?.id ?? '',
      session: `peer${below(5)};${seed};${index}`,
      kind: random() < 0.3 ? 'event' : 'session',
      updates: below(6),
      vanishes: random() < 0.15,
    }),
  );
  const topUps = Array.from({ length: size / 2 }, (_, index) => ({
    account: accounts[below(accounts.length)]?.id ?? '',
    key: `top-up-${index}`,
    nanos: BigInt(below(50_000)),
  }));
  return { accounts, peers, topUps };
}
