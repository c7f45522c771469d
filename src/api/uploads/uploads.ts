/** Files for operations that name them: evidence, a bank's file, a partner's figures. */
import Type from 'typebox';
import { RefusedError, refuse } from '#core/refusals.ts';
import type { UploadBooks } from '#operations/uploads/ports.ts';
import { type Operation, operation } from '../operation.ts';
import { CONTROLS } from '../schemas.ts';

const closed = { additionalProperties: false } as const;
const MOST_BYTES = 64 * 1024 ** 2;

/** What an upload is named by. */
export const UploadName = Type.String({ pattern: '^[0-9a-f]{64}$', description: '`upload` of the answer of sendUpload: its SHA-256.' });
/** No path: a name is shown, and becomes that of a file in a folder of its own. Nothing in it turns the direction of what is read. */
export const FileName = Type.String({
  minLength: 1,
  maxLength: 200,
  pattern: `^[^${CONTROLS}/\\\\.][^${CONTROLS}/\\\\]*$`,
});
export const SentUpload = Type.Object(
  { upload: UploadName, name: Type.String(), bytes: Type.Integer() },
  { ...closed, title: 'Upload', description: 'Kept for a day, for who sent it.' },
);

export function uploadOperations(books: UploadBooks): readonly Operation[] {
  const common = { tag: 'Uploads', permission: 'files:send', repetition: 'natural', audit: { subject: 'upload' } } as const;
  return [
    operation({
      ...common,
      ...{ id: 'sendUpload', method: 'POST', path: '/v1/uploads', summary: 'Send a file', status: 201 },
      description: 'The body is the file itself, 64 MiB at most. The same content again is the same upload.',
      query: Type.Object({ name: { ...FileName, description: 'Of the file, with its ending.' } }, closed),
      ...{ takesFile: true, mostBodyBytes: MOST_BYTES, answer: SentUpload, refusals: ['upload.full'] },
      handle: async ({ query, file, principal }) => {
        const added = await books.add(principal.id, query.name, file);
        if (added === 'full') throw new RefusedError(refuse('upload.full', '512 MiB of yours wait already'));
        return { body: { upload: added.sha256, name: added.name, bytes: added.bytes } };
      },
    }),
    operation({
      ...{ tag: 'Uploads', permission: 'files:send', method: 'GET', refusals: ['upload.unknown'] },
      ...{ id: 'getUpload', path: '/v1/uploads/{upload}', summary: 'What is kept of a file that you sent' },
      ...{ parameters: Type.Object({ upload: UploadName }), answer: SentUpload },
      handle: async ({ parameters: { upload }, principal }) => {
        const found = await books.find(principal.id, upload);
        if (found === undefined)
          throw new RefusedError(refuse('upload.unknown', 'no such file was sent', { field: 'upload', value: upload }));
        return { body: { upload, name: found.name, bytes: found.content.length }, version: upload };
      },
    }),
    operation({
      ...common,
      ...{ id: 'removeUpload', method: 'DELETE', path: '/v1/uploads/{upload}', summary: 'Remove a file that is not needed any more' },
      parameters: Type.Object({ upload: UploadName }),
      ...{ answer: Type.Object({ removed: Type.Boolean() }, closed), refusals: [] },
      handle: async ({ parameters, principal }) => ({ body: { removed: await books.forget(principal.id, parameters.upload) } }),
    }),
  ];
}
