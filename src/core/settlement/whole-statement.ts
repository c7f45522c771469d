import type { Account, LegalEntity, Party } from '../parties/parties.ts';
import type { PricedTerms } from './priced-terms.ts';
import type { StatementFigures } from './statement.ts';
import type { StatementPeriod } from './statement-period.ts';

/** A statement with all that a document of it says. */
export interface Statement extends StatementFigures {
  readonly agreement: { readonly id: string; readonly name: string };
  readonly entity: LegalEntity;
  readonly party: Party;
  readonly account: Account;
  /** Zone in which the agreement's days are understood. */
  readonly zone: string;
  readonly currency: string;
  /** Under which the charges came about, the latest last. Empty when nothing is booked. */
  readonly terms: readonly PricedTerms[];
  readonly period: StatementPeriod;
  /** The period as instants, microseconds; `to` exclusive. */
  readonly fromMicros: number;
  readonly toMicros: number;
  /** Local date on which it was made. */
  readonly preparedOn: string;
  /** The period was not over when it was made: more may come, and tiers may still move. */
  readonly provisional: boolean;
  /** Only what was booked by this instant, microseconds; undefined for all that is booked. */
  readonly knownAtMicros?: number;
}
