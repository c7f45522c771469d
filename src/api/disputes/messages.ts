/** Words and files between the two sides of a dispute, and its evidence. */
import Type, { type Static } from 'typebox';
import { RefusedError, refuse } from '#core/refusals.ts';
import { formatInstant } from '#core/time/zoned.ts';
import type { DisputeMessage } from '#operations/disputes/messages.ts';
import { actorOf, fileOperation, type Operation, operation, type Principal } from '../operation.ts';
import { Instant, Words } from '../schemas.ts';
import { UploadName } from '../uploads/uploads.ts';

const closed = { additionalProperties: false } as const;
const number = Type.String({ pattern: '^[1-9][0-9]{0,17}$' });
const one = { parameters: Type.Object({ dispute: number }) };

export const MessageBody = Type.Object(
  { words: Type.Optional(Words), files: Type.Optional(Type.Array(UploadName, { maxItems: 10, uniqueItems: true })) },
  { ...closed, title: 'DisputeMessageBody', description: 'Words, files, or both.' },
);
export type MessageWords = Static<typeof MessageBody>;
const Message = Type.Object(
  {
    ...{ message: Type.String(), by: Type.Enum(['us', 'them'], { description: 'us: the operator.' }), at: Instant, words: Type.String() },
    who: Type.Optional(Type.String({ description: 'Left out where it is somebody of the other side.' })),
    files: Type.Array(Type.Object({ name: Type.String(), sha256: Type.String(), bytes: Type.Integer() }, closed)),
  },
  { ...closed, title: 'DisputeMessage' },
);
export const Sent = Type.Object({ message: Type.String() }, closed);

/** Reads with the eyes of who asks. Methods throw RefusedError (`dispute.unknown`). */
export interface MessageDesk {
  readonly messages: (dispute: string) => Promise<readonly DisputeMessage[]>;
  readonly say: (dispute: string, words: MessageWords, owner: string, by: string) => Promise<bigint>;
  /** Undefined: the dispute has no such file. */
  readonly evidence: (dispute: string, sha256: string) => Promise<{ readonly name: string; readonly content: Uint8Array } | undefined>;
}

export function messageOperations(desk: MessageDesk): readonly Operation[] {
  const read = { tag: 'Disputes', method: 'GET', permission: 'disputes:read', forParties: ['partner', 'customer'] } as const;
  return [
    operation({
      ...{ ...read, ...one, id: 'listDisputeMessages', path: '/v1/disputes/{dispute}/messages', refusals: ['dispute.unknown'] },
      summary: 'What the two sides wrote each other, the oldest first',
      answer: Type.Object({ items: Type.Array(Message) }, closed),
      handle: async ({ parameters, principal }) => ({
        body: { items: (await desk.messages(parameters.dispute)).map((each) => messageShown(each, principal)) },
      }),
    }),
    operation({
      ...{ tag: 'Disputes', method: 'POST', permission: 'disputes:manage', repetition: 'key', audit: { subject: 'dispute' }, status: 201 },
      ...{ ...one, id: 'sendDisputeMessage', path: '/v1/disputes/{dispute}/messages', summary: 'Write to the other side, with files' },
      description: 'It moves nothing: offers and answers are steps. Partners read it in their portal.',
      ...{ body: MessageBody, answer: Sent, refusals: ['dispute.unknown', 'dispute.message-refused', 'upload.unknown'] },
      handle: async ({ parameters, body, principal }) => ({
        body: { message: String(await desk.say(parameters.dispute, body, principal.id, actorOf(principal))) },
      }),
    }),
    fileOperation({
      ...{ ...read, types: ['application/octet-stream'] },
      ...{ id: 'getEvidence', path: '/v1/disputes/{dispute}/evidence/{sha256}', summary: 'A file of evidence, as it was given' },
      parameters: Type.Object({ dispute: number, sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }) }),
      refusals: ['dispute.unknown', 'api.resource-unknown'],
      handle: async ({ parameters: { dispute, sha256 } }) => {
        const file = await desk.evidence(dispute, sha256);
        if (file === undefined)
          throw new RefusedError(refuse('api.resource-unknown', `dispute ${dispute} has no such evidence`, { value: sha256 }));
        return { type: 'application/octet-stream', ...file };
      },
    }),
  ];
}

/** Who of us wrote is our own matter, and who of them theirs and ours. */
function messageShown({ id, by, words, files, sent }: DisputeMessage, { view }: Principal): Static<typeof Message> {
  return {
    ...{ message: String(id), by, at: formatInstant(sent.atMicros), words, files: files.map((file) => ({ ...file })) },
    ...(view !== undefined && by === 'us' ? {} : { who: sent.by }),
  };
}
