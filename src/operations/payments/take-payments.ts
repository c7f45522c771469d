/** Taking payments in: from a bank's file, or by hand. Each is booked at once; what is certain is allocated at once. */
import { accountKey } from '#core/parties/bank-account.ts';
import type { Suggestion } from '#core/payments/matching.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import { takeRows } from './book-payments.ts';
import type { BankFileRow, EntityTerms, NewPayment, Payment } from './ports.ts';
import { entityOf, type Settling } from './settling.ts';

/** A movement of a bank account, as its file says; `payments` add up to it. */
export interface BankMovement {
  readonly bankAccount: string;
  readonly entryKey: string;
  readonly payments: readonly Omit<NewPayment, 'legalEntity' | 'entryKey' | 'part' | 'by' | 'bankAccount'>[];
}

export interface TakenPayment {
  readonly payment: Payment;
  /** What it was booked to, and why; undefined where nobody knows whose it is. */
  readonly account: string | undefined;
  readonly settled: readonly string[];
  /** What came back: `PAY-17`, `OUT-4-1`; undefined where it is no return, or nobody knows of what. */
  readonly returns?: string;
  readonly leftNanos: bigint;
  readonly suggestions: readonly Suggestion[];
}

export interface TakenFile {
  /** Undefined when this content was taken before: then nothing was done. */
  readonly file: bigint | undefined;
  readonly payments: readonly TakenPayment[];
  /** Entries that were taken before, from another file. */
  readonly known: number;
}

export interface TakeRequest {
  readonly file: BankFileRow;
  readonly movements: readonly BankMovement[];
  /** For accounts that no legal entity names. */
  readonly legalEntity?: string;
  readonly by: string;
}

/** The whole file or nothing. Refused: `payment.bank-account-unknown`, and all that booking refuses. */
export async function takeBankFile(settling: Settling, request: TakeRequest): Promise<TakenFile> {
  const { books } = settling;
  const entities = await books.entities();
  const owner = (account: string): EntityTerms => ownerOf(entities, account, request.legalEntity);
  const byEntity = Map.groupBy(request.movements, ({ bankAccount }) => owner(bankAccount).id);
  for (const legalEntity of [...byEntity.keys()].sort()) await books.lock(legalEntity);
  const file = await books.addFile(request.file);
  if (file === undefined) return { file, payments: [], known: 0 };
  const taken: TakenPayment[] = [];
  let known = 0;
  for (const [legalEntity, movements] of byEntity) {
    const before = await books.knownEntries(
      legalEntity,
      movements.map(({ entryKey }) => entryKey),
    );
    const fresh = movements.filter(({ entryKey }) => !before.has(entryKey));
    known += movements.length - fresh.length;
    const rows = fresh.flatMap(({ bankAccount, entryKey, payments }) =>
      payments.map((payment, index): NewPayment => ({ ...payment, legalEntity, bankAccount, entryKey, part: index + 1, by: request.by })),
    );
    taken.push(...(await takeRows(settling, owner(movements[0]?.bankAccount ?? ''), rows, file)));
  }
  return { file, payments: taken, known };
}

function ownerOf(entities: readonly EntityTerms[], account: string, named: string | undefined): EntityTerms {
  const found =
    entities.find(({ bankAccounts }) =>
      bankAccounts.some(({ iban, accountNumber }) =>
        [iban, accountNumber].some((own) => own !== undefined && accountKey(own) === accountKey(account)),
      ),
    ) ?? entities.find(({ id }) => id === named);
  if (found === undefined)
    throw new RefusedError(
      refuse('payment.bank-account-unknown', 'no legal entity has this bank account', { value: account.slice(0, 120) }),
    );
  return found;
}

/** A payment that was not in a bank's file. One reference is taken once. Refused: `payment.reference-taken`. */
export async function takeManualPayment(
  settling: Settling,
  payment: Omit<NewPayment, 'part'>,
  account: string | undefined,
): Promise<TakenPayment> {
  const { books } = settling;
  await books.lock(payment.legalEntity);
  const entity = await entityOf(books, payment.legalEntity);
  if ((await books.knownEntries(payment.legalEntity, [payment.entryKey])).size > 0) {
    const reference = payment.entryKey.slice(payment.entryKey.indexOf('|') + 1);
    throw new RefusedError(
      refuse('payment.reference-taken', `a payment ${reference} was entered before`, { value: reference.slice(0, 120) }),
    );
  }
  const [taken] = await takeRows(settling, entity, [{ ...payment, part: 1 }], undefined, account);
  if (taken === undefined) throw new Error('one payment was added and none came back');
  return taken;
}
