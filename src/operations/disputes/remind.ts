/** The other side is reminded of what it has not answered: once for each step, when its day is near or past. */
import { awaitedFrom } from '#core/settlement/disputes/dispute.ts';
import type { DisputeBooks, DisputeFile } from './ports.ts';

export interface RemindRequest {
  readonly day: string;
  /** Answers that are due within so many days are reminded of. */
  readonly daysBefore: number;
  readonly by: string;
}

export interface MadeReminder {
  /** `DSP-000004`. */
  readonly number: string;
  readonly file: DisputeFile;
}

/** Letters of this run; what was reminded of stays so. */
export async function remindDisputes(books: DisputeBooks, { day, daysBefore, by }: RemindRequest): Promise<readonly MadeReminder[]> {
  const until = Temporal.PlainDate.from(day).add({ days: daysBefore }).toString();
  const made: MadeReminder[] = [];
  for (const file of (await books.list()).toReversed()) {
    if (awaitedFrom(file.steps.map(({ step }) => step)) !== 'them' || file.dispute.respondBy > until) continue;
    const id = await books.addReminder(file.dispute.id, file.steps.length - 1, day, by);
    if (id !== undefined) made.push({ number: reminderNumber(id), file });
  }
  return made;
}

export function reminderNumber(id: bigint): string {
  return `DSP-${String(id).padStart(6, '0')}`;
}
