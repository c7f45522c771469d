/** Today's day, UTC, as the books name days; and days before it. */
export function dayBefore(days: number): string {
  return new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
}

export const today = (): string => dayBefore(0);
