/** What a thread beside the main one is told, and tells. */
import type { Refusal } from '#core/refusals.ts';
import type { View } from '#operations/access/ports.ts';
import type { DatabaseAddress } from '#storage/database.ts';
import type { Settings } from '../settings.ts';

/** What a thread is begun with. */
export interface ThreadData {
  readonly address: DatabaseAddress;
  readonly settings: Settings;
  readonly dataFolder: string;
}

export interface JobTask {
  readonly kind: 'job';
  readonly name: string;
  readonly job: bigint;
  readonly input: unknown;
  readonly by: string;
}

export interface ReadTask {
  readonly kind: 'read';
  readonly name: string;
  readonly words: readonly unknown[];
  /** With whose eyes. */
  readonly view: View | undefined;
}

export type ToThread = { readonly id: number; readonly task: JobTask | ReadTask } | { readonly id: number; readonly stop: true } | 'end';

/** An error of the other side: `code` is that of the system or of PostgreSQL. */
export interface Fault {
  readonly message: string;
  readonly stack: string;
  readonly code: string | undefined;
}

export type Told =
  | { readonly progress: readonly [done: number, total: number | undefined] }
  | { readonly value: unknown }
  | { readonly refusals: readonly Refusal[] }
  | { readonly cancelled: true }
  | { readonly fault: Fault };

export type FromThread = { readonly id: number } & Told;
