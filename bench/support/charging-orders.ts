/** What the charging bench tells its peers, and what they tell it. */
import type { Stalls } from './stalls.ts';

export type Order =
  | { readonly kind: 'connect'; readonly port: number; readonly connections: number; readonly sessions: number; readonly accounts: number }
  /** Opens every session, so many requests outstanding. */
  | { readonly kind: 'open'; readonly outstanding: number }
  /** As fast as answers come. */
  | { readonly kind: 'closed-loop'; readonly outstanding: number; readonly seconds: number }
  /** So many a second, whether answers come or not. */
  | { readonly kind: 'open-loop'; readonly perSecond: number; readonly seconds: number }
  | { readonly kind: 'end' };

export interface Report {
  readonly sent: number;
  readonly answered: number;
  readonly seconds: number;
  /** By Result-Code. */
  readonly results: Readonly<Record<string, number>>;
  /** Milliseconds from when a request was due to its answer. */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  /** Updates and terminations that were granted, each with the use below. */
  readonly usedReports: number;
  readonly processorSeconds: number;
  /** Of the peers' own process: what it is late itself counts as the latency of whoever answers it. */
  readonly stalls: Stalls;
}

/** Of each update and termination. */
export const USED_BYTES = 1_000_000;
