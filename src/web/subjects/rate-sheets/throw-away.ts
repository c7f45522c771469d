/** A draft of a rate sheet that nobody wants is thrown away: out of the list, or where it turned out to be known already. */
import { type Change, useChange } from '../../client/change.ts';
import { client } from '../../client/client.ts';
import { answered } from '../../client/problem.ts';

export function useThrowAway(onDone?: () => void): Change<string, unknown> {
  return useChange({
    send: (draft: string, { key }) =>
      client.DELETE('/v1/rate-sheet-drafts/{draft}', { params: { path: { draft }, header: { 'Idempotency-Key': key } } }).then(answered),
    changes: [['rate-sheet-drafts']],
    ...(onDone === undefined ? {} : { onDone }),
  });
}
