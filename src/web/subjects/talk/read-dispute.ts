/** A dispute with its version, for both sides: what is accepted, rejected or settled is as it was seen. */
import { useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { client } from '../../client/client.ts';
import { type Of, type Seen, type Shown, seen } from '../../client/seen.ts';

export const readDispute = (dispute: string) => client.GET('/v1/disputes/{dispute}', { params: { path: { dispute } } }).then(seen);

export type DisputeFile = Awaited<ReturnType<typeof readDispute>>['data'];

interface Words {
  readonly state: Shown;
  /** Its label, and the last step in words. */
  readonly last: Shown;
}

/**
 * What a step or a settlement is made of. While something is written it stays what it was when that began, whatever the page reads anew meanwhile:
 * who writes an offer does not come to accept one, and what was written does not go with a dispute that somebody else ended.
 */
export function useDisputeForm(
  dispute: string,
  file: Seen<DisputeFile>,
  { isWritten, say }: { readonly isWritten: boolean; readonly say: (data: DisputeFile) => Words },
): { readonly begun: DisputeFile; readonly of: Of<DisputeFile> } {
  const queries = useQueryClient();
  const held = useRef(file);
  if (!isWritten) held.current = file;
  const of: Of<DisputeFile> = {
    ...{ seen: held.current, read: () => readDispute(dispute), subject: { kind: 'dispute', id: dispute } },
    shows: (data) => {
      const { state, last } = say(data);
      return [state, last];
    },
    // What was written stays, now of what is there.
    take(now) {
      held.current = now;
      void queries.invalidateQueries({ queryKey: ['disputes'] });
    },
  };
  return { begun: held.current.data, of };
}
