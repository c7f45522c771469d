/**
 * A Gy CCR-U with two MSCC and PS-Information, on one core: read to what charging needs and written again. Beside it, as the
 * limit of both, the same octets copied and every one of them looked at.
 */
import { diameterDictionary } from '#app/diameter.ts';
import { AvpCursor } from '#codecs/diameter/avp-cursor.ts';
import { buildMessage } from '#codecs/diameter/build.ts';
import { checkMessage } from '#codecs/diameter/check.ts';
import { HEADER_BYTES } from '#codecs/diameter/header.ts';
import { MessageWriter } from '#codecs/diameter/writer.ts';
import { readUtf8 } from '#codecs/octet-texts.ts';
import { figure, report, seconds } from './harness.ts';

const MESSAGES = Number(process.env.BENCH_MESSAGES ?? 200_000);
const CHECKED = MESSAGES / 20;
const RUNS = 5;

const dictionary = diameterDictionary();
const SERVICE = {
  '3GPP-Charging-Id': 4660,
  '3GPP-PDP-Type': 0,
  'PDP-Address': '10.20.30.40',
  'SGSN-Address': '192.0.2.77',
  'GGSN-Address': '192.0.2.78',
  'Called-Station-Id': 'internet',
  '3GPP-Selection-Mode': '0',
  '3GPP-Charging-Characteristics': '0800',
  '3GPP-SGSN-MCC-MNC': '26202',
  '3GPP-MS-TimeZone': Uint8Array.of(0x40, 1),
  '3GPP-RAT-Type': Uint8Array.of(6),
  '3GPP-User-Location-Info': Uint8Array.of(0x82, 0x62, 0xf2, 0x10, 0x12, 0x34, 0x62, 0xf2, 0x10, 0, 0xab, 0xcd, 1),
};
const built = buildMessage(
  dictionary,
  new MessageWriter(),
  { command: 'CCR', hopByHop: 1, endToEnd: 2 },
  {
    'Session-Id': 'pgw1.epc.example.net;1732238400;42;7',
    'Origin-Host': 'pgw1.epc.example.net',
    'Origin-Realm': 'epc.example.net',
    'Destination-Realm': 'example.net',
    'Auth-Application-Id': 4,
    'Service-Context-Id': '32251@3gpp.org',
    'CC-Request-Type': 2,
    'CC-Request-Number': 1,
    'Event-Timestamp': 1_795_311_000,
    'Subscription-Id': [
      { 'Subscription-Id-Type': 0, 'Subscription-Id-Data': '491701234567' },
      { 'Subscription-Id-Type': 1, 'Subscription-Id-Data': '262011234567890' },
    ],
    'Multiple-Services-Indicator': 1,
    'Multiple-Services-Credit-Control': [10, 20].map((group) => ({
      'Requested-Service-Unit': {},
      'Used-Service-Unit': { 'CC-Time': 120, 'CC-Total-Octets': 5_000_000, 'CC-Input-Octets': 1_000_000, 'CC-Output-Octets': 4_000_000 },
      'Rating-Group': group,
      'Reporting-Reason': 3,
    })),
    'User-Equipment-Info': {
      'User-Equipment-Info-Type': 0,
      'User-Equipment-Info-Value': Uint8Array.from('3512340000000101', (digit) => digit.charCodeAt(0)),
    },
    'Service-Information': { 'PS-Information': SERVICE },
  },
);
if (!built.ok) throw new Error(JSON.stringify(built.refusals));
const request = built.value.slice();
const view = new DataView(request.buffer);

/** What a charging engine takes out of it: session, subscriber, and each service with its use. */
interface Taken {
  session: string;
  subscriber: string;
  number: number;
  groups: number;
  octets: bigint;
}
const outer = new AvpCursor(view);
const middle = new AvpCursor(view);
const inner = new AvpCursor(view);
const taken: Taken = { session: '', subscriber: '', number: 0, groups: 0, octets: 0n };

