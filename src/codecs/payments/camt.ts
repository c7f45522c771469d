/**
 * Bank messages of ISO 20022: camt.052 (report), camt.053 (statement) and camt.054 (notification), versions 02 to 13. The versions
 * differ in where names stand (`Dbtr/Nm`, since 08 `Dbtr/Pty/Nm`) and how a status is written; both are read.
 */
import { minorUnits } from '#core/money/currencies.ts';
import { parseDecimal, trimDecimal, unitsAtScale } from '#core/money/decimal.ts';
import { type Refusal, type Result, refuse } from '#core/refusals.ts';
import { isLocalDate } from '#core/time/zoned.ts';

export interface BankMessage {
  /** `camt.053.001.08`. */
  readonly message: string;
  readonly id: string;
  readonly statements: readonly BankStatement[];
}

export interface BankStatement {
  readonly id: string;
  /** IBAN, or the account's number where there is none; without spaces. */
  readonly account: string;
  readonly entries: readonly BankEntry[];
  /** Entries that are not booked yet, and are left out. */
  readonly pending: number;
}

export interface BankEntry {
  /** The bank's own reference of the entry; empty where it gives none. */
  readonly bankReference: string;
  readonly day: string;
  readonly direction: 'in' | 'out';
  readonly currency: string;
  /** Above zero. */
  readonly amountNanos: bigint;
  /** One for each transaction where the bank gives them in full; else one for the whole entry. */
  readonly payments: readonly BankPayment[];
}

export interface BankPayment {
  readonly amountNanos: bigint;
  /** The other side. */
  readonly name?: string;
  readonly iban?: string;
  readonly endToEndId?: string;
  /** Money that comes back: the bank calls the entry a reversal, or gives the reason of a return. */
  readonly isReversal: boolean;
  /** References and texts for the receiver. */
  readonly said: readonly string[];
}

/** Where the bank says by ISO 20022 what sort of transaction it is; RRTN is a return. */
const RETURN_CODE = 'BkTxCd/Domn/Fmly/SubFmlyCd';
const MESSAGE = /:(camt\.05[234]\.001\.\d\d)$/;
const STATEMENTS: ReadonlySet<string> = new Set(['Rpt', 'Stmt', 'Ntfctn']);

interface Amount {
  readonly text: string;
  readonly currency: string;
}

/** What an element that is being read has said so far. */
interface Details {
  amount?: Amount;
  transactionAmount?: Amount;
  direction?: string;
  debtor?: string;
  creditor?: string;
  debtorIban?: string;
  creditorIban?: string;
  endToEndId?: string;
  isReturn?: boolean;
  said: string[];
}

interface Draft extends Details {
  status?: string;
  reversal?: string;
  day?: string;
  valueDay?: string;
  bankReference?: string;
  details: Details[];
}

interface BalanceDraft {
  code?: string;
  amount?: Amount;
  direction?: string;
}

/** A sink of XML events; `result` after the last. */
export class CamtReader {
  readonly #path: string[] = [];
  readonly #faults: Refusal[] = [];
  readonly #statements: BankStatement[] = [];
  #message = '';
  #messageId = '';
  #text = '';
  #currency = '';
  #statement: { id: string; account: string; entries: BankEntry[]; balances: BalanceDraft[]; pending: number } | undefined;
  #entry: Draft | undefined;
  #details: Details | undefined;
  #balance: BalanceDraft | undefined;

