/** Names that belong to accounts of other engines, as far as they were met: what was found to be theirs is not looked for again. */
import type { ChargingRequest } from '#core/charging/request.ts';
import { type Found, identityKey, KEPT_LONGER } from './ports.ts';

/** What an account is found by. */
export type Want = { readonly kind: 'account' | 'identity' | 'session'; readonly name: string };

const MOST_ELSEWHERE = 10_000;

export class Elsewhere {
  /** The shard by kind and name. */
  readonly #shards = new Map<string, number>();

  /** Where it lies; undefined: it is not known to be another engine's. */
  shardOf({ kind, name }: Want): number | undefined {
    return this.#shards.size === 0 ? undefined : this.#shards.get(`${kind} ${name}`);
  }

  /** Where an account lies that has one of the names of a request and was another engine's when it was looked up. */
  shardOfAny(request: ChargingRequest): number | undefined {
    if (this.#shards.size === 0) return undefined;
    for (const want of wantsOf(request)) {
      const shard = this.shardOf(want);
      if (shard !== undefined) return shard;
    }
    return undefined;
  }

  addAccount(id: string, shard: number): void {
    this.#set(`account ${id}`, shard);
  }

  /** The names that were found for accounts of others; `isHere`: whether this engine has the account after all. */
  addNames({ identities, sessions }: Found, isHere: (id: string) => boolean): void {
    if (this.#shards.size === 0) return;
    const add = (name: string, id: string): void => {
      const shard = isHere(id) ? undefined : this.#shards.get(`account ${id}`);
      if (shard !== undefined) this.#set(name, shard);
    };
    for (const [key, id] of identities) add(`identity ${key}`, id);
    for (const [session, id] of sessions) add(`session ${session}`, id);
    for (const name of this.#shards.keys()) {
      if (this.#shards.size <= MOST_ELSEWHERE) break;
      this.#shards.delete(name);
    }
  }

  /** As the newest: those that were found long ago are forgotten first, not those that were found again. */
  #set(name: string, shard: number): void {
    this.#shards.delete(name);
    this.#shards.set(name, shard);
  }

  forget({ kind, name }: Want): void {
    this.#shards.delete(`${kind} ${name}`);
  }

  /** Another engine did not have them: where they are is looked up again. */
  forgetAll(request: ChargingRequest): void {
    for (const want of wantsOf(request)) this.forget(want);
  }
}

/** What the account of a request can be found by. */
export function wantsOf({ session, operation, identities }: ChargingRequest): readonly Want[] {
  const wants = identities.map((identity): Want => ({ kind: 'identity', name: identityKey(identity) }));
  return isNamed({ session, operation }) ? [{ kind: 'session', name: session }, ...wants] : wants;
}

/** Whether its session may be there already. */
export function isNamed({ session, operation }: Pick<ChargingRequest, 'session' | 'operation'>): boolean {
  return operation === 'update' || operation === 'terminate' || KEPT_LONGER.test(session);
}
