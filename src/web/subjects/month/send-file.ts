/** A file is sent first, and named by its content in what uses it. */
import { client } from '../../client/client.ts';
import { answered } from '../../client/problem.ts';

/** What an operation names it by. Throws Problem. */
export async function sendFile(file: File): Promise<string> {
  const { upload } = await client
    .POST('/v1/uploads', {
      params: { query: { name: file.name } },
      headers: { 'content-type': 'application/octet-stream' },
      body: file as never, // the description calls it a binary string; fetch takes the file itself
      bodySerializer: (body: unknown) => body as Blob, // as given above
    })
    .then(answered);
  return upload;
}