  open(name: string, attributes: Readonly<Record<string, string>>, namespace: string): void {
    if (this.#path.length === 0) this.#message = MESSAGE.exec(namespace)?.[1] ?? '';
    this.#path.push(name);
    this.#text = '';
    const { Ccy } = attributes;
    if (Ccy !== undefined) this.#currency = Ccy;
    if (this.#path.length === 3 && STATEMENTS.has(name)) this.#statement = { id: '', account: '', entries: [], balances: [], pending: 0 };
    else if (name === 'Ntry' && this.#path.length === 4) this.#entry = { details: [], said: [] };
    else if (name === 'TxDtls' && this.#entry !== undefined) this.#details = { said: [] };
    else if (name === 'Bal' && this.#path.length === 4) this.#balance = {};
  }

  text(text: string): void {
    this.#text += text;
  }

  close(name: string): void {
    const path = this.#path.slice(3).join('/');
    const text = this.#text.trim();
    this.#text = '';
    if (text !== '') this.#said(path, text);
    this.#path.pop();
    if (name === 'TxDtls' && this.#details !== undefined) {
      this.#entry?.details.push(this.#details);
      this.#details = undefined;
    } else if (name === 'Ntry' && this.#path.length === 3 && this.#entry !== undefined) {
      this.#endEntry(this.#entry);
      this.#entry = undefined;
    } else if (name === 'Bal' && this.#path.length === 3 && this.#balance !== undefined) {
      this.#statement?.balances.push(this.#balance);
      this.#balance = undefined;
    } else if (this.#path.length === 2 && STATEMENTS.has(name)) this.#endStatement();
  }

  /** Refused: `payment.not-a-bank-file`, `payment.bank-file-wrong`, `payment.statement-off`. */
  result(): Result<BankMessage> {
    if (this.#message === '') {
      return refused([refuse('payment.not-a-bank-file', 'no message of camt.052, camt.053 or camt.054')]);
    }
    if (this.#statements.length === 0 && this.#faults.length === 0) {
      return refused([refuse('payment.bank-file-wrong', `the ${this.#message} has no statement, report or notification`)]);
    }
    if (this.#faults.length > 0) return refused(this.#faults.slice(0, 20));
    return { ok: true, value: { message: this.#message, id: this.#messageId, statements: this.#statements } };
  }

  #said(path: string, text: string): void {
    if (this.#details !== undefined) this.#saidOfDetails(this.#details, path.replace(/^Ntry\/NtryDtls\/TxDtls\//, ''), text);
    else if (this.#entry !== undefined) this.#saidOfEntry(this.#entry, path.replace(/^Ntry\//, ''), text);
    else if (this.#balance !== undefined) {
      if (path === 'Bal/Tp/CdOrPrtry/Cd') this.#balance.code = text;
      else if (path === 'Bal/Amt') this.#balance.amount = { text, currency: this.#currency };
      else if (path === 'Bal/CdtDbtInd') this.#balance.direction = text;
    } else if (this.#statement !== undefined) {
      if (path === 'Id') this.#statement.id = text;
      else if (path === 'Acct/Id/IBAN' || path === 'Acct/Id/Othr/Id') this.#statement.account = text.replaceAll(' ', '').toUpperCase();
    } else if (path === 'MsgId' && this.#path[2] === 'GrpHdr') this.#messageId = text;
  }

  #saidOfEntry(entry: Draft, path: string, text: string): void {
    if (path === 'Amt') entry.amount = { text, currency: this.#currency };
    else if (path === 'CdtDbtInd') entry.direction = text;
    else if (path === 'RvslInd') entry.reversal = text;
    else if (path === 'Sts' || path === 'Sts/Cd') entry.status = text;
    else if (path === 'BookgDt/Dt' || path === 'BookgDt/DtTm') entry.day = text.slice(0, 10);
    else if (path === 'ValDt/Dt' || path === 'ValDt/DtTm') entry.valueDay = text.slice(0, 10);
    else if (path === 'AcctSvcrRef') entry.bankReference = text;
    else if (path === RETURN_CODE && text === 'RRTN') entry.isReturn = true;
    else if (path === 'AddtlNtryInf') entry.said.push(text);
  }

  #saidOfDetails(details: Details, path: string, text: string): void {
    if (path === 'Amt') details.amount = { text, currency: this.#currency };
    else if (path === 'AmtDtls/TxAmt/Amt') details.transactionAmount = { text, currency: this.#currency };
    else if (path === 'CdtDbtInd') details.direction = text;
    else if (path === 'Refs/EndToEndId' && text !== 'NOTPROVIDED') details.endToEndId = text;
    else if (/^RltdPties\/Dbtr(\/Pty)?\/Nm$/.test(path)) details.debtor = text;
    else if (/^RltdPties\/Cdtr(\/Pty)?\/Nm$/.test(path)) details.creditor = text;
    else if (/^RltdPties\/DbtrAcct\/Id\/(IBAN|Othr\/Id)$/.test(path)) details.debtorIban = text.replaceAll(' ', '').toUpperCase();
    else if (/^RltdPties\/CdtrAcct\/Id\/(IBAN|Othr\/Id)$/.test(path)) details.creditorIban = text.replaceAll(' ', '').toUpperCase();
    else if (path === RETURN_CODE) {
      if (text === 'RRTN') details.isReturn = true;
    } else if (path.startsWith('RtrInf/')) {
      details.isReturn = true;
      if (/^RtrInf\/(Rsn\/(Cd|Prtry)|AddtlInf)$/.test(path)) details.said.push(text);
    } else if (/^RmtInf\/(Ustrd|Strd\/CdtrRefInf\/Ref|Strd\/RfrdDocInf\/Nb|Strd\/AddtlRmtInf)$/.test(path)) details.said.push(text);
  }

  #endEntry(draft: Draft): void {
    const statement = this.#statement;
    if (statement === undefined) return;
    if ((draft.status ?? 'BOOK') !== 'BOOK') {
      statement.pending += 1;
      return;
    }
    const amountNanos = nanosOf(draft.amount);
    const day = draft.day ?? draft.valueDay ?? '';
    const fault = entryFault(draft, amountNanos, day);
    if (amountNanos === undefined || fault !== undefined) {
      const number = statement.entries.length + statement.pending + 1;
      const [field, said, value] = fault ?? ['Amt', 'no amount', ''];
      this.#faults.push(refuse('payment.bank-file-wrong', said, { field: `Ntry ${number} ${field}`, value: value.slice(0, 120) }));
      return;
    }
    if (amountNanos === 0n) return; // information of the bank, not money
    const direction = draft.direction === 'CRDT' ? 'in' : 'out';
    statement.entries.push({
      bankReference: draft.bankReference ?? '',
      day,
      direction,
      currency: draft.amount?.currency ?? '',
      amountNanos,
      payments: paymentsOf(draft, direction, amountNanos),
    });
  }

  #endStatement(): void {
    const statement = this.#statement;
    this.#statement = undefined;
    if (statement === undefined) return;
    const { id, account, entries, balances, pending } = statement;
    if (account === '') this.#faults.push(refuse('payment.bank-file-wrong', `statement ${id} names no account`));
    const fault = balanceFault(id, entries, balances);
    if (fault !== undefined) this.#faults.push(fault);
    this.#statements.push({ id, account, entries, pending });
  }
}

/** Field, what is wrong with it, and its value. */
function entryFault(draft: Draft, amountNanos: bigint | undefined, day: string): readonly [string, string, string] | undefined {
  if (amountNanos === undefined)
    return ['Amt', 'not an amount in a currency of today', `${draft.amount?.text ?? ''} ${draft.amount?.currency ?? ''}`];
  if (draft.direction !== 'CRDT' && draft.direction !== 'DBIT') return ['CdtDbtInd', 'neither CRDT nor DBIT', draft.direction ?? ''];
  return isLocalDate(day) ? undefined : ['BookgDt', 'no day of booking', day];
}

/** The transactions of an entry where they are in its currency and add up to it; else the entry as one payment that says all they say. */
function paymentsOf(draft: Draft, direction: 'in' | 'out', amountNanos: bigint): readonly BankPayment[] {
  const { details, amount } = draft;
  const parts = details.map((each) => [each.amount, each.transactionAmount].find((one) => one?.currency === amount?.currency));
  const nanos = parts.map((part) => nanosOf(part) ?? 0n);
  const same = details.every((each) => each.direction === undefined || each.direction === draft.direction);
  const addsUp = same && nanos.every((each) => each > 0n) && nanos.reduce((sum, each) => sum + each, 0n) === amountNanos;
  if (details.length > 1 && addsUp) return details.map((each, index) => paymentOf([each], draft, direction, nanos[index] ?? 0n));
  return [paymentOf(details, draft, direction, amountNanos)];
}

function paymentOf(details: readonly Details[], draft: Draft, direction: 'in' | 'out', amountNanos: bigint): BankPayment {
  const only = details.length === 1 ? details[0] : undefined;
  const isReversal =
    draft.isReturn === true ||
    draft.reversal === 'true' ||
    draft.reversal === '1' ||
    (details.length > 0 && details.every((each) => each.isReturn === true));
  // Of a return, banks name the parties as they were in what comes back.
  const fromDebtor = (direction === 'in') !== isReversal;
  const [debtor, creditor] = [
    { name: only?.debtor, iban: only?.debtorIban },
    { name: only?.creditor, iban: only?.creditorIban },
  ];
  const { name, iban } = fromDebtor ? debtor : creditor;
  const endToEnds = details.flatMap(({ endToEndId }) => (endToEndId === undefined ? [] : [endToEndId]));
  const [endToEndId] = endToEnds;
  return {
    amountNanos,
    ...(name === undefined ? {} : { name }),
    ...(iban === undefined ? {} : { iban }),
    ...(endToEndId === undefined || endToEnds.length > 1 ? {} : { endToEndId }),
    isReversal,
    said: [...new Set([...details.flatMap(({ said }) => said), ...endToEnds, ...draft.said])],
  };
}

/** Opening balance and booked entries make the closing balance, where all are in one currency. */
function balanceFault(id: string, entries: readonly BankEntry[], balances: readonly BalanceDraft[]): Refusal | undefined {
  const balance = (...codes: readonly string[]): { nanos: bigint; currency: string } | undefined => {
    const found = balances.filter(({ code }) => code !== undefined && codes.includes(code));
    const [only] = found;
    const nanos = nanosOf(only?.amount);
    if (found.length !== 1 || only === undefined || nanos === undefined) return undefined;
    return { nanos: only.direction === 'DBIT' ? -nanos : nanos, currency: only.amount?.currency ?? '' };
  };
  const opening = balance('OPBD', 'PRCD');
  const closing = balance('CLBD');
  if (opening === undefined || closing === undefined || opening.currency !== closing.currency) return undefined;
  if (entries.some(({ currency }) => currency !== opening.currency)) return undefined;
  const sum = entries.reduce((total, entry) => total + (entry.direction === 'in' ? entry.amountNanos : -entry.amountNanos), opening.nanos);
  if (sum === closing.nanos) return undefined;
  return refuse(
    'payment.statement-off',
    `statement ${id}: opening balance and entries do not make the closing balance; entries are missing or double`,
  );
}

/** Undefined for what is no amount of a currency of today, and for more decimals than nanos have. */
function nanosOf(amount: Amount | undefined): bigint | undefined {
  if (amount === undefined || minorUnits(amount.currency) === undefined) return undefined;
  const read = parseDecimal(amount.text);
  const exact = read === undefined ? undefined : trimDecimal(read);
  return exact === undefined || exact.units < 0n || exact.scale > 9 ? undefined : unitsAtScale(exact, 9);
}

function refused(refusals: readonly Refusal[]): Result<never> {
  return { ok: false, refusals };
}
