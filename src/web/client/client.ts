/** The API, typed by its description. */
import createClient from 'openapi-fetch';
import type { paths } from '#api/client/paths.ts';
import { sessionFetch } from './session.ts';

export type { components } from '#api/client/paths.ts';

export const client = createClient<paths>({ baseUrl: location.origin, fetch: sessionFetch });
