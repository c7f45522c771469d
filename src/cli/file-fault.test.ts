import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
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

test('a file that is not there is named; a socket that is not there is no file', () => {
  const named = nameFileFault(errorOf(() => readFileSync('no-such-file.xml')));
  assert.ok(named instanceof RefusedError);
  assert.match(named.message, /^no-such-file\.xml: there is no such file or folder; correct the path \(ENOENT.*\[file\.not-usable\]$/);
  const socket = Object.assign(new Error('connect ENOENT /tmp/x'), { code: 'ENOENT', syscall: 'connect' });
  assert.equal(nameFileFault(socket), socket);
});

test('a fault of the program stays one', () => {
  const fault = errorOf(() => JSON.parse('{'));
  assert.equal(nameFileFault(fault), fault);
  const connection = Object.assign(new Error('write EPIPE'), { code: 'EPIPE', syscall: 'write' });
  assert.equal(nameFileFault(connection), connection);
});
