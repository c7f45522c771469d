import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { account, ACCOUNT_ID as ID, rich } from '../../../../test/support/charging-accounts.ts';
import { accountFromJson, accountToJson } from '../account-json.ts';
import { accountOfText } from './read-account.ts';

describe('an account of its text', () => {
  it('is the account that JSON.parse reads', () => {
    for (const each of [account, rich, { ...account, sessions: [] }]) {
      const text = accountToJson(each);
      assert.deepEqual(accountOfText(ID, text), accountFromJson(ID, text));
      assert.equal(accountToJson(accountOfText(ID, text)), text);
    }
  });

  it('is read where names are no ASCII, need escapes, or are another account', () => {
    for (const value of ['Zoë', 'Ἄννα', '"\\', 'a\nb', '', '\u{1f600}']) {
      const named = { ...rich, plan: value, identities: [{ kind: 'private' as const, value }] };
      const text = accountToJson(named);
      assert.deepEqual(accountOfText(value, text), accountFromJson(value, text));
    }
    const long = {
      ...account,
      sessions: Array.from({ length: 100 }, (_, index) => ({ ...(rich.sessions[0] as (typeof rich.sessions)[number]), id: `s${index}` })),
    };
    assert.deepEqual(accountOfText(ID, accountToJson(long)), accountFromJson(ID, accountToJson(long)));
  });

  it('is read as JSON.parse reads it whatever one character is changed to', () => {
    const text = accountToJson(rich);
    for (let at = 0; at < text.length; at += 1)
      for (const other of at % 2 === 0 ? ['0', '"'] : [',', 'é']) {
        const changed = text.slice(0, at) + other + text.slice(at + 1);
        const plain = attempt(() => accountFromJson(ID, changed));
        // What is no JSON is in no row.
        if (plain !== undefined) assert.deepEqual(accountOfText(ID, changed), plain, changed);
      }
  });

  it('is refused in a shape that is not known', () => {
    const other = accountToJson(account).replace('"shape":1', '"shape":2');
    assert.throws(() => accountOfText(ID, other), /shape 2/);
    assert.throws(() => accountOfText(ID, '{}'), /shape undefined/);
  });
});

function attempt<Value>(work: () => Value): Value | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
