/** Which class a release cause belongs to. Defaults by the standard that the source's causes follow; users override. */
import { type CauseClass, causeClasses } from '../usage/enrichment.ts';

export const causeSchemes = ['q850', 'sip', '3gpp', 'text'] as const;
export type CauseScheme = (typeof causeSchemes)[number];

type Table = Readonly<Record<string, CauseClass>>;

function table(classes: Readonly<Partial<Record<CauseClass, string>>>): Table {
  return Object.fromEntries(
    causeClasses.flatMap((name) => (classes[name] ?? '').split(' ').flatMap((cause) => (cause === '' ? [] : [[cause, name]]))),
  );
}

/** ITU-T Q.850, table 1, with 45, 52 and 54, which switches of Q.931 write. Checked as docs/data-sources.md says. */
const q850 = table({
  answered: '16 31',
  busy: '17',
  'no-answer': '18 19',
  rejected: '21 24 29 52 53 54 55 57 87',
  unallocated: '1 22 28',
  unreachable: '2 3 20 23 25 26 27',
  congestion: '34 38 41 42 43 44 46 47 49',
  failed: '4 5 6 7 8 9 14 30 39 40 45 50 58 62 63 65 66 69 70 79 81 82 83 84 85 86 88 90 91 95 96 97 98 99 100 101 102 103 110 111 127',
});

/**
 * RFC 3261 §21 and the later responses that IANA lists, by the class of the Q.850 cause that RFC 3398 §8.2.6.1 maps a response to. Where that
 * is a cause for want of a better one (400, 408, 481, 500, 502), by what SIP says of it.
 */
const sip = table({
  answered: '200',
  busy: '486 600',
  'no-answer': '408 480',
  cancelled: '487',
  rejected: '401 402 403 407 428 433 436 437 438 470 603 607 608',
  unallocated: '404 410 484 485 604',
  unreachable: '430 482 483 502 606',
  congestion: '503 580',
  failed: '400 405 406 412 413 414 415 416 417 420 421 422 423 424 425 429 439 440 469 481 488 489 491 493 494 500 501 504 505 513 555',
});

/**
 * 3GPP TS 32.298, by figure or by name: CauseForTerm and CauseForRecClosing of GenericChargingDataTypes, and the names of CauseForRecordClosing of
 * IMSChargingDataTypes, whose figures mean something else.
 */
const thirdGeneration = table({
  answered:
    '0 1 2 16 17 18 19 20 21 22 23 24 25 26 27 59 normalrelease partialrecord partialrecordcallreestablishment volumelimit timelimit ' +
    'servingnodechange maxchangecond managementintervention intrasgsnintersystemchange ratchange mstimezonechange sgsnplmnidchange sgwchange ' +
    'apnambrchange moexceptiondatacounterreceipt listofdownstreamnodechange servicedeliveryendsuccessfully servicechange',
  rejected: '52 53 unauthorizedrequestingnetwork unauthorizedlcsclient',
  unreachable: '58 unknownorunreachablelcsclient',
  failed:
    '3 4 5 54 unsuccessfulcallattempt abnormalrelease stablecallabnormaltermination camelinitcallrelease positionmethodfailure ' +
    'unsuccessfulservicedelivery',
});

/** What Asterisk, FreeSWITCH, BroadWorks and SBCs write, in small letters with hyphens. */
const words = table({
  answered: 'answered answer normal normal-clearing success ok completed',
  busy: 'busy user-busy',
  'no-answer': 'no-answer noanswer no-user-response ring-timeout progress-timeout timeout',
  cancelled: 'cancel cancelled canceled originator-cancel abandoned',
  rejected: 'rejected call-rejected declined barred forbidden outgoing-call-barred incoming-call-barred unauthorized',
  unallocated: 'unallocated-number invalid-number-format number-changed not-found',
  unreachable: 'no-route-destination no-route-transit-net destination-out-of-order subscriber-absent user-not-registered unreachable',
  congestion:
    'congestion chanunavail normal-circuit-congestion switch-congestion network-out-of-order normal-temporary-failure circuit-busy',
  failed: 'failed failure error recovery-on-timer-expire protocol-error interworking media-timeout gateway-down',
});

const tables: Readonly<Record<CauseScheme, Table>> = { q850, sip, '3gpp': thirdGeneration, text: words };

/**
 * The class of an event's end. An answered call stays answered, unless its cause says that the network ended it. An
 * unanswered one with a normal cause was given up by the caller. Undefined: not answered, and the cause says nothing known.
 */
export function classifyCause(
  answered: boolean,
  cause: string,
  scheme: CauseScheme,
  own: ReadonlyMap<string, CauseClass>,
): CauseClass | undefined {
  const said = own.get(cause) ?? byDefault(cause, scheme);
  if (answered) return said === 'congestion' || said === 'failed' || said === 'unreachable' || said === 'dropped' ? 'dropped' : 'answered';
  return said === 'answered' ? 'cancelled' : said;
}

function byDefault(cause: string, scheme: CauseScheme): CauseClass | undefined {
  const key = keyOf(cause, scheme);
  const classes = tables[scheme];
  return Object.hasOwn(classes, key) ? classes[key] : undefined;
}

function keyOf(cause: string, scheme: CauseScheme): string {
  const small = cause.trim().toLowerCase();
  if (scheme === 'text') return small.replace(/[\s_]+/g, '-');
  // `SIP/2.0 503 Service Unavailable`: the status, not the version.
  const figure = (scheme === 'sip' ? /(?<![\d.])[1-6]\d\d(?!\d)/ : /\d+/).exec(small)?.[0];
  return figure === undefined && scheme === '3gpp' ? small : (figure ?? '').replace(/^0+(?=\d)/, '');
}
