/** The answer of charging as a Credit-Control-Answer (RFC 8506 §3.2, TS 32.299 §6.4.3). */
import { AvpCursor } from '#codecs/diameter/avp-cursor.ts';
import type { AvpDefinition, Dictionary } from '#codecs/diameter/dictionary.ts';
import { HEADER_BYTES, type Header, PROXIABLE } from '#codecs/diameter/header.ts';
import { type ResultName, resultCodes } from '#codecs/diameter/results.ts';
import { unixToNtp } from '#codecs/diameter/values.ts';
import { MessageWriter } from '#codecs/diameter/writer.ts';
import type { AnswerItem, ChargingAnswer, ChargingResult, Cost, FinalUnit } from '#core/charging/answer.ts';
import { debitReferenceText } from '#core/charging/debit-reference.ts';
import type { Units } from '#core/charging/request.ts';
import type { NodeIdentity } from '../settings.ts';
import { avp } from './codes.ts';
import { currencyNumber } from './read-item.ts';
import type { TakenRequest } from './read-request.ts';
import { NANO_EXPONENT, shortest } from './shortest.ts';
import { AdviceWriter } from './write-advice.ts';

/** docs/reference/charging-results.md has the table. */
export const diameterResults: Readonly<Record<ChargingResult, ResultName>> = {
  granted: 'DIAMETER_SUCCESS',
  'credit-limit-reached': 'DIAMETER_CREDIT_LIMIT_REACHED',
  'service-denied': 'DIAMETER_END_USER_SERVICE_DENIED',
  'no-charge': 'DIAMETER_CREDIT_CONTROL_NOT_APPLICABLE',
  'user-unknown': 'DIAMETER_USER_UNKNOWN',
  'rating-failed': 'DIAMETER_RATING_FAILED',
  'unknown-session': 'DIAMETER_UNKNOWN_SESSION_ID',
  'out-of-order': 'DIAMETER_UNABLE_TO_COMPLY',
  'units-not-fitting': 'DIAMETER_RATING_FAILED',
  'too-busy': 'DIAMETER_TOO_BUSY',
  'unable-to-comply': 'DIAMETER_UNABLE_TO_COMPLY',
};

const MOST_UNSIGNED_32 = 0xffff_ffffn;
const finalActions = { terminate: 0, redirect: 1, restrict: 2 } as const;
/** Redirect-Address-Type. */
const addressTypes = { ipv4: 0, ipv6: 1, url: 2, sip: 3 } as const;
/** CC-Unit-Type (RFC 8506 §8.32). */
const unitTypes = { time: 0, totalOctets: 2, specific: 5 } as const;
/** Action of Requested-Action that asks for Check-Balance-Result. */
const CHECK_BALANCE = 2;

export class AnswerWriter {
  readonly #identity: NodeIdentity;
  readonly #writer = new MessageWriter();
  readonly #avps: ReturnType<typeof definitionsOf>;
  readonly #advice: AdviceWriter;

  constructor(dictionary: Dictionary, identity: NodeIdentity) {
    this.#identity = identity;
    this.#avps = definitionsOf(dictionary);
    this.#advice = new AdviceWriter(dictionary, this.#writer);
  }

