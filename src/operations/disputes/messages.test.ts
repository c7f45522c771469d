import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RefusedError } from '#core/refusals.ts';
import { demandEvidence, type MessageBooks, sendMessage } from './messages.ts';

const file = (name: string, content: string | Uint8Array) => ({
  name,
  sha256: '',
  content: typeof content === 'string' ? Buffer.from(content) : content,
});
const refused = (error: unknown): boolean => error instanceof RefusedError && error.refusals[0]?.code === 'dispute.message-refused';

test('evidence is what its name says: a program called invoice.pdf is refused, and so is what nobody reads as evidence', () => {
  demandEvidence([
    file('a.PDF', '%PDF-1.7'),
    file('b.csv', 'x;y'),
    file('c.xlsx', Uint8Array.of(0x50, 0x4b, 3, 4)),
    file('d.png', Uint8Array.of(0x89, 0x50, 0x4e, 0x47)),
  ]);
  for (const wrong of [
    file('a.pdf', 'MZ'),
    file('a.exe', 'MZ'),
    file('a.html', '<p>'),
    file('a', 'x'),
    file('a.csv', ''),
    file('a.csv', '\0'),
    file('a.constructor', 'x'),
  ])
    assert.throws(() => demandEvidence([wrong]), refused, wrong.name);
});

test('a message has words or files, belongs to a dispute that there is, and a dispute has so many of them at most', async () => {
  const books = (counts: { messages: number; files: number } | undefined): MessageBooks => ({
    counts: async () => counts,
    add: async (_, { words }) => BigInt(words.length),
  });
  const message = (words: string, files = [file('a.txt', 'x')]) => ({ by: 'them', words, files, sent: { atMicros: 0, by: 'x' } }) as const;
  assert.equal(await sendMessage(books({ messages: 0, files: 0 }), '1', message(' seen ')), 4n);
  await assert.rejects(sendMessage(books({ messages: 0, files: 0 }), '1', message(' ', [])), refused);
  await assert.rejects(sendMessage(books({ messages: 1_000, files: 0 }), '1', message('x')), refused);
  await assert.rejects(sendMessage(books({ messages: 0, files: 200 }), '1', message('x')), refused);
  await assert.rejects(sendMessage(books(undefined), '1', message('x')), /no dispute/);
});
