/** A bank's statement as ISO 20022 camt.053: two accounts, a payment on each. */
import { formatNanos } from '#core/money/amount.ts';

export interface Credit {
  readonly currency: string;
  readonly nanos: bigint;
  readonly payer: string;
  /** Of the payer, where the bank says it. */
  readonly iban?: string;
  /** What the payer wrote. */
  readonly says: string;
}

export interface BankStatement {
  /** Own account: an IBAN, or a number where there is none. */
  readonly account: { readonly iban: string } | { readonly number: string };
  readonly openingNanos: bigint;
  readonly credit: Credit;
}

export function bankFile(day: string, statements: readonly BankStatement[]): string {
  const parts = statements.map((statement, index) => statementText(day, index + 1, statement));
  return `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">
<BkToCstmrStmt>
<GrpHdr><MsgId>DEMO-${day}</MsgId><CreDtTm>${day}T18:00:00Z</CreDtTm></GrpHdr>
${parts.join('\n')}
</BkToCstmrStmt>
</Document>
`;
}

function statementText(day: string, number: number, { account, openingNanos, credit }: BankStatement): string {
  const { currency, nanos, payer, iban, says } = credit;
  const amount = (value: bigint): string => `<Amt Ccy="${currency}">${formatNanos(value, 2)}</Amt><CdtDbtInd>CRDT</CdtDbtInd>`;
  const balance = (code: string, value: bigint): string =>
    `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp>${amount(value)}<Dt><Dt>${day}</Dt></Dt></Bal>`;
  const id = 'iban' in account ? `<IBAN>${account.iban}</IBAN>` : `<Othr><Id>${account.number}</Id></Othr>`;
  const from = iban === undefined ? '' : `<DbtrAcct><Id><IBAN>${iban}</IBAN></Id></DbtrAcct>`;
  return `<Stmt><Id>${day}-${number}</Id><Acct><Id>${id}</Id><Ccy>${currency}</Ccy></Acct>
${balance('OPBD', openingNanos)}
${balance('CLBD', openingNanos + nanos)}
<Ntry>${amount(nanos)}<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>${day}</Dt></BookgDt><AcctSvcrRef>DEMO-${day}-${number}</AcctSvcrRef>
<NtryDtls><TxDtls>${amount(nanos)}<RltdPties><Dbtr><Pty><Nm>${payer}</Nm></Pty></Dbtr>${from}</RltdPties><RmtInf><Ustrd>${says}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
</Stmt>`;
}
