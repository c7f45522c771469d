import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import type { ChargingAccount } from '#core/charging/account.ts';
import { account, ACCOUNT_ID as ID, rich } from '../../../../test/support/charging-accounts.ts';
import { accountFromJson, accountToJson } from '../account-json.ts';
import { packStates, unpackStates } from '../packed-states.ts';
import { accountOfKept, isJson, jsonOfKept, keptOf } from './kept-account.ts';
import { words } from './words.ts';

const within: ChargingAccount = { ...rich, debtNanos: -(2n ** 63n) };

/** Where it lies among others. */
function octetsOf(kept: string): { octets: Buffer; from: number; to: number } {
  return { octets: Buffer.from(`{other${kept}other`, 'latin1'), from: 6, to: 6 + kept.length };
}

describe('an account as memory and the log keep it', () => {
  it('is what its JSON says, in less than a third of the length', () => {
    for (const each of [account, within, { ...account, sessions: [] }]) {
      const kept = keptOf(each);
      assert.equal(isJson(kept), false);
      assert.deepEqual(accountOfKept(ID, kept), accountFromJson(ID, accountToJson(each)));
      assert.deepEqual(accountOfKept(ID, kept), each);
      assert.deepEqual(accountOfKept(ID, octetsOf(kept)), each);
      assert.deepEqual(JSON.parse(jsonOfKept(ID, kept)), JSON.parse(accountToJson(each)));
    }
    assert.ok(keptOf(account).length * 3 < accountToJson(account).length, `${keptOf(account).length}`);
  });

  it('is JSON where octets have no form for it', () => {
    const [session] = account.sessions;
    assert.ok(session !== undefined);
    const odd: ChargingAccount[] = [
      rich, // owes more than 64 bits hold
      { ...account, plan: 'Ἄννα' },
      { ...account, version: -1 },
      { ...account, nextBucket: 0.5 },
      { ...account, sessions: [{ ...session, facts: { called: 'x'.repeat(70_000) } }] },
      { ...account, sessions: [{ ...session, lastAnswer: { ...session.lastAnswer, balances: [] } }] },
    ];
    for (const each of odd) {
      const kept = keptOf(each);
      assert.ok(isJson(kept));
      assert.equal(jsonOfKept(ID, kept), kept);
      assert.deepEqual(accountOfKept(ID, kept), accountFromJson(ID, kept));
      if (!/[^\u0000-\u00ff]/.test(kept)) assert.deepEqual(accountOfKept(ID, octetsOf(kept)), accountFromJson(ID, kept));
    }
  });

  it('has any number of sessions, and those that a request did not change are not written anew', () => {
    const [session] = account.sessions;
    assert.ok(session !== undefined);
    const sessions = Array.from({ length: 500 }, (_, index) => {
      const [id, number] = [`roamer ${index}`, index];
      return { ...session, id, lastNumber: number, lastAnswer: { ...session.lastAnswer, session: id, number } };
    });
    const many: ChargingAccount = { ...within, sessions };
    const kept = keptOf(many);
    assert.equal(isJson(kept), false);
    assert.ok(isDeepStrictEqual(accountOfKept(ID, kept), many)); // a difference of so much takes minutes to be shown
    assert.deepEqual(JSON.parse(jsonOfKept(ID, kept)), JSON.parse(accountToJson(many)));
    // Only the reads of objects that are packed from now on are counted.
    let read = 0;
    const watched = sessions.map(
      (each) =>
        new Proxy(each, {
          get(of, name) {
            read += 1;
            return Reflect.get(of, name);
          },
        }),
    );
    assert.equal(keptOf({ ...many, sessions: watched }), kept);
    const whole = read;
    assert.ok(whole > 0);
    assert.deepEqual(
      accountOfKept(ID, keptOf({ ...many, sessions: watched.with(77, { ...session, id: 'another' }) })).sessions[77]?.id,
      'another',
    );
    assert.equal(read, whole, 'the others were not looked at');
  });

  it('has texts of any length and letter of Latin-1, and whole numbers of any size', () => {
    for (const length of [0, 1, 118, 119, 120, 121, 255, 256, 20_000]) {
      const plan = 'ÿ\u0000{ä'.repeat(length).slice(0, length);
      const each = {
        ...account,
        plan,
        identities: [{ kind: 'nai' as const, value: plan }],
        version: 2 ** 53 - 1,
        nextBucket: Math.min(2 ** length, 2 ** 53 - 1),
      };
      assert.equal(isJson(keptOf(each)), false);
      assert.deepEqual(accountOfKept(ID, keptOf(each)), each);
    }
  });

  it('is refused when it is longer, shorter or of another form', () => {
    const kept = keptOf(account);
    assert.throws(() => accountOfKept(ID, `${kept}\u0000`), /packed otherwise/);
    assert.throws(() => accountOfKept(ID, kept.slice(0, -1)), /packed otherwise/);
    assert.throws(() => accountOfKept(ID, `\u0003${kept.slice(1)}`), /a form that this release does not know/);
  });

  it('comes back from a log, packed and as JSON side by side', () => {
    const all = [keptOf(account), keptOf({ ...account, plan: 'Ἄννα' }), keptOf(within), keptOf(account)];
    assert.deepEqual(unpackStates(packStates(all)), all);
  });
});

it('words of packed accounts stay where they are, for logs of releases before have them', () => {
  assert.deepEqual(words.slice(0, 4), ['active', 'blocked', 'closed', 'voice']);
  assert.deepEqual([words.indexOf('main'), words.indexOf('unable-to-comply'), words.indexOf('ims')], [19, 30, 43]);
  assert.equal(new Set(words).size, words.length);
  assert.ok(words.length <= 128);
});
