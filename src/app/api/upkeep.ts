/** What is behind messages to customers, vouchers and rates of exchange. */
import { type VoucherDesk, voucherOperations } from '#api/charging/vouchers.ts';
import { type ExchangeDesk, exchangeOperations } from '#api/ledger/exchange.ts';
import { type NotificationDesk, notificationOperations } from '#api/notifications/notifications.ts';
import type { Operation } from '#api/operation.ts';
import { undriven } from '#api/undriven.ts';
import { formatDecimal } from '#core/money/decimal.ts';
import { makeVoucherBatch, stopVouchers, voucherBatches } from '../charging/desk.ts';
import { listRates, setRate } from '../exchange/rates.ts';
import { contactsShown, notificationShown, notificationsShown, retryMessages, setContact } from '../notifications/overview.ts';
import type { ApiHome } from './home.ts';

export interface UpkeepBehind {
  readonly notifications: NotificationDesk;
  readonly vouchers: VoucherDesk;
  readonly exchange: ExchangeDesk;
}

export const nothingBehindUpkeep: UpkeepBehind = { notifications: undriven(), vouchers: undriven(), exchange: undriven() };

export function upkeepOperations({ notifications, vouchers, exchange }: UpkeepBehind): readonly Operation[] {
  return [...notificationOperations(notifications), ...voucherOperations(vouchers), ...exchangeOperations(exchange)];
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
    exchange: {
      rates: async (source, from, to) =>
        (await listRates(database, source, from, to)).map(({ in: into, rate, ...row }) => ({ ...row, into, rate: formatDecimal(rate) })),
      set: (rate) => setRate(database, rate),
    },
  };
}
