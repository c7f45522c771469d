/** The requests of the guide are sent, and their answers compared with it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withTestDatabase } from '../support/database.ts';
import { readProjectFile } from '../support/project-files.ts';
import { examplesOf, followExamples } from './curl.ts';
import { applyExample, startServer } from './server-under-test.ts';

test('every request of "Use the API" gets the answer that the guide shows', () =>
  withTestDatabase(async (database) => {
    await applyExample(database);
    const server = await startServer(database);
    try {
      const port = await server.api.listen('127.0.0.1', 0);
      const variables = { API: `http://127.0.0.1:${port}`, KEY: server.apiKey };
      const examples = examplesOf(readProjectFile('docs/guides/use-the-api.md'));
      assert.ok(examples.length >= 8, String(examples.length));
      await followExamples(examples, variables);
    } finally {
      await server.close();
    }
  }));
