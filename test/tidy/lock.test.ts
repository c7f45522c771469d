import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type LockPackages, missingOptionals } from '../../tools/complete-lock.ts';
import { readProjectFile } from '../support/project-files.ts';

test('the lock names the packages of every platform (node tools/complete-lock.ts)', () => {
  const { packages }: { packages: LockPackages } = JSON.parse(readProjectFile('package-lock.json'));
  assert.deepEqual(Object.keys(missingOptionals(packages)), [], 'npm ci would refuse it: run node tools/complete-lock.ts');
});

test('versions are pinned exactly', () => {
  const manifest: Record<string, Record<string, string>> = JSON.parse(readProjectFile('package.json'));
  const loose = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }).filter(([, version]) => !/^\d/.test(version));
  assert.deepEqual(loose, []);
});
