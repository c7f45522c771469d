/** A dispute with its version, for both sides: what is accepted, rejected or settled is as it was seen. */
import { client } from '../../client/client.ts';
import { type Of, type Seen, type Shown, seen } from '../../client/seen.ts';

export const readDispute = (dispute: string) => client.GET('/v1/disputes/{dispute}', { params: { path: { dispute } } }).then(seen);

export type DisputeFile = Awaited<ReturnType<typeof readDispute>>['data'];

interface Words {
  readonly state: Shown;
  /** Its label, and the last step in words. */
  readonly last: Shown;
}

/** `file`: as it is on the page. */
export function ofDispute(dispute: string, file: Seen<DisputeFile> | undefined, say: (data: DisputeFile) => Words): Of<DisputeFile> {
  return {
    ...{ seen: file, read: () => readDispute(dispute), subject: { kind: 'dispute', id: dispute } },
    shows: (data) => {
      const { state, last } = say(data);
      return [state, last];
    },
  };
}
