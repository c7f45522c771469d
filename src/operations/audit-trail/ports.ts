/** The audit trail as it is kept and searched, and in whose name the process works now. */
import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * `changed`: written in the transaction of the change. `begun`: before a change that is made elsewhere. `done`, `failed`: what became of
 * either, where there is more to say. `refused`: nothing was changed. `seen`: personal data was shown.
 */
export const stages = ['begun', 'changed', 'done', 'refused', 'failed', 'seen'] as const;
export type Stage = (typeof stages)[number];

export const actorKinds = ['user', 'key', 'cli', 'nobody'] as const;
export type ActorKind = (typeof actorKinds)[number];

/** Who does something, as far as it is known. */
export interface Actor {
  readonly kind: ActorKind;
  /** Of a person its id, of a key its name, on the command line the system's user. */
  readonly id: string;
  /** As people know it. */
  readonly name: string;
  readonly address?: string | undefined;
  readonly session?: string | undefined;
  /** Whose figures only it may see. */
  readonly party?: string | undefined;
}

/** What is being done, and to what. */
export interface Deed {
  readonly actor: Actor;
  /** Of the API its id, of the command line the command. */
  readonly operation: string;
  readonly subject: { readonly kind: string; readonly id: string };
  readonly requestId?: string | undefined;
  /** JSON, without secrets. */
  readonly asked?: string | undefined;
  readonly before?: string | undefined;
}

export interface NewEntry extends Deed {
  readonly stage: Stage;
  readonly after?: string | undefined;
  readonly follows?: bigint | undefined;
  readonly code?: string | undefined;
}

export interface AuditEntry extends NewEntry {
  readonly sequence: bigint;
  readonly atMicros: number;
  /** Hexadecimal. */
  readonly hash: string;
  /** Its content was erased: name, address, asked, before and after are gone. */
  readonly isErased: boolean;
}

export interface AuditFilter {
  /** Id or name of who did it. */
  readonly who?: string | undefined;
  readonly operation?: string | undefined;
  readonly subjectKind?: string | undefined;
  readonly subject?: string | undefined;
  readonly stage?: Stage | undefined;
  readonly fromMicros?: number | undefined;
  /** Before this instant. */
  readonly toMicros?: number | undefined;
}

/** What a check of the chain found. */
export interface ChainCheck {
  readonly entries: number;
  readonly erased: number;
  /** Hexadecimal, of the last entry: who keeps it elsewhere can tell later that nothing before it was exchanged. */
  readonly head: string;
  /** The first entries at which something is wrong. */
  readonly faults: readonly { readonly sequence: bigint; readonly said: string }[];
}

export interface AuditBooks {
  append(entry: NewEntry): Promise<bigint>;
  /** Newest first, older than `before`. */
  list(filter: AuditFilter, before: bigint | undefined, most: number): Promise<readonly AuditEntry[]>;
  verify(): Promise<ChainCheck>;
  /** Whether an entry has this hash, hexadecimal. */
  has(hash: string): Promise<boolean>;
}

/** A deed under way. */
export interface Act {
  readonly deed: Deed;
  /** Its entry, once there is one that holds. */
  entry: bigint | undefined;
}

/** Carried along by what is awaited, so that a transaction knows whose change it commits. */
const acts = new AsyncLocalStorage<Act>();

/** The work and all that it awaits is this act. */
export function actingAs<T>(act: Act, work: () => Promise<T>): Promise<T> {
  return acts.run(act, work);
}

/** The act under way that has no entry yet: who commits a change now writes it. */
export function actWithoutEntry(): Act | undefined {
  const act = acts.getStore();
  return act?.entry === undefined ? act : undefined;
}
