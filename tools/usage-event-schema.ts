/** Writes docs/reference/usage-event.schema.json from the fields that the reader checks. */
import { writeFileSync } from 'node:fs';
import { usageEventSchema } from '#core/usage/usage-event-fields.ts';

writeFileSync(new URL('../docs/reference/usage-event.schema.json', import.meta.url), `${JSON.stringify(usageEventSchema(), null, 2)}\n`);
