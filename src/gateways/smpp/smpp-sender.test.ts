/** Against an SMSC of others: the package smpp as a server. */
import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { test } from 'node:test';
import type { Receipt } from '#operations/notifications/ports.ts';
import { ESME_RINVDSTADR, ESME_RTHROTTLED, openSmsc, type Smsc } from '../../../test/support/smsc.ts';
import { SmppSender, type SmppSettings } from './smpp-sender.ts';

const times = { connectMs: 20_000, answerMs: 20_000, enquireMs: 100 };

async function withSmsc(
  work: (smsc: Smsc, sender: SmppSender, receipts: Receipt[]) => Promise<void>,
  settings: Partial<SmppSettings> = {},
  ownTimes = times,
): Promise<void> {
  const smsc = await openSmsc();
  const receipts: Receipt[] = [];
  const own = {
    host: '127.0.0.1',
    port: smsc.port,
    tls: false,
    systemId: 'carillon',
    password: 'secret',
    sender: 'Mira',
    perSecond: 1_000,
    receives: true,
  };
  const sender = new SmppSender({ ...own, ...settings }, async (receipt) => void receipts.push(receipt), ownTimes);
  try {
    await work(smsc, sender, receipts);
  } finally {
    await sender.close();
    await smsc.close();
  }
}

test('a message is bound for, sent in the alphabet that it needs, and taken', () =>
  withSmsc(async (smsc, sender) => {
    const outcome = await sender.send({ target: '491701234567', body: 'Noch 2,50 € für {alles} übrig' });
    assert.deepEqual(outcome, { outcome: 'sent', answer: 'one part: smpp:m1', references: ['smpp:m1'] });
    assert.deepEqual([smsc.binds[0]?.command, smsc.binds[0]?.system_id], ['bind_transceiver', 'carillon']);
    const [pdu] = smsc.submitted;
    assert.deepEqual([pdu?.source_addr, pdu?.source_addr_ton, pdu?.destination_addr, pdu?.dest_addr_ton], ['Mira', 5, '491701234567', 1]);
    assert.deepEqual([pdu?.data_coding, pdu?.registered_delivery, pdu?.short_message.message], [0, 1, 'Noch 2,50 € für {alles} übrig']);
    await sender.send({ target: '491701234567', body: 'بقي لديك ٥ 😀' });
    assert.deepEqual([smsc.submitted[1]?.data_coding, smsc.submitted[1]?.short_message.message], [8, 'بقي لديك ٥ 😀']);
    assert.equal(smsc.binds.length, 1);
  }));

test('a long message goes in parts that say which they are, and no character is torn', () =>
  withSmsc(async (smsc, sender) => {
    const body = `${'€'.repeat(76)}a${'€'.repeat(80)}`;
    const outcome = await sender.send({ target: '491701234567', body });
    assert.deepEqual(outcome.references, ['smpp:m1', 'smpp:m2', 'smpp:m3']);
    assert.equal(smsc.submitted.map(({ short_message }) => String(short_message.message)).join(''), body);
    assert.deepEqual(
      smsc.submitted.map(({ esm_class, short_message }) => [esm_class, [...(short_message.udh?.[0] ?? [])].slice(-2)]),
      [
        [0x40, [3, 1]],
        [0x40, [3, 2]],
        [0x40, [3, 3]],
      ],
    );
    const emoji = '😀'.repeat(40);
    await sender.send({ target: '491701234567', body: emoji });
    assert.equal(
      smsc.submitted
        .slice(3)
        .map(({ short_message }) => String(short_message.message))
        .join(''),
      emoji,
    );
    assert.deepEqual(await sender.send({ target: '491701234567', body: 'x'.repeat(153 * 256) }), {
      outcome: 'refused',
      answer: 'the text is too long',
    });
  }));

