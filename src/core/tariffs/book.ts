import type { Agreement } from '../agreements/agreements.ts';
import type { Account, LegalEntity, Party, Trunk } from '../parties/parties.ts';
import type { HolidayCalendar, TimeBandSet } from '../time/time-bands.ts';
import type { CodeDeck, OriginSet, Tariff } from './tariff.ts';

/**
 * All that pricing needs, as known at one instant: read from a folder or from the database, and
 * the same from both. References are checked when it is read, so inside they can be relied on.
 */
export interface Book {
  readonly legalEntities: readonly LegalEntity[];
  readonly parties: readonly Party[];
  readonly accounts: readonly Account[];
  readonly trunks: readonly Trunk[];
  readonly agreements: readonly Agreement[];
  readonly calendars: readonly HolidayCalendar[];
  readonly timeBands: readonly TimeBandSet[];
  readonly originSets: readonly OriginSet[];
  readonly codeDecks: readonly CodeDeck[];
  readonly tariffs: readonly Tariff[];
}