function decode(): void {
  taken.groups = 0;
  taken.octets = 0n;
  outer.enter(HEADER_BYTES, request.length);
  while (outer.next()) {
    if (outer.vendor !== 0) continue;
    if (outer.code === 263) taken.session = readUtf8(view, outer.from, outer.to) ?? '';
    else if (outer.code === 415) taken.number = view.getUint32(outer.from);
    else if (outer.code === 443) takeSubscriber();
    else if (outer.code === 456) takeService();
  }
}

function takeSubscriber(): void {
  let type = -1;
  middle.enter(outer.from, outer.to);
  while (middle.next()) {
    if (middle.code === 450) type = view.getInt32(middle.from);
    else if (middle.code === 444 && type === 0) taken.subscriber = readUtf8(view, middle.from, middle.to) ?? '';
  }
}

function takeService(): void {
  middle.enter(outer.from, outer.to);
  while (middle.next()) {
    if (middle.code === 432) taken.groups += view.getUint32(middle.from);
    if (middle.code !== 446) continue;
    inner.enter(middle.from, middle.to);
    while (inner.next()) if (inner.code === 421) taken.octets += view.getBigUint64(inner.from);
  }
}

const avp = (name: string) => dictionary.named(name);
const A = {
  session: avp('Session-Id'),
  host: avp('Origin-Host'),
  realm: avp('Origin-Realm'),
  result: avp('Result-Code'),
  application: avp('Auth-Application-Id'),
  type: avp('CC-Request-Type'),
  number: avp('CC-Request-Number'),
  service: avp('Multiple-Services-Credit-Control'),
  granted: avp('Granted-Service-Unit'),
  octets: avp('CC-Total-Octets'),
  group: avp('Rating-Group'),
  validity: avp('Validity-Time'),
};
const writer = new MessageWriter();
const GRANT = 10_485_760n;

/** The CCA to it, with two MSCC. */
function encode(): Uint8Array {
  writer
    .start(0x40, 272, 4, 1, 2)
    .text(A.session, taken.session)
    .unsigned32(A.result, 2001)
    .text(A.host, 'ocs.example.net')
    .text(A.realm, 'example.net')
    .unsigned32(A.application, 4)
    .integer32(A.type, 2)
    .unsigned32(A.number, taken.number);
  for (const group of [10, 20]) {
    writer.open(A.service).open(A.granted).unsigned64(A.octets, GRANT).close();
    writer.unsigned32(A.group, group).unsigned32(A.validity, 3600).unsigned32(A.result, 2001).close();
  }
  return writer.finish();
}

const copied = new Uint8Array(request.length);
let sum = 0;
function look(): void {
  copied.set(request);
  for (let at = 0; at < copied.length; at += 1) sum = (sum + (copied[at] ?? 0)) | 0;
}

const rate = (count: number, work: () => unknown): number[] => {
  const repeat = (times: number): void => {
    for (let index = 0; index < times; index += 1) work();
  };
  repeat(count / 10);
  return Array.from({ length: RUNS }, () => count / seconds(() => repeat(count)));
};

const limit = rate(MESSAGES, look);
const decoded = rate(MESSAGES, decode);
let answer: Uint8Array = encode();
const encoded = rate(MESSAGES, () => {
  answer = encode();
});
const both = rate(MESSAGES, () => {
  decode();
  answer = encode();
});
let faults = 0;
const checked = rate(CHECKED, () => {
  faults = checkMessage(dictionary, request).length;
});

const right =
  taken.session === 'pgw1.epc.example.net;1732238400;42;7' &&
  taken.subscriber === '491701234567' &&
  taken.number === 1 &&
  taken.groups === 30 &&
  taken.octets === 10_000_000n &&
  faults === 0 &&
  checkMessage(dictionary, answer).length === 0;
report(
  'diameter',
  right,
  [
    figure('messages_per_s', both, limit),
    figure('decoded_per_s', decoded, limit),
    figure('encoded_per_s', encoded),
    figure('checked_per_s', checked, limit),
  ],
  [
    `a CCR-U of ${request.length} octets with two MSCC is read, a CCA of ${answer.length} octets is written; messages_per_s counts the pair as one`,
    'checked: every AVP of the CCR-U against the dictionary, with its rules, flags and values',
    'limit: the octets of the CCR-U copied, and each looked at',
  ],
);
