/** The requests of "Close a month by API" are sent, and their answers compared with it. */
import { test } from 'node:test';
import { withWorld } from '../support/partner-world.ts';
import { readProjectFile } from '../support/project-files.ts';
import { examplesOf, followExamples } from './curl.ts';
import { startServer } from './server-under-test.ts';

test('every request of "Close a month by API" gets the answer that the guide shows', () =>
  withWorld({ domestic: true, settlement: { approval: 'one' } }, async ({ database, load, loadTheirs }) => {
    await load(['2026-10-05', '40.5']);
    await loadTheirs(['2026-10-06', '100'], ['2026-10-07', '0.01']);
    const server = await startServer(database);
    try {
      const port = await server.api.listen('127.0.0.1', 0);
      const variables = { API: `http://127.0.0.1:${port}`, KEY: server.apiKey };
      await followExamples(examplesOf(readProjectFile('docs/guides/close-a-month-by-api.md')), variables);
    } finally {
      await server.close();
    }
  }));
