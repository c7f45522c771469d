/** What is behind messages to customers and vouchers. */
import { type VoucherDesk, voucherOperations } from '#api/charging/vouchers.ts';
import { type NotificationDesk, notificationOperations } from '#api/notifications/notifications.ts';
import type { Operation } from '#api/operation.ts';
import { undriven } from '#api/undriven.ts';
import { makeVoucherBatch, stopVouchers, voucherBatches } from '../charging/desk.ts';
import { contactsShown, notificationShown, notificationsShown, retryMessages, setContact } from '../notifications/overview.ts';
import type { ApiHome } from './home.ts';

export interface UpkeepBehind {
  readonly notifications: NotificationDesk;
  readonly vouchers: VoucherDesk;
}

export const nothingBehindUpkeep: UpkeepBehind = { notifications: undriven(), vouchers: undriven() };

export function upkeepOperations({ notifications, vouchers }: UpkeepBehind): readonly Operation[] {
  return [...notificationOperations(notifications), ...voucherOperations(vouchers)];
}

export function upkeepBehind({ database, settings }: ApiHome): UpkeepBehind {
  return {
    notifications: {
      list: (filter) => notificationsShown(database, filter),
      show: (id) => notificationShown(database, id),
      retry: (id) => retryMessages(database, [id]),
      contact: async (account) => (await contactsShown(database, account))[0],
      setContact: (account, words, by) => setContact(database, account, words, settings.notify.language, by),
    },
    vouchers: {
      batches: () => voucherBatches(database),
      make: (words, count, digits) => makeVoucherBatch(database, words, count, digits),
      stop: (batch) => stopVouchers(database, batch),
    },
  };
}
