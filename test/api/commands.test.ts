/** Every command of the platform has its operation over HTTP, or says why it has none. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describedOperations } from '#app/api/operations.ts';
import { subjectOf } from '../../src/cli/audit-subjects.ts';
import { buildProgram } from '../../src/cli/main.ts';
import { commandOperations } from '../../tools/generate/command-operations.ts';
import { leaves } from '../../tools/generate/commands.ts';

test('every command names the operations that do the same, or says why there is none; none is named that there is not', async () => {
  const commands = (await buildProgram()).commands
    .filter((command) => command.name() !== 'help')
    .flatMap((command) => leaves(command))
    .map(({ name }) => name.replace('carillon ', ''));
  assert.deepEqual(Object.keys(commandOperations).toSorted(), commands.toSorted());
  const ids = new Set(describedOperations().map(({ id }) => id));
  for (const [command, said] of Object.entries(commandOperations)) {
    if (typeof said === 'string') assert.match(said, /^\S+ .*\.$/, `${command} says no reason in a sentence`);
    else for (const id of said) assert.ok(ids.has(id), `${command}: there is no operation ${id}`);
  }
});

test('a change by a command has the subject in the audit trail that the same change over HTTP has', () => {
  const audits = new Map(describedOperations().map(({ id, audit }) => [id, audit]));
  const others = Object.entries(commandOperations).flatMap(([command, said]) => {
    const kinds = (typeof said === 'string' ? [] : said).flatMap((id) => {
      const audit = audits.get(id);
      return audit === undefined || 'keptIn' in audit || audit.subject === 'upload' ? [] : audit.subject;
    });
    const { kind } = subjectOf(command, 'x');
    return kinds.length === 0 || kinds.every((each) => each === kind) ? [] : [`${command}: ${kind}, and ${kinds.join(', ')} over HTTP`];
  });
  assert.deepEqual(others, []);
  assert.deepEqual(subjectOf('users role', 'Ann@House.test'), { kind: 'person', id: 'ann@house.test' });
});
