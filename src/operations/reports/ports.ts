/** What reports and the sums in storage agree on. */
import type { DelaySums, Dimension } from './report.ts';

/** Which of the kinds of `usage_traffic` has these dimensions; those of service and day are in each, and partner and agreement but for 3. */
export function trafficKind(asked: ReadonlySet<Dimension>): 1 | 2 | 3 | 4 | undefined {
  const [trunk, hour, destination, cause] = (['trunk', 'hour', 'destination', 'cause'] as const).map((each) => asked.has(each));
  if (cause) return hour || destination ? undefined : 4;
  if (destination && hour) return trunk || asked.has('partner') || asked.has('agreement') ? undefined : 3;
  if (destination) return 2;
  return 1;
}

/** ITU-T E.721: 95 of 100 national long-distance connections are through after 8 s, and international ones on average. */
export const SLOW_PDD_MILLIS = 8_000;

export const NO_DELAYS: DelaySums = { calls: 0n, millis: 0n, slow: 0n };
