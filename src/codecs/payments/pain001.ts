/** Credit transfers for the bank: ISO 20022 pain.001.001.09 (and 03, which some banks still want). */
import { formatNanos } from '#core/money/amount.ts';
import { minorUnits } from '#core/money/currencies.ts';

export const painVersions = ['09', '03'] as const;
export type PainVersion = (typeof painVersions)[number];

export interface TransferFile {
  /** Unique for the bank, at most 35 characters. */
  readonly messageId: string;
  /** `2026-10-31T12:00:00Z`. */
  readonly createdAt: string;
  readonly payer: TransferSide;
  readonly day: string;
  readonly transfers: readonly Transfer[];
}

export interface TransferSide {
  readonly name: string;
  /** An IBAN, or an account's number. */
  readonly account: string;
  readonly bic?: string;
  /** The bank in its clearing system: `USABA`, `021000021`. */
  readonly clearing?: { readonly system: string; readonly member: string };
}

export interface Transfer {
  /** Comes back on the bank's statement; at most 35 characters. */
  readonly endToEndId: string;
  readonly currency: string;
  readonly amountNanos: bigint;
  readonly payee: TransferSide;
  /** At most 140 characters are sent. */
  readonly text: string;
}

/** The whole file. Texts are put into the letters that banks take; what they have no letter for becomes a dot. */
export function writePain001(file: TransferFile, version: PainVersion): string {
  const sums = totalOf(file.transfers.map(({ amountNanos }) => amountNanos));
  // SEPA reaches accounts with an IBAN.
  const isEuro = file.transfers.every(({ currency, payee }) => currency === 'EUR' && IBAN.test(payee.account));
  const bicTag = version === '09' ? 'BICFI' : 'BIC';
  const agent = (name: string, { bic, clearing }: TransferSide): string => {
    const inner = [
      bic === undefined ? '' : `<${bicTag}>${bic}</${bicTag}>`,
      clearing === undefined
        ? ''
        : `<ClrSysMmbId><ClrSysId><Cd>${clearing.system}</Cd></ClrSysId><MmbId>${clearing.member}</MmbId></ClrSysMmbId>`,
    ].join('');
    return `<${name}><FinInstnId>${inner === '' ? '<Othr><Id>NOTPROVIDED</Id></Othr>' : inner}</FinInstnId></${name}>`;
  };
  const day = version === '09' ? `<ReqdExctnDt><Dt>${file.day}</Dt></ReqdExctnDt>` : `<ReqdExctnDt>${file.day}</ReqdExctnDt>`;
  const head = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.${version}">`,
    '<CstmrCdtTrfInitn>',
    `<GrpHdr><MsgId>${idText(file.messageId)}</MsgId><CreDtTm>${file.createdAt}</CreDtTm><NbOfTxs>${file.transfers.length}</NbOfTxs><CtrlSum>${sums}</CtrlSum><InitgPty><Nm>${bankText(file.payer.name, 70)}</Nm></InitgPty></GrpHdr>`,
    `<PmtInf><PmtInfId>${idText(file.messageId)}</PmtInfId><PmtMtd>TRF</PmtMtd><NbOfTxs>${file.transfers.length}</NbOfTxs><CtrlSum>${sums}</CtrlSum>`,
    ...(isEuro ? ['<PmtTpInf><SvcLvl><Cd>SEPA</Cd></SvcLvl></PmtTpInf>'] : []),
    day,
    `<Dbtr><Nm>${bankText(file.payer.name, 70)}</Nm></Dbtr><DbtrAcct>${accountId(file.payer.account)}</DbtrAcct>${agent('DbtrAgt', file.payer)}<ChrgBr>SLEV</ChrgBr>`,
  ];
  const transfers = file.transfers.map(({ endToEndId, currency, amountNanos, payee, text }) =>
    [
      `<CdtTrfTxInf><PmtId><EndToEndId>${idText(endToEndId)}</EndToEndId></PmtId>`,
      `<Amt><InstdAmt Ccy="${currency}">${formatNanos(amountNanos, minorUnits(currency))}</InstdAmt></Amt>`,
      ...(payee.bic === undefined && payee.clearing === undefined ? [] : [agent('CdtrAgt', payee)]),
      `<Cdtr><Nm>${bankText(payee.name, 70)}</Nm></Cdtr><CdtrAcct>${accountId(payee.account)}</CdtrAcct>`,
      `<RmtInf><Ustrd>${bankText(text, 140)}</Ustrd></RmtInf></CdtTrfTxInf>`,
    ].join(''),
  );
  return `${[...head, ...transfers, '</PmtInf>', '</CstmrCdtTrfInitn>', '</Document>'].join('\n')}\n`;
}

const IBAN = /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/;

function accountId(account: string): string {
  return IBAN.test(account) ? `<Id><IBAN>${account}</IBAN></Id>` : `<Id><Othr><Id>${bankText(account, 34)}</Id></Othr></Id>`;
}

/** CtrlSum adds the figures, whatever their currencies (ISO 20022: "irrespective of currencies"). */
function totalOf(amounts: readonly bigint[]): string {
  return formatNanos(
    amounts.reduce((sum, each) => sum + each, 0n),
    2,
  );
}

/** Letters without accents, digits and the signs of the SEPA rulebook (EPC217-08). */
function bankText(text: string, longest: number): string {
  const latin = text
    .replace(/ß/g, 'ss')
    .replace(/[æÆ]/g, 'ae')
    .replace(/[øØ]/g, 'o')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/&/g, '+')
    .replace(/[^A-Za-z0-9/\-?:().,'+ ]/g, '.')
    .trim();
  return latin.slice(0, longest) || '.';
}

/** References may not begin or end with a slash, nor have two in a row. */
function idText(text: string): string {
  return bankText(text, 35)
    .replace(/\/{2,}/g, '/')
    .replace(/^\/|\/$/g, '.');
}
