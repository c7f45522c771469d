/** Why answers were late: what a process's own loop stood still for, by whom it was kept, and for how long its threads waited for a core. */
import { readFileSync } from 'node:fs';
import { constants, PerformanceObserver } from 'node:perf_hooks';

/** What is seen of a process in one measurement, in milliseconds. */
export interface Stalls {
  /** Times in which the loop came round later than it should by more than LATE_MS: all together, and the longest. */
  readonly lateMs: number;
  readonly longestMs: number;
  /** Collections of what is young: how many, and the longest pause. */
  readonly young: number;
  readonly longestYoungMs: number;
  /** Pauses for a collection of everything, likewise. */
  readonly whole: number;
  readonly longestWholeMs: number;
  /** For so long the main thread could have run and had no core, as Linux tells it; 0 elsewhere. */
  readonly withoutCoreMs: number;
  readonly seconds: number;
}

const EVERY_MS = 2;
const LATE_MS = 4;
const NANOS_PER_MS = 1e6;

export class StallWatch {
  readonly #startMs = performance.now();
  readonly #startWaitMs = waitedMs();
  readonly #timer: NodeJS.Timeout;
  readonly #observer: PerformanceObserver;
  #lastMs = this.#startMs;
  #lateMs = 0;
  #longestMs = 0;
  #young = 0;
  #longestYoungMs = 0;
  #whole = 0;
  #longestWholeMs = 0;

  constructor() {
    this.#timer = setInterval(() => this.#look(), EVERY_MS);
    this.#observer = new PerformanceObserver((list) => this.#add(list.getEntries()));
    this.#observer.observe({ entryTypes: ['gc'] });
  }

  end(): Stalls {
    clearInterval(this.#timer);
    this.#look();
    this.#add(this.#observer.takeRecords());
    this.#observer.disconnect();
    return {
      ...{ lateMs: this.#lateMs, longestMs: this.#longestMs, young: this.#young, longestYoungMs: this.#longestYoungMs },
      ...{ whole: this.#whole, longestWholeMs: this.#longestWholeMs },
      ...{ withoutCoreMs: waitedMs() - this.#startWaitMs, seconds: (performance.now() - this.#startMs) / 1000 },
    };
  }

  #look(): void {
    const now = performance.now();
    const late = now - this.#lastMs - EVERY_MS;
    this.#lastMs = now;
    if (late <= LATE_MS) return;
    this.#lateMs += late;
    this.#longestMs = Math.max(this.#longestMs, late);
  }

  #add(entries: readonly { readonly duration: number; readonly detail?: unknown }[]): void {
    for (const { duration, detail } of entries)
      if ((detail as { readonly kind?: number } | undefined)?.kind === constants.NODE_PERFORMANCE_GC_MINOR) {
        this.#young += 1;
        this.#longestYoungMs = Math.max(this.#longestYoungMs, duration);
      } else {
        this.#whole += 1;
        this.#longestWholeMs = Math.max(this.#longestWholeMs, duration);
      }
  }
}

/** Of the main thread, since the process began. */
function waitedMs(): number {
  try {
    return Number(readFileSync('/proc/self/schedstat', 'latin1').split(' ')[1]) / NANOS_PER_MS;
  } catch {
    return 0; // no Linux
  }
}

/** In one line, for people. */
export function toldStalls(who: string, stalls: Stalls): string {
  const { lateMs, longestMs, young, longestYoungMs, whole, longestWholeMs, seconds } = stalls;
  const collected = `${young} young collections (longest ${longestYoungMs.toFixed(1)} ms), ${whole} pauses for everything (longest ${longestWholeMs.toFixed(1)} ms)`;
  return `${who}: late ${(lateMs / seconds / 10).toFixed(1)} % of the time, longest ${longestMs.toFixed(1)} ms; ${collected}; without a core ${withoutCore(stalls)} %`;
}

/** In hundredths of the time. */
export function withoutCore({ withoutCoreMs, seconds }: Stalls): string {
  return (withoutCoreMs / seconds / 10).toFixed(1);
}