test('a receipt is handed on when the network says what became of it, and answered when that is stored', () =>
  withSmsc(async (smsc, sender, receipts) => {
    await sender.send({ target: '491701234567', body: 'a' });
    const [session] = smsc.sessions;
    const answers: number[] = [];
    const said = async (pdu: object): Promise<void> =>
      new Promise((resolve) =>
        session?.deliver_sm(pdu, (answer) => {
          answers.push(answer.command_status);
          resolve();
        }),
      );
    await said({
      esm_class: 4,
      short_message: 'id:m1 sub:001 dlvrd:001 submit date:2611221000 done date:2611221000 stat:DELIVRD err:000 text:a',
    });
    await said({ esm_class: 4, receipted_message_id: 'm2', message_state: 5, short_message: '' });
    await said({ esm_class: 4, short_message: 'id:m3 stat:ENROUTE' });
    await said({ esm_class: 0, source_addr: '491701234567', short_message: 'STOP' });
    assert.deepEqual(answers, [0, 0, 0, 0]);
    assert.deepEqual(
      receipts.map(({ reference, state }) => [reference, state]),
      [
        ['smpp:m1', 'delivered'],
        ['smpp:m2', 'failed'],
      ],
    );
  }));

test('told to slow down it asks again; a wrong number is final; a wrong password and no answer are not', async () => {
  await withSmsc(async (smsc, sender) => {
    smsc.statuses.push(ESME_RTHROTTLED);
    assert.equal((await sender.send({ target: '491701234567', body: 'a' })).outcome, 'sent');
    smsc.statuses.push(ESME_RINVDSTADR);
    assert.deepEqual(await sender.send({ target: '1', body: 'a' }), { outcome: 'refused', answer: 'ESME_RINVDSTADR' });
    for (const session of smsc.sessions) session.destroy();
    // What is sent before the loss is seen is deferred; then it is bound again.
    const outcomes: string[] = [];
    while (outcomes.at(-1) !== 'sent' && outcomes.length < 3)
      outcomes.push((await sender.send({ target: '491701234567', body: 'b' })).outcome);
    assert.match(outcomes.join(), /^(deferred,)?sent$/);
    assert.deepEqual(await sender.send({ target: 'ä', body: 'b' }).then(({ outcome }) => outcome), 'refused');
  });
  await withSmsc(
    async (smsc, sender) => {
      smsc.silent = true;
      assert.deepEqual(await sender.send({ target: '491701234567', body: 'a' }), { outcome: 'deferred', answer: 'no answer came in time' });
    },
    {},
    { ...times, answerMs: 300 },
  );
  await withSmsc(
    async (_, sender) => {
      assert.deepEqual(await sender.send({ target: '491701234567', body: 'a' }), {
        outcome: 'deferred',
        answer: 'bind was answered ESME_RBINDFAIL',
      });
    },
    { password: 'wrong' },
  );
});

test('it sends no more parts a second than were agreed, and says now and then that it lives', () =>
  withSmsc(
    async (smsc, sender) => {
      const begun = performance.now();
      await Promise.all(Array.from({ length: 5 }, () => sender.send({ target: '491701234567', body: 'a' })));
      assert.ok(performance.now() - begun >= 190, 'five at 20 a second');
      assert.equal(smsc.binds.length, 1, 'one connection for all');
      let enquired = 0;
      smsc.sessions[0]?.on('enquire_link', () => (enquired += 1));
      while (enquired < 2) await new Promise((resolve) => setTimeout(resolve, 20));
    },
    { perSecond: 20 },
  ));

test('octets that are no SMPP close the connection and nothing else', async () => {
  const server = createServer((socket) => socket.write(Buffer.from([0xff, 0xff, 0xff, 0xff, 1, 2, 3])));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  const settings = {
    host: '127.0.0.1',
    port: address.port,
    tls: false,
    systemId: 'c',
    password: 'secret',
    sender: '12345',
    perSecond: 100,
    receives: false,
  };
  const sender = new SmppSender(settings, async () => undefined, times);
  assert.deepEqual(await sender.send({ target: '491701234567', body: 'a' }), {
    outcome: 'deferred',
    answer: 'a PDU states 4294967295 octets',
  });
  await sender.close();
  server.close();
});
