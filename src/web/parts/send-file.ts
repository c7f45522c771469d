/** A file is sent first, and named by its content in what uses it. */
import { client } from '../client/client.ts';
import { answered } from '../client/problem.ts';

/** What an operation names it by; those of the portal are sent to where partners may. Throws Problem. */
export async function sendFile(file: File, isPortal = false): Promise<string> {
  const request = {
    ...{ params: { query: { name: file.name } }, body: '', bodySerializer: () => file },
    headers: { 'Content-Type': 'application/octet-stream' },
  };
  const sent = isPortal ? client.POST('/v1/portal/uploads', request) : client.POST('/v1/uploads', request);
  return (await sent.then(answered)).upload;
}
