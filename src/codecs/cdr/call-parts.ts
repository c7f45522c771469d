/** Records that are parts of one call or session: which part, and of which. */
import { partKinds } from '#core/usage/format.ts';
import { type DraftPart, type Hold, type Rejection, reject, shown } from './draft.ts';
import { readCount } from './figures.ts';
import { type CompiledRule, fieldText, type RowReader } from './row-reader.ts';

interface PartRules {
  readonly part: readonly CompiledRule[];
  readonly partGroup: readonly CompiledRule[];
  readonly partSequence: readonly CompiledRule[];
}

/** Undefined where the source does not map parts. */
export function readPart(row: RowReader, rules: PartRules): DraftPart | undefined | Rejection {
  if (rules.part.length === 0 && rules.partGroup.length === 0) return undefined;
  const text = fieldText(row, rules.part);
  const kind = text === '' ? 'single' : partKinds.find((known) => known === text);
  if (kind === undefined) return reject('usage.part-unreadable', `part ${shown(text)} is not one of ${partKinds.join(', ')}`);
  const group = fieldText(row, rules.partGroup);
  if (group === '' && kind !== 'single') return reject('usage.part-unreadable', `a part ${kind} names no call: partGroup is empty`);
  const sequenceText = fieldText(row, rules.partSequence);
  if (sequenceText === '') return { group, kind };
  const sequence = readCount(sequenceText);
  return sequence === undefined
    ? reject('usage.part-unreadable', `partSequence ${shown(sequenceText)} is not a whole number`)
    : { group, kind, sequence };
}

/** Why a part is not charged alone. */
export function awaiting({ kind, group }: DraftPart): Hold {
  return { reason: 'usage.awaiting-parts', detail: `it is the part ${kind} of the call ${shown(group)}` };
}
