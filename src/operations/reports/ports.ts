/** What reports and the sums in storage agree on. */
import type { Dimension } from './report.ts';

/** Which of the kinds of `usage_traffic` has these dimensions; those of service and day are in each, and partner and agreement but for 3. */
export function trafficKind(asked: ReadonlySet<Dimension>): 1 | 2 | 3 | 4 | undefined {
  const [trunk, hour, destination, cause] = (['trunk', 'hour', 'destination', 'cause'] as const).map((each) => asked.has(each));
  if (cause) return hour || destination ? undefined : 4;
  if (destination && hour) return trunk || asked.has('partner') || asked.has('agreement') ? undefined : 3;
  if (destination) return 2;
  return 1;
}
