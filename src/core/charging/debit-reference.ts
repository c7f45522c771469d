/** How peers keep the name of a debit, to give it back with its refund: in Refund-Information (TS 32.299 §7.2), and over HTTP. */
import type { DebitReference } from './request.ts';

export function debitReferenceText({ session, number, item, atMicros }: DebitReference): string {
  return `${atMicros}.${number}.${item} ${session}`;
}

/** What is none of ours names a debit that nobody finds. */
export function readDebitReference(text: string): DebitReference {
  const [, at = '0', number = '0', item = '0', session = ''] = /^(\d{1,16})\.(\d{1,10})\.(\d{1,9}) (.+)$/.exec(text) ?? [];
  return { session, number: Number(number), item: Number(item), atMicros: Number(at) };
}
