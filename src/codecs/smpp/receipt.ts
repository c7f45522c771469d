/** Receipts that say what became of a message (SMPP 3.4 appendix B, §5.3.2.12, §5.3.2.35). */
import { gsm7Text } from './gsm7.ts';
import type { Deliver } from './pdu.ts';

export interface DeliveryReceipt {
  readonly messageId: string;
  /** under-way: nothing is decided yet. */
  readonly state: 'delivered' | 'failed' | 'under-way';
  readonly text: string;
}

const RECEIPTED_MESSAGE_ID = 0x001e;
const MESSAGE_STATE = 0x0427;
const byState: Readonly<Record<number, DeliveryReceipt['state']>> = {
  1: 'under-way',
  2: 'delivered',
  3: 'failed',
  4: 'failed',
  5: 'failed',
  6: 'under-way',
  7: 'failed',
  8: 'failed',
};
const byName: Readonly<Record<string, DeliveryReceipt['state']>> = {
  ENROUTE: 'under-way',
  DELIVRD: 'delivered',
  EXPIRED: 'failed',
  DELETED: 'failed',
  UNDELIV: 'failed',
  ACCEPTD: 'under-way',
  UNKNOWN: 'failed',
  REJECTD: 'failed',
};

/** Undefined: it is no receipt, but a message of a person. */
export function receiptOf({ esmClass, content, optional }: Deliver): DeliveryReceipt | undefined {
  // Bits 5 to 2: 0001 a receipt, 1000 an intermediate notification.
  const type = (esmClass >> 2) & 0b1111;
  if (type !== 0b0001 && type !== 0b1000) return undefined;
  const text = gsm7Text(content);
  const stated = optional.get(RECEIPTED_MESSAGE_ID);
  const messageId = stated === undefined ? (/\bid:\s*(\S+)/i.exec(text)?.[1] ?? '') : String.fromCharCode(...stated).replace(/\0$/, '');
  const code = optional.get(MESSAGE_STATE)?.[0];
  const name = /\bstat:\s*([A-Z]+)/i.exec(text)?.[1]?.toUpperCase();
  const state = (code === undefined ? undefined : byState[code]) ?? (name === undefined ? undefined : byName[name]);
  if (messageId === '' || state === undefined) return undefined;
  return { messageId, state: type === 0b1000 ? 'under-way' : state, text: text.trim() };
}
