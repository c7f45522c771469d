/** How a legal entity asks for what is overdue. */

export const dunningTones = ['reminder', 'demand', 'final'] as const;
export type DunningTone = (typeof dunningTones)[number];

export interface DunningStage {
  readonly name: string;
  /** Days past the due day from which a document can be at this stage. */
  readonly afterDays: number;
  /** Of the letter. */
  readonly tone: DunningTone;
  /** Asked for once with each letter of this stage, by currency of the account as written: `{EUR: 15.00}`. */
  readonly fee?: Readonly<Record<string, string>>;
  /** The account is put on hold. */
  readonly hold: boolean;
}

export interface DunningTerms {
  /** Ascending by `afterDays`. */
  readonly stages: readonly DunningStage[];
  /** Overdue amounts below it are not asked for, by currency. */
  readonly least?: Readonly<Record<string, string>>;
  /** A document moves to its next stage so many days after its last letter at the earliest. */
  readonly daysBetween: number;
  /** Days that the letter gives for payment. */
  readonly daysToPay: number;
}
