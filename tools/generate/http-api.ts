import type { Operation } from '../../src/api/operation.ts';
import { describedOperations } from '../../src/app/api/operations.ts';
import { permissions } from '../../src/operations/access/permissions.ts';

import { commandOperations } from './command-operations.ts';

/** docs/reference/http-api.md: how the API speaks, and every operation. */
export function renderHttpApi(): string {
  const operations = describedOperations();
  const groups = Map.groupBy(operations, ({ tag }) => tag);
  const tables = [...groups].map(
    ([tag, each]) => `## ${tag}\n\n| operation | what it does | permission |\n|---|---|---|\n${each.map(row).join('\n')}\n`,
  );
  const rights = Object.entries(permissions).map(([name, meaning]) => `| \`${name}\` | ${meaning} |`);
  return `${INTRO}
## Permissions

| permission | allows |
|---|---|
${rights.join('\n')}

${tables.join('\n')}
## Commands

What the commands of the terminal do, over HTTP; where there is no operation, why.

| command | operations |
|---|---|
${Object.entries(commandOperations).map(commandRow).join('\n')}
`;
}

function commandRow([command, said]: readonly [string, readonly string[] | string]): string {
  return `| \`${command}\` | ${typeof said === 'string' ? said : said.map((id) => `\`${id}\``).join(', ')} |`;
}

function row({ method, path, summary, description, permission, repetition, keyed }: Operation): string {
  const key = repetition === 'key' || keyed === true ? ' With Idempotency-Key.' : '';
  return `| \`${method} ${path}\` | ${summary}.${description === undefined ? '' : ` ${description}`}${key} | ${permission === 'known' ? 'none' : `\`${permission}\``} |`;
}

const INTRO = `# HTTP API

<!-- Made from the operations in src/api by npm run generate; change it there and in tools/generate/http-api.ts. -->

\`carillon serve\` answers at \`api.listen\` ([settings](settings.md)), with TLS when \`api.certificate\` and \`api.key\` are set, otherwise for behind a
proxy that has it. The same server shows this reference for trying at \`/reference\`, the description (OpenAPI 3.1) at
\`/openapi.json\`, and \`/health\` for load balancers. [Use the API](../guides/use-the-api.md) shows a first round of it.

**Keys.** \`Authorization: Bearer carillon_…\`. [\`carillon keys create\`](commands.md) makes a key with permissions and, if wanted, an end; it is shown once.
Keys of one name are one client: to change a key, create another of the same name, then revoke the first. A key that is revoked is refused
within five seconds, and its streams end.

**Values.** Amounts are exact decimals as text (\`"12.50"\`) beside their currency, never numbers. Counts of seconds, octets and events are whole numbers. Instants
are RFC 3339 with an offset, in answers UTC. Fields that are not in the schema are refused, and so are names twice in one object, JSON deeper than
32, and text with NUL.

**Changing something.** Where an operation says *With Idempotency-Key*, the header names the change: 1 to 128 letters, digits and \`._:@+-\`. The same key
with the same content gets the first answer for a day (header \`Idempotent-Replayed: true\` where it was kept here), with another content 422, and while
the first is worked on 409. Keys belong to the client. A refusal frees the key. Sessions need none: their reference and the number of the update do
the same.

**Many at once.** What is made or booked with a name (*With Idempotency-Key*, POST, no job) takes \`Content-Type: application/x-ndjson\`, too: a body a line, up to 10,000 lines and
32 MiB. They are done one after another, each by itself, and answered line by line: \`{"line":1,"status":201,"answer":{…}}\` or \`{"line":2,"status":422,"problem":{…}}\`.
A line's name is the request's key, a colon and its number: sent again after a break, what was done is answered as it was, and the rest is done. Rates come
as files: rate sheet drafts.

**Usage as lines.** \`POST /v1/usage/records?source=…\` takes records of any number in one body of \`application/x-ndjson\`, read as the source says. The body goes to the disk as it comes, so that
memory does not grow with it, up to \`api.maximumUsageMegabytes\` (longer: 413 at once); nothing for 15 seconds (408), or cut off, and nothing of it stays. The answer is 202 with a job, which is
begun again where it was killed; its result has the counts, and \`refused\`: of each line that is none, \`line\`, \`code\` and \`detail\` with its field and value. The same lines again change nothing.
Files are loaded by \`POST /v1/usage/loads\` after [uploads](../guides/use-the-api.md) of up to 64 MiB, or collected (\`collect: {from: http}\` of a source).

**Versions.** What has an address of its own is answered with an \`ETag\`: \`If-None-Match\` asks for it only when it is another (304 when not). A change at that
address, or below it, with that tag as \`If-Match\` is refused (412) when somebody else has changed it meanwhile; of two at once who have seen the same, one
is first. Who leaves \`If-Match\` out changes what there is. A change of what has no version refuses the header.

**Parts and orders.** \`fields=party,name\` gives these and no other fields, of one thing or of every entry of a list; the \`ETag\` stays that of the whole. \`sort\` names
the orders that a list has, \`-\` before one is the other way round: any field of lists that are read whole, the one order of those that are very long.

**Files** are sent first, with \`POST /v1/uploads?name=…\` and \`Content-Type: application/octet-stream\`, and named by their SHA-256 in the operations that
use them. Nobody but who sent it can name a file; after a day it is gone.

**Long work** answers 202 with a job: \`Location\` is where its progress can be read, and \`…/events\` where it can be watched until its end. A job whose process is
gone is \`interrupted\` and can be begun again: what was done is passed over. Jobs are seen by those who may ask for their kind.

**Who did it** in the books is the person that is signed in, or \`key\` and the name of the API key; where two persons must, they are two of those.

**Lists** come in pages: \`limit\` up to 200 (50), \`next\` of a page as \`cursor\` of the following one, null at the end. The order is stable. With
\`Accept: application/x-ndjson\` a list comes whole, one entry a line, whatever its length; one that fails on the way is cut off, which clients see as an answer that does not end.

**A no** is an \`application/problem+json\` (RFC 9457) with the \`code\` of the [refusal](refusals.md), its meaning, \`remedy\`, and under \`refusals\` every fault found
with its field and value. 429 and 503 name in \`Retry-After\` when to come again. \`X-Request-Id\`, yours or ours, is in answers and in the log.

**Streams** (\`text/event-stream\`) beat every 15 seconds. Who comes again with \`Last-Event-ID\` misses nothing; who leaves 256 KiB unread is cut off.

**Limits.** Bodies of 1 MiB; a request must come whole within 15 seconds (but for usage as lines: an hour); 64 requests unanswered on one connection, 1,000 of one client, 20,000 streams, 2,000 of one client; 3 lists read whole (\`application/x-ndjson\`) at once by one party, or by one client of the house. What the database does not come to in time is 503 \`api.too-busy\`; a question on which it works for longer than \`api.readSeconds\` (partners and customers: 20 seconds) is ended, 503 \`api.read-too-long\`.
`;
