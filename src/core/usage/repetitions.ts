/** How long a source's keys count: part of its declaration. */
export interface RepetitionSettings {
  /** Records with the same key whose starts are further apart are different ones. */
  readonly duplicateWindowDays?: number;
}

export const DEFAULT_DUPLICATE_WINDOW_DAYS = 90;
/** Ten years. */
export const MOST_DUPLICATE_WINDOW_DAYS = 3_660;

export function windowDaysOf({ duplicateWindowDays }: RepetitionSettings): number {
  return duplicateWindowDays ?? DEFAULT_DUPLICATE_WINDOW_DAYS;
}
