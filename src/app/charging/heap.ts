/** How often V8 collects what accounts in memory leave behind. */
import { setFlagsFromString } from 'node:v8';

/**
 * The old generation may grow to two and a half times what was alive at the last collection. By itself V8 let it grow by a third: with 100,000 sessions it
 * marked everything again every second, 20 ms at a time (docs/decisions/0013-charging-log.md).
 */
export function collectLessOften(): void {
  setFlagsFromString('--heap-growing-percent=150');
}
