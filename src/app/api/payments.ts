/** What is behind the operations of payments, payment orders and netting. */
import type { NettingDesk } from '#api/netting/netting.ts';
import type { AllocationDesk } from '#api/payments/allocations.ts';
import type { OrderDesk } from '#api/payments/orders.ts';
import type { PaymentDesk } from '#api/payments/take.ts';
import { cancel, confirm, nettings, proposeNetted, propose as proposeNetting } from '../payments/netting.ts';
import { approve, orders, orderText, propose as proposeOrder, reject } from '../payments/orders.ts';
import { allocate, assign, interest, returned, showAllocation, undo, writeOff } from '../payments/settle.ts';
import { enterPayment, takeFile } from '../payments/take.ts';
import { today } from './clock.ts';
import type { ApiHome, AskedHome } from './home.ts';
import { withUploads } from './uploaded.ts';

export function paymentDeskOf({ database, uploads }: ApiHome): PaymentDesk {
  return {
    takeFile: (upload, owner, legalEntity, by) =>
      withUploads(uploads, owner, [upload], async ([path = '']) => {
        const taken = await takeFile(database, { file: path, by, ...(legalEntity === undefined ? {} : { legalEntity }) });
        return { ...taken, isNew: taken.file !== undefined };
      }),
    enter: ({ money, from, said = [], ...rest }, by) =>
      enterPayment(database, { ...rest, ...money, said, by, ...(from === undefined ? {} : { name: from }) }),
    allocate: ({ on, ...rest }, by) => allocate(database, { ...rest, day: on ?? today(), by }),
    assign: (payment, account, on, by) => assign(database, { payment, account, day: on ?? today(), by }),
    returned: (payment, of, on, by) => returned(database, { payment, of, day: on ?? today(), by }),
    writeOff: ({ money, on, ...rest }, by) =>
      writeOff(database, {
        ...{ ...rest, day: on ?? today(), by },
        ...(money === undefined ? {} : { amount: { text: money.amount, currency: money.currency } }),
      }),
    interest: ({ book, ...rest }, by) => interest(database, { ...rest, book: book === true, by }),
  };
}

export function allocationsOf({ database }: ApiHome): AllocationDesk {
  return {
    show: (allocation, legalEntity) => showAllocation(database, allocation, legalEntity),
    undo: (id, { on, ...rest }, by) => undo(database, { ...rest, id, day: on ?? today(), by }),
  };
}

export function paymentOrdersOf({ database }: ApiHome): OrderDesk {
  return {
    list: (legalEntity) => orders(database, legalEntity),
    propose: ({ day, ...rest }, by) => proposeOrder(database, { ...rest, day: day ?? today(), by }),
    approve: (id, on, by) => approve(database, id, on ?? today(), by),
    reject: (id, why, by) => reject(database, id, by, why),
    file: (id, version) => orderText(database, id, version),
  };
}

export function nettingsOf({ database, aside }: AskedHome): NettingDesk {
  return {
    list: (legalEntity) => nettings(database, legalEntity),
    propose: ({ on, rates = [], remainderDue, ...rest }, by) =>
      proposeNetting(database, {
        ...{ ...rest, day: on ?? today(), by, rates: rates.map(({ currency, rate }) => `${currency}=${rate}`) },
        ...(remainderDue === undefined ? {} : { oneItemDue: remainderDue }),
      }),
    proposeDue: ({ on, ...rest }, by) => proposeNetted(database, { ...rest, day: on ?? today(), by }),
    confirm: (id, side, why, on, by) => confirm(database, { id, day: on ?? today(), why, by }, side),
    cancel: (id, why, on, by) => cancel(database, { id, day: on ?? today(), why, by }),
    note: (id) => aside.reads.nettingNote(id),
  };
}
