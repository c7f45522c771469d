/** What must hold within correlations and screening rules, and between them and what they name. */
import { type Refusal, type RefusalCode, refuse } from '#core/refusals.ts';
import type { Correlation } from '#core/usage/correlation.ts';
import type { ScreeningKind, ScreeningRule } from '#core/usage/screening.ts';
import type { KnownIds, PlaceOf } from './check-book.ts';
import type { Kind } from './setup.ts';
import { suggestion } from './suggestion.ts';

export interface Watching {
  readonly correlations: readonly Correlation[];
  readonly screening: readonly ScreeningRule[];
}

export function checkWatching({ correlations, screening }: Watching, known: KnownIds, placeOf: PlaceOf): readonly Refusal[] {
  const faults: Refusal[] = [];
  const fault = (code: RefusalCode, object: object, field: string, message: string, value?: string): void => {
    const place = placeOf(object, field) ?? placeOf(object, 'id');
    const at = { ...(place === undefined ? {} : { file: place.file, line: place.line }), field, ...(value === undefined ? {} : { value }) };
    faults.push(refuse(code, message, at));
  };
  const names = (object: object, what: string, field: string, kind: Kind, ids: readonly string[] | undefined): void => {
    for (const id of ids ?? [])
      if (!known(kind).has(id))
        fault(
          'configuration.reference-unknown',
          object,
          field,
          `${what} names ${id}, which is not among the ${kind}${suggestion(id, known(kind))}`,
          id,
        );
  };
  const taken = new Map<string, string>();
  for (const rule of correlations) {
    const what = `correlation ${rule.id}`;
    names(rule, what, 'sources', 'sources', rule.sources);
    names(rule, what, 'bSources', 'sources', rule.bSources);
    if (rule.sources.length === 0) fault('configuration.value-wrong', rule, 'sources', `${what} names no source`);
    if (rule.kind === 'parts' && rule.bSources !== undefined)
      fault('configuration.value-wrong', rule, 'bSources', `${what} is of kind parts, which has no B legs`);
    for (const [field, ids] of [
      ['sources', rule.sources],
      ['bSources', rule.bSources ?? []],
    ] as const)
      for (const id of ids) {
        const other = taken.get(id);
        if (other !== undefined)
          fault('configuration.value-wrong', rule, field, `source ${id} is in ${other} already: a record has one way to its others`, id);
        taken.set(id, what);
      }
  }
  for (const rule of screening) {
    const what = `screening rule ${rule.id}`;
    names(rule, what, 'sources', 'sources', rule.sources);
    names(rule, what, 'trunksIn', 'trunks', rule.trunksIn);
    names(rule, what, 'trunksOut', 'trunks', rule.trunksOut);
    names(rule, what, 'codeDeck', 'codeDecks', rule.codeDeck === undefined ? [] : [rule.codeDeck]);
    for (const field of needed[rule.kind])
      if (rule[field] === undefined)
        fault('configuration.key-missing', rule, field, `${what} is of kind ${rule.kind} and has no "${field}"`);
    if (rule.per === 'destination' && rule.codeDeck === undefined)
      fault('configuration.key-missing', rule, 'codeDeck', `${what} counts per destination and has no "codeDeck"`);
  }
  return faults;
}

const needed: Readonly<Record<ScreeningKind, readonly (keyof ScreeningRule)[]>> = {
  volume: ['limit', 'windowMinutes'],
  burst: ['limit', 'windowMinutes', 'shorterThanSeconds'],
  simultaneous: ['limit'],
  'first-call': ['called'],
  silence: ['silentHours'],
};
