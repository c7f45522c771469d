/** What screening found, as people are shown it. */

/** Flags of one rule and subject. */
export interface FlagGroup {
  readonly rule: string;
  readonly kind: string;
  readonly action: 'flag' | 'hold';
  readonly subject: string;
  readonly count: number;
  /** Events that were held for it and are not released. */
  readonly waiting: number;
  readonly firstRecord: number;
  readonly lastRecord: number;
  readonly firstStartMicros: number;
  readonly lastStartMicros: number;
  /** Of the last. */
  readonly detail: string;
}
