/** What a party may owe on an account, in its currency. */
export interface CreditTerms {
  /** As written: `50000.00`. */
  readonly limit: string;
  /** Per cent of the limit at which an alarm is raised. Ascending. */
  readonly alarmsAt: readonly number[];
  /** What we owe the party on the same account lessens its exposure. */
  readonly lessPayables: boolean;
  /** What it disputes does not count. */
  readonly lessDisputed: boolean;
}
