/** What consumers get wrong: each ends with its problem or its stream, and others go on. */
import assert from 'node:assert/strict';
import { connect } from 'node:http2';
import { connect as connectTcp } from 'node:net';
import { test } from 'node:test';
import { exportSPKI, generateKeyPair, SignJWT } from 'jose';
import { JsonFault, parseStrictJson } from '#codecs/json/strict-json.ts';
import { defaultNchfLimits } from '#gateways/nchf/server.ts';
import { tokenCheck } from '#gateways/nchf/tokens.ts';
import { chargingData, post, ROOT, withNode } from './node-under-test.ts';

test('bodies that are wrong are refused with what is wrong and where', () =>
  withNode({}, async (under) => {
    const cases: readonly [string, string | object, number, RegExp][] = [
      ['no JSON', 'charging', 400, /a value is expected, at character 1/],
      ['cut', JSON.stringify(chargingData()).slice(0, -2), 400, /INVALID_MSG_FORMAT/],
      [
        'a name twice',
        '{"invocationSequenceNumber": 0, "invocationSequenceNumber": 1}',
        400,
        /\\"invocationSequenceNumber\\" stands twice/,
      ],
      ['too deep', '['.repeat(100_000), 400, /more than 32 deep/],
      ['a list', '[]', 400, /no JSON object/],
      ['nothing in it', {}, 400, /MANDATORY_IE_MISSING.*"param":"\/nfConsumerIdentification","reason":"it is missing"/],
      [
        'a wrong type',
        chargingData({ multipleUnitUsage: [{ ratingGroup: 'ten' }] }),
        400,
        /\/multipleUnitUsage\/0\/ratingGroup: it must be a whole number/,
      ],
      [
        'negative use',
        chargingData({ multipleUnitUsage: [{ ratingGroup: 1, usedUnitContainer: [{ localSequenceNumber: 1, time: -1 }] }] }),
        400,
        /usedUnitContainer\/0\/time/,
      ],
      ['a time that is none', chargingData({ invocationTimeStamp: '2026-02-30T10:00:00Z' }), 400, /invocationTimeStamp/],
      ['a subscriber that is none', chargingData({ subscriberIdentifier: 'imsi-anna' }), 400, /subscriberIdentifier/],
      ['NUL in a name', chargingData({ subscriberIdentifier: 'nai-a\0b' }), 400, /subscriberIdentifier: it must be a text without NUL/],
      ['too long', `{"a":"${'x'.repeat(defaultNchfLimits.mostBodyBytes)}"}`, 413, /at most 262144 octets/],
    ];
    for (const [name, body, status, expected] of cases) {
      const answer = await under.post(ROOT, body);
      assert.equal(answer.status, status, name);
      assert.match(answer.text, expected, name);
    }
    assert.equal((await under.post('/nchf-convergedcharging/v3/other', chargingData())).body?.cause, 'RESOURCE_URI_STRUCTURE_NOT_FOUND');
    assert.equal((await under.post(ROOT, chargingData(), { 'content-type': 'text/plain' })).status, 415);
    assert.equal((await under.post(ROOT, '', { ':method': 'PUT' })).status, 405);
    assert.equal(under.requests.length, 0);
    assert.equal((await under.post(ROOT, chargingData())).status, 201, 'and the connection goes on');
  }));

test('a body that does not come, a connection that is no HTTP/2, and floods of streams disturb nobody', () =>
  withNode({ limits: { ...defaultNchfLimits, bodyMs: 200, mostStreams: 10 } }, async (under) => {
    const slow = connect(under.origin);
    const stream = slow.request({ ':method': 'POST', ':path': ROOT, 'content-type': 'application/json' });
    stream.on('error', () => undefined);
    stream.write('{"a":');
    const ended = new Promise((resolve) => stream.once('close', resolve));
    const raw = connectTcp(Number(new URL(under.origin).port), '127.0.0.1');
    raw.on('error', () => undefined).resume();
    const rawEnded = new Promise((resolve) => raw.once('close', resolve));
    raw.write('GET / HTTP/1.1\r\nHost: example.net\r\n\r\n');
    await Promise.all([ended, rawEnded]);
    slow.close();

    const reset = connect(under.origin);
    reset.on('error', () => undefined);
    for (let round = 0; round < 3_000 && !reset.destroyed; round += 1) {
      const each = reset.request({ ':method': 'POST', ':path': ROOT, 'content-type': 'application/json' });
      each.on('error', () => undefined);
      each.close();
    }
    const answers = await Promise.all(Array.from({ length: 200 }, (_, index) => under.post(ROOT, chargingData({ chargingId: index }))));
    assert.ok(answers.every(({ status }) => status === 201));
    reset.destroy();
  }));

test('a bearer token is checked: signature, time, audience and scope', async () => {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const other = await generateKeyPair('ES256');
  const token = (claims: { scope?: string; aud?: string; exp?: string }, key = privateKey) =>
    new SignJWT({ scope: claims.scope ?? 'nchf-convergedcharging nchf-offlineonlycharging' })
      .setProtectedHeader({ alg: 'ES256' })
      .setAudience(claims.aud ?? 'CHF')
      .setExpirationTime(claims.exp ?? '5m')
      .sign(key);
  const check = await tokenCheck({ keys: await exportSPKI(publicKey), audiences: ['CHF', 'c1d2'] });
  await withNode({ token: check }, async ({ consumer }) => {
    const status = async (authorization: string | undefined): Promise<number> =>
      (await post(consumer, ROOT, JSON.stringify(chargingData()), authorization === undefined ? {} : { authorization })).status;
    assert.equal(await status(undefined), 401);
    assert.equal(await status('Basic YTpi'), 401);
    assert.equal(await status(`Bearer ${await token({})}`), 201);
    assert.equal(await status(`Bearer ${await token({}, other.privateKey)}`), 401);
    assert.equal(await status(`Bearer ${await token({ exp: '-1m' })}`), 401);
    assert.equal(await status(`Bearer ${await token({ aud: 'SMF' })}`), 401);
    assert.equal(await status(`Bearer ${await token({ scope: 'nsmf-pdusession' })}`), 403);
    assert.equal(await status(`Bearer ${'a.'.repeat(3)}`), 401);
  });
});

test('JSON is read as JSON.parse reads it, and faults are none it takes', () => {
  const right = ['{"a":[1,2.5,1e3,true,false,null,"\\u00e4\\n\\"\\ud83d\\ude00"],"__proto__":{"b":{}}}', ' [ ] ', '"x"', '0', '-12', '{}'];
  for (const text of right) assert.deepEqual(JSON.parse(JSON.stringify(parseStrictJson(text))), JSON.parse(text));
  assert.equal(parseStrictJson('-9007199254740993'), -9007199254740993n);
  for (const text of [
    '',
    '{',
    '{"a"}',
    '[1,]',
    '01',
    '1.',
    '+1',
    'nul',
    '"\n"',
    '"\\x"',
    '"\\u12"',
    '[1] 2',
    '{"a":1,"a":1}',
    '1'.repeat(41),
  ])
    assert.throws(() => parseStrictJson(text), JsonFault, text);
});
