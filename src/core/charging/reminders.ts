/**
 * What ends is told some time before: as often, and as early, as its allowance or plan says. The instants are kept among the account's renewals, so that they fall
 * due like everything else; each is told once, and of several that passed while nobody served only the last.
 */
import { type Bucket, FOREVER } from './account.ts';
import type { Draft } from './draft.ts';
import type { WorkingAccount, WorkingBucket } from './working-account.ts';

const REMINDER = 'remind:';
const MICROS = 1_000_000;

/** For a bucket that was just made. What would have to be told before now is not. */
export function setReminders(draft: Draft, owner: WorkingAccount, { base }: WorkingBucket, secondsBefore: readonly number[]): void {
  if (secondsBefore.length === 0 || base.validToMicros >= FOREVER) return;
  const instants = secondsBefore.map((seconds) => base.validToMicros - seconds * MICROS).filter((micros) => micros > draft.now);
  if (instants.length === 0) return;
  const added = instants.map((givenToMicros) => ({ allowance: `${REMINDER}${base.id}:${givenToMicros}`, givenToMicros }));
  owner.next.renewals = [...owner.get('renewals'), ...added];
  owner.recount = true;
}

/** Whoever forgets what was due takes the instants away afterwards. */
export function tellEnding(draft: Draft, owner: WorkingAccount): void {
  const due = owner.get('renewals').filter(({ allowance, givenToMicros }) => givenToMicros <= draft.now && allowance.startsWith(REMINDER));
  if (due.length === 0) return;
  const ids = new Set(due.map(({ allowance }) => Number(allowance.slice(REMINDER.length).split(':')[0])));
  for (const { base, value, removed } of owner.buckets)
    if (ids.has(base.id) && !removed && value > 0n && base.validToMicros > draft.now)
      draft.tell({ kind: 'bucket-ending', account: owner.base.id, ...endingOf(base), left: value });
}

const endingOf = ({ definition, unit, validToMicros: toMicros }: Bucket) => ({ definition, unit, toMicros });
