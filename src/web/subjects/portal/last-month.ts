/** The month before this one: what was settled last. Both days included. */
export function lastMonth(): { readonly from: string; readonly to: string } {
  const now = new Date();
  const day = (month: number, date: number): string =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + month, date)).toISOString().slice(0, 10);
  return { from: day(-1, 1), to: day(0, 0) };
}
