/** What an engine takes on, and what it does not. All of it can be set: docs/reference/settings.md, `charging`. */
export interface EngineLimits {
  /** Unanswered requests. Beyond it everything is answered too-busy; new sessions and events from four fifths of it on. */
  readonly mostWaiting: number;
  /** While one has waited for so long, new sessions and events are answered too-busy; from twice as long on, everything. */
  readonly longestWaitMs: number;
  /** Who waits for longer is answered too-busy, whatever happens: the peer has given up, or asks elsewhere. */
  readonly answerWithinMs: number;
  /** Requests of one commit. */
  readonly mostInBatch: number;
  /** Commits that change no more accounts than this write their rows at once; larger ones log them. */
  readonly mostRowsAtOnce: number;
  /** A row is written at the latest so long after its account was logged last; of one that is logged again and again, at the latest ten times as long after it was logged first. */
  readonly logSeconds: number;
  /** Accounts whose rows are behind the log: beyond it the oldest are written sooner. What is to be read after a failover is bounded by it. */
  readonly mostLogged: number;
  /** How often accounts stand in the log, all commits together: likewise. Who takes over reads each, in little more than a microsecond. */
  readonly mostNamesLogged: number;
  /** Of accounts in memory, as estimated. */
  readonly memoryBytes: number;
  /** For how long the answer to the last request of a session that is over is given again. */
  readonly keepAnswersSeconds: number;
  /** An engine that has not renewed for so long is deposed. It renews three times as often. */
  readonly leaseMs: number;
  /** Divide the shards evenly among the engines that live; false: the first has all, and the others wait for its end. */
  readonly balance: boolean;
  /** For the last writes, and as long again for giving the accounts back, when it ends. What is not written then is in the log. */
  readonly endWithinMs: number;
}

export const DEFAULT_LIMITS: EngineLimits = {
  mostWaiting: 10_000,
  longestWaitMs: 500,
  answerWithinMs: 3_000,
  mostInBatch: 512,
  mostRowsAtOnce: 8,
  logSeconds: 60,
  mostLogged: 200_000,
  mostNamesLogged: 600_000,
  memoryBytes: 1_073_741_824,
  keepAnswersSeconds: 240,
  leaseMs: 2_500,
  balance: false,
  endWithinMs: 3_000,
};

export type Shed = 'most-waiting' | 'longest-wait';

/** Why a request is not taken; undefined: it is. Sessions that run are served longer than new ones begin. */
export function shedReason(limits: EngineLimits, waiting: number, oldestMs: number, isNew: boolean): Shed | undefined {
  if (waiting >= (isNew ? limits.mostWaiting * 0.8 : limits.mostWaiting)) return 'most-waiting';
  if (oldestMs >= (isNew ? limits.longestWaitMs : limits.longestWaitMs * 2)) return 'longest-wait';
  return undefined;
}
