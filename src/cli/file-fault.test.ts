import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { RefusedError } from '#core/refusals.ts';
import { nameFileFault } from './file-fault.ts';

function errorOf(work: () => void): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

test('a file that cannot be written is a refusal that says which, why and what helps', () => {
  const named = nameFileFault(errorOf(() => writeFileSync('/', 'x')));
  assert.ok(named instanceof RefusedError);
  assert.match(named.message, /^\/: it is a folder and no file \(EISDIR.*\[file\.not-usable\]$/);
  const full = nameFileFault(Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', syscall: 'write' }));
  assert.ok(full instanceof RefusedError);
  assert.match(full.message, /^no space is left on the disk; make room \(ENOSPC/);
});

test('a fault of the program stays one', () => {
  const fault = errorOf(() => JSON.parse('{'));
  assert.equal(nameFileFault(fault), fault);
  const connection = Object.assign(new Error('write EPIPE'), { code: 'EPIPE', syscall: 'write' });
  assert.equal(nameFileFault(connection), connection);
});
