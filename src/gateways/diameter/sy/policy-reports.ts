/** Policy-Counter-Status-Report (TS 29.219 §5.3.3). */
import type { AvpValues } from '#codecs/diameter/build.ts';
import type { PolicyCounter } from '#core/charging/policy-counters.ts';

/** Pending statuses stand in the order of time, as §5.3.5 wants them. */
export function statusReports(counters: readonly PolicyCounter[]): readonly AvpValues[] {
  return counters.map(({ counter, status, pending }) => ({
    'Policy-Counter-Identifier': counter,
    'Policy-Counter-Status': status,
    ...(pending.length === 0
      ? {}
      : {
          'Pending-Policy-Counter-Information': pending.map((each) => ({
            'Policy-Counter-Status': each.status,
            'Pending-Policy-Counter-Change-Time': Math.ceil(each.atMicros / 1_000_000),
          })),
        }),
  }));
}
