/** How long a call's network was silent: what its record says of the post-dial delay. */
import { MOST_PDD_MILLIS } from '#core/usage/usage-event.ts';
import { readDuration } from './figures.ts';
import { type CompiledRule, type RowReader, ruleText } from './row-reader.ts';
import type { TimeReading } from './time-picture.ts';
import { readTime, type TimeRule } from './time-rules.ts';

/**
 * Nothing is priced by it. So what cannot be read, is negative or longer than an hour is none, and no reason to reject the record; nor is a
 * delay of 0 of a call that was not answered, which is how switches write that nothing rang.
 */
export class PddReader {
  readonly #row: RowReader;
  readonly #said: readonly CompiledRule[];
  readonly #ringing: readonly TimeRule[];
  readonly #rang: TimeReading = { micros: 0, instant: true };

  constructor(row: RowReader, said: readonly CompiledRule[], ringing: readonly TimeRule[]) {
    this.#row = row;
    this.#said = said;
    this.#ringing = ringing;
  }

  /** Milliseconds: as the record says, else from its start to the instant of ringing. `start`: as it was read, before it was made an instant. */
  read(start: TimeReading, answered: boolean): number | undefined {
    if (this.#said.length === 0 && this.#ringing.length === 0) return undefined;
    const micros = this.#micros(start);
    const millis = Math.round(micros / 1_000);
    return millis >= (answered ? 0 : 1) && millis <= MOST_PDD_MILLIS ? millis : undefined;
  }

  /** NaN for none. */
  #micros(start: TimeReading): number {
    for (const compiled of this.#said) {
      const text = ruleText(this.#row, compiled);
      if (text === '') continue;
      const reading = readDuration(text, compiled.rule.unit ?? 's');
      return typeof reading === 'number' ? reading : Number.NaN;
    }
    if (this.#ringing.length === 0 || readTime(this.#row, this.#ringing, 'ringing', this.#rang) !== undefined) return Number.NaN;
    // Both of one kind: local times of one clock differ as their instants do, but for a clock change between them, which leaves an hour too many.
    return this.#rang.instant === start.instant ? this.#rang.micros - start.micros : Number.NaN;
  }
}
