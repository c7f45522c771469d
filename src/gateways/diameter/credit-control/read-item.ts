/** Units and services of a Credit-Control-Request (RFC 8506 §8.16 to §8.26). */
import type { AvpCursor } from '#codecs/diameter/avp-cursor.ts';
import { readUtf8 } from '#codecs/octet-texts.ts';
import { readDebitReference } from '#core/charging/debit-reference.ts';
import {
  type DebitReference,
  type MoneyUnits,
  type ReportingReason,
  type RequestItem,
  reportingReasons,
  type Units,
  type UsedUnits,
} from '#core/charging/request.ts';
import { currencies } from '#core/money/currencies.ts';
import { avp, avp3gpp, VENDOR_3GPP } from './codes.ts';

const NANO_DECIMALS = 9;
const byNumber: ReadonlyMap<number, string> = new Map(
  currencies.flatMap(({ numeric, code, withdrawn }) =>
    numeric === '' || withdrawn !== undefined ? [] : [[Number(numeric), code] as const],
  ),
);

const NOTHING_USED: readonly UsedUnits[] = [];

/** One Multiple-Services-Credit-Control, by a cursor in front of its AVPs. */
export function readItem(cursor: AvpCursor): RequestItem {
  const { view } = cursor;
  let services: string[] | undefined;
  let used: UsedUnits[] | undefined;
  let ratingGroup: string | undefined;
  let requested: RequestItem['requested'];
  let reason: ReportingReason | undefined;
  let refundOf: DebitReference | undefined;
  while (cursor.next()) {
    if (cursor.vendor === VENDOR_3GPP) {
      if (cursor.code === avp3gpp.reportingReason) reason = reportingReasons[view.getUint32(cursor.from)];
      else if (cursor.code === avp3gpp.refundInformation) refundOf = readDebitReference(readUtf8(view, cursor.from, cursor.to) ?? '');
      continue;
    }
    if (cursor.vendor !== 0) continue;
    if (cursor.code === avp.ratingGroup) ratingGroup = groupText(view.getUint32(cursor.from));
    else if (cursor.code === avp.serviceIdentifier) services = withOne(services, String(view.getUint32(cursor.from)));
    else if (cursor.code === avp.requested) requested = readUnits(cursor.inside()) ?? 'any';
    else if (cursor.code === avp.used) {
      const read = readUsed(cursor.inside());
      used = withOne(used, read.used);
      reason ??= read.reason;
    }
  }
  // Member by member: spreading them where they are there costs more than the rest of the item.
  const item: { -readonly [Key in keyof RequestItem]: RequestItem[Key] } = { used: used ?? NOTHING_USED };
  if (ratingGroup !== undefined) item.ratingGroup = ratingGroup;
  if (services !== undefined) item.services = services;
  if (requested !== undefined) item.requested = requested;
  if (reason !== undefined) item.reason = reason;
  if (refundOf !== undefined) item.refundOf = refundOf;
  return item;
}

/** Most lists have one member; an array made with it has no room for more, while one that a first is pushed to has room for 17. */
export function withOne<Type>(list: Type[] | undefined, one: Type): Type[] {
  if (list === undefined) return [one];
  list.push(one);
  return list;
}

/** Undefined for a group without units: as much as we choose. */
export function readUnits(cursor: AvpCursor): Units | undefined {
  if (cursor.isAtEnd) return undefined;
  const { used } = readUsed(cursor);
  for (const _ in used) return used;
  return undefined;
}

/** Rating groups are few and small: the text of one is made once. */
const groups: string[] = [];
const MOST_GROUPS = 1_000;

function groupText(group: number): string {
  if (group >= MOST_GROUPS) return String(group);
  const known = groups[group];
  if (known !== undefined) return known;
  const text = String(group);
  groups[group] = text;
  return text;
}

export function readUsed(cursor: AvpCursor): { readonly used: UsedUnits; readonly reason: ReportingReason | undefined } {
  const { view } = cursor;
  const used: { -readonly [Key in keyof UsedUnits]: UsedUnits[Key] } = {};
  let reason: ReportingReason | undefined;
  while (cursor.next()) {
    if (cursor.vendor === VENDOR_3GPP && cursor.code === avp3gpp.reportingReason) reason = reportingReasons[view.getUint32(cursor.from)];
    if (cursor.vendor !== 0) continue;
    switch (cursor.code) {
      case avp.time:
        used.seconds = BigInt(view.getUint32(cursor.from));
        break;
      case avp.totalOctets:
        used.bytes = view.getBigUint64(cursor.from);
        break;
      case avp.inputOctets:
        used.bytesUp = view.getBigUint64(cursor.from);
        break;
      case avp.outputOctets:
        used.bytesDown = view.getBigUint64(cursor.from);
        break;
      case avp.serviceSpecific:
        used.events = view.getBigUint64(cursor.from);
        break;
      case avp.tariffChangeUsage: {
        const side = view.getInt32(cursor.from);
        if (side === 0) used.change = 'before';
        else if (side === 1) used.change = 'after';
        break;
      }
      case avp.money: {
        const money = readMoney(cursor.inside());
        if (money !== undefined) used.money = money;
        break;
      }
      default:
    }
  }
  return { used, reason };
}

/** CC-Money; undefined without a currency that is paid in today, or finer than nanos. */
function readMoney(cursor: AvpCursor): MoneyUnits | undefined {
  const { view } = cursor;
  let [digits, exponent] = [0n, 0];
  let currency: string | undefined;
  while (cursor.next()) {
    if (cursor.vendor !== 0) continue;
    if (cursor.code === avp.currency) currency = byNumber.get(view.getUint32(cursor.from));
    if (cursor.code !== avp.unitValue) continue;
    const value = cursor.inside();
    while (value.next()) {
      if (value.vendor !== 0) continue;
      if (value.code === avp.valueDigits) digits = view.getBigInt64(value.from);
      else if (value.code === avp.exponent) exponent = view.getInt32(value.from);
    }
  }
  const shift = exponent + NANO_DECIMALS;
  // An exponent beyond what money is would only make a large number of zeros.
  if (currency === undefined || shift < 0 || shift > 2 * NANO_DECIMALS) return undefined;
  return { nanos: digits * 10n ** BigInt(shift), currency };
}

/** ISO 4217 as a number, as Currency-Code has it. */
export function currencyNumber(code: string): number | undefined {
  return numbers.get(code);
}

/** Of one code the first counts. */
const numbers: ReadonlyMap<string, number> = new Map(
  currencies.toReversed().flatMap(({ numeric, code }) => (numeric === '' ? [] : [[code, Number(numeric)] as const])),
);
