/** How often V8 collects what accounts in memory leave behind. */
import { setFlagsFromString } from 'node:v8';

/**
 * The old generation may grow to four times what was alive at the last collection, and buffers outside of it count as a part of it. By itself V8 let it grow by a
 * third, and began anew after 64 MB of buffers: with 100,000 sessions it marked everything again every second, 20 ms at a time, and what waited meanwhile was
 * answered late (docs/decisions/0013-charging-log.md, 0021-charging-octets.md).
 */
export function collectLessOften(): void {
  setFlagsFromString('--heap-growing-percent=300');
  setFlagsFromString('--external-memory-accounted-in-global-limit');
}
