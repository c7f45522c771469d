/** An event of charging as systems of others read it. */
import type { ChargingAccount } from '#core/charging/account.ts';
import type { BalanceUnit } from '#core/charging/answer.ts';
import type { NoticedEvent } from '#core/charging/notices.ts';
import { formatNanos } from '#core/money/amount.ts';
import { formatInstant } from '#core/time/zoned.ts';
import type { NewWebhookEvent } from '../webhooks/ports.ts';
import type { KeptNotice } from './ports.ts';

/** Its subject is the account: what happens to one is told in its order. */
export function chargingEventBody({ noticeId, atMicros, event }: KeptNotice, account: ChargingAccount | undefined): NewWebhookEvent {
  return {
    sourceKey: `charging:${noticeId}`,
    type: `charging.${event.kind}`,
    subject: event.account,
    happenedMicros: atMicros,
    data: { account: event.account, ...(account === undefined ? {} : { plan: account.plan }), ...dataOf(event, account?.currency ?? '') },
  };
}

function dataOf(event: NoticedEvent, currency: string): object {
  const money = (nanos: bigint): object => ({ amount: formatNanos(nanos, 2), currency });
  const quantity = (amount: bigint, unit: BalanceUnit): object => (unit === 'money' ? money(amount) : { amount: String(amount), unit });
  switch (event.kind) {
    case 'threshold-crossed': {
      const { of, threshold, value, whole, unit, notify } = event;
      const optional = { ...(whole === undefined ? {} : { of: quantity(whole, unit) }), ...(notify === undefined ? {} : { notify }) };
      return { subject: of, threshold, value: quantity(value, unit), ...optional };
    }
    case 'counter-status':
      return { counter: event.counter, status: event.status };
    case 'topped-up':
      return { by: event.by, received: money(event.nanos), balance: money(event.left) };
    case 'use-refused':
      return { session: event.session, service: event.service, ...(event.control === undefined ? {} : { control: event.control }) };
    case 'roaming-entered':
      return { network: event.network };
    case 'bucket-ending':
      return { bucket: event.definition, left: quantity(event.left, event.unit), until: formatInstant(event.toMicros) };
    case 'bucket-expired':
      return { bucket: event.definition, lost: quantity(event.lost, event.unit) };
    case 'add-on-bought':
      return { addOn: event.addOn, price: money(event.nanos) };
    case 'renewal-failed':
      return { subject: event.of, reason: event.reason };
    case 'used-beyond-grant':
      return { session: event.session, unpaid: money(event.unpaidNanos) };
  }
}