  /** A view, good until the next answer is written. */
  write(header: Header, request: Uint8Array, taken: TakenRequest, answer: ChargingAnswer): Uint8Array {
    const avps = this.#avps;
    const writer = this.#writer.start(header.flags & PROXIABLE, header.command, header.application, header.hopByHop, header.endToEnd);
    writer
      .text(avps.session, taken.request.session)
      .unsigned32(avps.result, resultCodes[diameterResults[answer.result]])
      .text(avps.host, this.#identity.host)
      .text(avps.realm, this.#identity.realm)
      .unsigned32(avps.application, header.application)
      .integer32(avps.type, taken.type)
      .unsigned32(avps.number, taken.request.number)
      .unsigned32(avps.originState, this.#identity.originState);
    const [only] = answer.items;
    if (taken.multiple) for (const item of answer.items) this.#item(item);
    else if (only !== undefined) {
      this.#grant(only);
      this.#reference(only);
    }
    if (answer.cost !== undefined) this.#cost(answer.cost);
    if (answer.advice !== undefined) this.#advice.write(answer.advice);
    if (taken.action === CHECK_BALANCE) writer.integer32(avps.balanceResult, answer.result === 'granted' ? 0 : 1);
    if (answer.result !== 'granted') {
      const said = answer.detail ?? answer.items.find(({ detail }) => detail !== undefined)?.detail;
      if (said !== undefined) writer.text(avps.text, said);
    }
    if (taken.isProxied) copyProxyInfo(writer, request);
    return writer.finish();
  }

  #item(item: AnswerItem): void {
    const avps = this.#avps;
    const writer = this.#writer.open(avps.services);
    this.#grant(item);
    if (item.services !== undefined) for (const service of item.services) writer.unsigned32(avps.service, Number(service));
    if (item.ratingGroup !== undefined) writer.unsigned32(avps.ratingGroup, Number(item.ratingGroup));
    writer.unsigned32(avps.result, resultCodes[diameterResults[item.result]]);
    const { threshold, holdingSeconds, consumptionSeconds } = item;
    if (threshold?.seconds !== undefined) writer.unsigned32(avps.timeThreshold, small(threshold.seconds));
    if (threshold?.bytes !== undefined) writer.unsigned32(avps.volumeThreshold, small(threshold.bytes));
    if (threshold?.events !== undefined) writer.unsigned32(avps.unitThreshold, small(threshold.events));
    if (holdingSeconds !== undefined) writer.unsigned32(avps.holdingTime, holdingSeconds);
    if (consumptionSeconds !== undefined) writer.unsigned32(avps.consumptionTime, consumptionSeconds);
    this.#pool(item);
    this.#reference(item);
    writer.close();
  }

  /** RFC 8506 §8.30: what a unit of the grant takes of the pool. */
  #pool({ unitPool, granted }: AnswerItem): void {
    if (unitPool === undefined || granted === undefined) return;
    const avps = this.#avps;
    const type = granted.seconds !== undefined ? unitTypes.time : granted.bytes !== undefined ? unitTypes.totalOctets : unitTypes.specific;
    this.#writer.open(avps.pool).unsigned32(avps.poolIdentifier, unitPool.number).integer32(avps.unitType, type);
    this.#writer.open(avps.unitValue).integer64(avps.digits, unitPool.multiplier).integer32(avps.exponent, 0).close();
    this.#writer.close();
  }

  #reference({ reference }: AnswerItem): void {
    if (reference !== undefined) this.#writer.text(this.#avps.refundInformation, debitReferenceText(reference));
  }

  /** What stands in a service, or in the answer itself where the request had one service only. */
  #grant({ granted, tariffChangeMicros, validitySeconds, finalUnit }: AnswerItem): void {
    const avps = this.#avps;
    if (granted !== undefined) {
      this.#writer.open(avps.granted);
      const change = tariffChangeMicros === undefined ? undefined : unixToNtp(Math.floor(tariffChangeMicros / 1_000_000));
      if (change !== undefined) this.#writer.unsigned32(avps.tariffChange, change);
      this.#units(granted);
      this.#writer.close();
    }
    if (validitySeconds !== undefined) this.#writer.unsigned32(avps.validity, validitySeconds);
    if (finalUnit !== undefined) this.#final(finalUnit);
  }

  #units({ seconds, bytes, bytesUp, bytesDown, events, money }: Units): void {
    const avps = this.#avps;
    if (seconds !== undefined) this.#writer.unsigned32(avps.time, small(seconds));
    if (money !== undefined) this.#money(avps.money, money);
    if (bytes !== undefined) this.#writer.unsigned64(avps.totalOctets, bytes);
    if (bytesUp !== undefined) this.#writer.unsigned64(avps.inputOctets, bytesUp);
    if (bytesDown !== undefined) this.#writer.unsigned64(avps.outputOctets, bytesDown);
    if (events !== undefined) this.#writer.unsigned64(avps.specific, events);
  }

  #cost(cost: Cost): void {
    if (currencyNumber(cost.currency) !== undefined) this.#money(this.#avps.cost, cost);
  }

  #money(group: AvpDefinition, { nanos, currency }: Cost): void {
    const avps = this.#avps;
    const [digits, exponent] = shortest(nanos, NANO_EXPONENT);
    this.#writer.open(group).open(avps.unitValue).integer64(avps.digits, digits).integer32(avps.exponent, exponent).close();
    const number = currencyNumber(currency);
    if (number !== undefined) this.#writer.unsigned32(avps.currency, number);
    this.#writer.close();
  }

  #final(final: FinalUnit): void {
    const avps = this.#avps;
    const writer = this.#writer.open(avps.final).integer32(avps.finalAction, finalActions[final.action]);
    if (final.action === 'redirect') {
      const type = /^sips?:/i.test(final.to)
        ? addressTypes.sip
        : /^\d+\.\d+\.\d+\.\d+$/.test(final.to)
          ? addressTypes.ipv4
          : /^[0-9a-f:]+:[0-9a-f:.]*$/i.test(final.to)
            ? addressTypes.ipv6
            : addressTypes.url;
      writer.open(avps.redirect).integer32(avps.redirectType, type).text(avps.redirectAddress, final.to).close();
    }
    if (final.action === 'restrict') writer.text(/^(permit|deny) /.test(final.filter) ? avps.filterRule : avps.filter, final.filter);
    writer.close();
  }
}

