import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { derivedFiles } from '../../tools/generate/derived-files.ts';
import { projectRoot, readProjectFile } from '../support/project-files.ts';

for (const [file, render] of Object.entries(derivedFiles)) {
  test(`${file} is what its source makes (npm run generate)`, async () => {
    assert.ok(existsSync(join(projectRoot, file)), 'it is missing: npm run generate');
    assert.equal(readProjectFile(file), await render(), 'its source has changed: npm run generate');
  });
}
