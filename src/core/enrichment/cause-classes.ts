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

/** ITU-T Q.850 (10/2018), table 1. */
const q850 = table({
  answered: '16 31',
  busy: '17',
  'no-answer': '18 19',
  rejected: '21 29 55 57 87',
  unallocated: '1 22 28',
  unreachable: '2 3 20 23 25 26 27',
  congestion: '34 38 41 42 43 44 46 47 49',
  failed: '4 5 6 7 8 9 30 39 40 50 53 58 63 65 66 69 70 79 81 82 83 84 85 86 88 90 91 95 96 97 98 99 100 101 102 103 110 111 127',
});

/** RFC 3261 §21 and the RFCs that add responses (RFC 8599, 3326, 5393, 6086 …), read as RFC 3398 §8.2.6 maps them to Q.850. */
const sip = table({
  answered: '200',
  busy: '486 600',
  'no-answer': '408 480',
  cancelled: '487',
  rejected: '401 402 403 407 433 603 607 608',
  unallocated: '404 410 484 485 604',
  unreachable: '430 502 606',
  congestion: '503 504 580',
  failed: '400 405 406 413 414 415 416 420 421 422 423 481 482 483 488 489 491 493 494 500 501 505 513',
});

/** 3GPP TS 32.298 §5.1.1, CauseForTerm and CauseForRecClosing: 4 abnormal, 5 CAMEL, 16 to 27 limits and changes, 52 and 53 unauthorised. */
const thirdGeneration = table({
  answered: '0 1 2 16 17 18 19 20 21 22 23 24 25 26 27 59',
  rejected: '52 53',
  unreachable: '58',
  failed: '3 4 5 54',
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
  const key =
    scheme === 'text'
      ? cause
          .trim()
          .toLowerCase()
          .replace(/[\s_]+/g, '-')
      : // `SIP/2.0 503 Service Unavailable`: the status, not the version.
        ((scheme === 'sip' ? /(?<![\d.])[1-6]\d\d(?!\d)/ : /\d+/).exec(cause)?.[0] ?? '').replace(/^0+(?=\d)/, '');
  const classes = tables[scheme];
  return Object.hasOwn(classes, key) ? classes[key] : undefined;
}