const small = (value: bigint): number => Number(value > MOST_UNSIGNED_32 ? MOST_UNSIGNED_32 : value);

/** As they came, in their order (RFC 6733 §6.2). */
function copyProxyInfo(writer: MessageWriter, request: Uint8Array): void {
  const cursor = new AvpCursor(new DataView(request.buffer, request.byteOffset, request.byteLength)).enter(HEADER_BYTES, request.length);
  while (cursor.next()) if (cursor.code === avp.proxyInfo && cursor.vendor === 0) writer.raw(request.subarray(cursor.at, cursor.to));
}

function definitionsOf(dictionary: Dictionary) {
  const named = (name: string): AvpDefinition => dictionary.named(name);
  return {
    session: named('Session-Id'),
    result: named('Result-Code'),
    host: named('Origin-Host'),
    realm: named('Origin-Realm'),
    application: named('Auth-Application-Id'),
    type: named('CC-Request-Type'),
    number: named('CC-Request-Number'),
    originState: named('Origin-State-Id'),
    text: named('Error-Message'),
    services: named('Multiple-Services-Credit-Control'),
    service: named('Service-Identifier'),
    ratingGroup: named('Rating-Group'),
    granted: named('Granted-Service-Unit'),
    tariffChange: named('Tariff-Time-Change'),
    time: named('CC-Time'),
    money: named('CC-Money'),
    totalOctets: named('CC-Total-Octets'),
    inputOctets: named('CC-Input-Octets'),
    outputOctets: named('CC-Output-Octets'),
    specific: named('CC-Service-Specific-Units'),
    unitValue: named('Unit-Value'),
    digits: named('Value-Digits'),
    pool: named('G-S-U-Pool-Reference'),
    poolIdentifier: named('G-S-U-Pool-Identifier'),
    unitType: named('CC-Unit-Type'),
    exponent: named('Exponent'),
    currency: named('Currency-Code'),
    cost: named('Cost-Information'),
    validity: named('Validity-Time'),
    timeThreshold: named('Time-Quota-Threshold'),
    volumeThreshold: named('Volume-Quota-Threshold'),
    unitThreshold: named('Unit-Quota-Threshold'),
    holdingTime: named('Quota-Holding-Time'),
    consumptionTime: named('Quota-Consumption-Time'),
    final: named('Final-Unit-Indication'),
    finalAction: named('Final-Unit-Action'),
    redirect: named('Redirect-Server'),
    redirectType: named('Redirect-Address-Type'),
    redirectAddress: named('Redirect-Server-Address'),
    filter: named('Filter-Id'),
    filterRule: named('Restriction-Filter-Rule'),
    refundInformation: named('Refund-Information'),
    balanceResult: named('Check-Balance-Result'),
  };
}
