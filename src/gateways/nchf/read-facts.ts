/** What the information of a service says for scope and price: PDU session, SMS, IMS and MMTel (TS 32.291 §6.1.6.2). */
import type { ServiceFacts } from '#core/charging/request.ts';
import { numberOfUri } from '#core/numbering/uri-number.ts';
import type { Service } from '#core/usage/usage-event.ts';
import type { Fields } from './fields.ts';

export interface ReadInformation {
  readonly service: Service | undefined;
  readonly facts: ServiceFacts;
  readonly gpsi: string | undefined;
  /** PDU session id, or what else tells sessions of a subscriber apart. */
  readonly session: string;
  readonly usedSinceMicros: number | undefined;
  /** Of the subscriber, MCC and MNC, where it is said. */
  readonly homeNetwork?: string | undefined;
  /** `IN_BOUND`, `OUT_BOUND`, where it is said. */
  readonly roamer?: string | undefined;
  /** Of the PDU session, where it stands within. */
  readonly chargingId?: bigint | undefined;
}

type Draft = { -readonly [Key in keyof ServiceFacts]: ServiceFacts[Key] };
const nothing: ReadInformation = { service: undefined, facts: {}, gpsi: undefined, session: '', usedSinceMicros: undefined };

export function readFacts(request: Fields, homeNetworks: readonly string[]): ReadInformation {
  const pdu = request.object('pDUSessionChargingInformation');
  if (pdu !== undefined) return pduSession(pdu, homeNetworks);
  const sms = request.object('sMSChargingInformation');
  if (sms !== undefined) return message(sms);
  const ims = request.object('iMSChargingInformation') ?? request.object('mMTelChargingInformation');
  return ims === undefined ? nothing : call(ims);
}

function pduSession(pdu: Fields, homeNetworks: readonly string[]): ReadInformation {
  const facts: Draft = { called: '' };
  const user = pdu.object('userInformation');
  const gpsi = user?.text('servedGPSI');
  const number = numberOfGpsi(gpsi);
  if (number !== undefined) facts.calling = number;
  const session = pdu.object('pduSessionInformation');
  const [apn, rat] = [session?.text('dnnId'), session?.text('ratType')];
  if (apn !== undefined) facts.apn = apn;
  if (rat !== undefined) facts.rat = accessOf(rat);
  const slice = session?.object('networkSlicingInfo')?.object('sNSSAI');
  const sst = slice?.whole('sst', 255n);
  const sd = slice?.text('sd');
  if (sst !== undefined) facts.slice = sd === undefined ? String(sst) : `${sst}-${sd.toLowerCase()}`;
  const network = networkOf(session?.object('servingCNPlmnId'));
  if (network !== undefined) facts.visitedNetwork = network;
  const quality = session?.object('authorizedQoSInformation')?.whole('5qi', 255n);
  if (quality !== undefined) facts.serviceClass = `5qi-${quality}`;
  const roamer = user?.text('roamerInOut');
  if (roamer !== undefined) facts.roaming = roamer === 'OUT_BOUND';
  else if (network !== undefined && homeNetworks.length > 0) facts.roaming = !homeNetworks.includes(network);
  const place = placeOf(pdu.object('userLocationinfo'));
  if (place !== undefined) facts.location = place;
  return {
    service: 'data',
    facts,
    gpsi,
    session: String(session?.whole('pduSessionID', 255n) ?? ''),
    usedSinceMicros: session?.instant('startTime'),
    roamer,
    homeNetwork: networkOf(session?.object('hPlmnId')),
    chargingId: pdu.whole('chargingId', 0xffff_ffffn),
  };
}

/** RatType of TS 29.571 in the words of `ServiceFacts.rat`. */
const accesses: Readonly<Record<string, string>> = { EUTRA: 'EUTRAN', UTRA: 'UTRAN', GERA: 'GERAN', NBIOT: 'NB-IOT', 'LTE-M': 'LTE-M' };

export const accessOf = (rat: string): string => accesses[rat] ?? rat;

function networkOf(plmn: Fields | undefined): string | undefined {
  const [mcc, mnc] = [plmn?.text('mcc'), plmn?.text('mnc')];
  return mcc === undefined || mnc === undefined ? undefined : `${mcc}${mnc}`;
}

/** Cell of NR or E-UTRA: `NCGI 26201 000000010`. */
function placeOf(location: Fields | undefined): string | undefined {
  const nr = location?.object('nrLocation')?.object('ncgi');
  const cell = nr?.text('nrCellId');
  if (cell !== undefined) return `NCGI ${networkOf(nr?.object('plmnId')) ?? ''} ${cell}`;
  const lte = location?.object('eutraLocation')?.object('ecgi');
  const lteCell = lte?.text('eutraCellId');
  return lteCell === undefined ? undefined : `ECGI ${networkOf(lte?.object('plmnId')) ?? ''} ${lteCell}`;
}

function message(sms: Fields): ReadInformation {
  const facts: Draft = {};
  const originator = sms.object('originatorInfo');
  const gpsi = originator?.text('originatorGPSI');
  const calling = numberOfGpsi(gpsi) ?? numberOfUri(originator?.object('originatorReceivedAddress')?.text('sMaddressData'));
  if (calling !== undefined) facts.calling = calling;
  const [recipient] = sms.objects('recipientInfo');
  const called =
    numberOfGpsi(recipient?.text('recipientGPSI')) ?? numberOfUri(recipient?.object('recipientReceivedAddress')?.text('sMaddressData'));
  if (called !== undefined) facts.called = called;
  return { service: 'sms', facts, gpsi, session: sms.text('messageReference') ?? '', usedSinceMicros: undefined };
}

function call(ims: Fields): ReadInformation {
  const facts: Draft = {};
  const gpsi = ims.object('userInformation')?.text('servedGPSI');
  const called = numberOfUri(ims.text('calledPartyAddress'));
  if (called !== undefined) facts.called = called;
  const calling = numberOfGpsi(gpsi);
  if (calling !== undefined) facts.calling = calling;
  return { service: 'voice', facts, gpsi, session: ims.text('imsChargingIdentifier') ?? '', usedSinceMicros: ims.instant('timeStamps') };
}

const numberOfGpsi = (gpsi: string | undefined): string | undefined => /^msisdn-(\d{5,15})$/.exec(gpsi ?? '')?.[1];
