/** How often V8 collects what accounts in memory leave behind. */
import { setFlagsFromString } from 'node:v8';
import { memoryBytes } from '../postgres-parameters.ts';

/** From so much memory on the old generation may grow to ten times of what is alive: most of a gigabyte with 100,000 sessions. */
const ROOMY_BYTES = 8_000_000_000;

/**
 * The old generation may grow to four times what was alive at the last collection, on a large machine to ten times and buffers outside of it, which count as a part of it, to
 * three times: texts of accounts that fill memory are such. By itself V8 let either grow by a third, and began anew after 64 MB of buffers: with 100,000 sessions it marked
 * everything again every second, 20 ms at a time, and what waited meanwhile was answered late (docs/decisions/0013-charging-log.md, 0021-charging-octets.md). Each collection of
 * everything makes the answers of most of a second late on two cores: the fewer there are, the fewer are late (0022-charging-tail.md).
 *
 * Objects are made young wherever they are made. V8 makes those of a place whose objects mostly survived (when a queue stood for a moment) among the old ones from then on: each
 * request then kept all that it had pointed to until everything was collected (docs/decisions/0022-charging-tail.md).
 */
export function collectLessOften(): void {
  const isRoomy = memoryBytes() >= ROOMY_BYTES;
  setFlagsFromString(`--heap-growing-percent=${isRoomy ? 900 : 300}`);
  setFlagsFromString('--external-memory-accounted-in-global-limit');
  if (isRoomy) setFlagsFromString('--external-memory-max-growing-factor=3');
  setFlagsFromString('--no-allocation-site-pretenuring');
}
