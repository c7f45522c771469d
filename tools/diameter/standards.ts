/**
 * What the sources lack or have wrong, from the standards themselves: the commands and groups of RFC 6733, RFC 8506 and
 * TS 29.219 in the notation of RFC 6733 §3.2, the AVPs that RFC 8506 added, and single corrections.
 */
export interface AddedAvp {
  readonly code: number;
  readonly vendor?: number;
  readonly name: string;
  readonly type: string;
  readonly must?: string;
  readonly mustNot?: string;
  readonly values?: Readonly<Record<string, string>>;
}

export interface CommandText {
  readonly code: number;
  readonly name: string;
  readonly short: string;
  /** P: may be proxied (§3.2). */
  readonly proxiable: boolean;
  readonly application: number;
  readonly request: string;
  readonly answer: string;
}

const ERROR_PARTS = '[Error-Message] [Error-Reporting-Host] *[Failed-AVP]';
const REDIRECT = '*[Redirect-Host] [Redirect-Host-Usage] [Redirect-Max-Cache-Time]';
const CAPABILITIES =
  '1*{Host-IP-Address} {Vendor-Id} {Product-Name} [Origin-State-Id] *[Supported-Vendor-Id] *[Auth-Application-Id] *[Inband-Security-Id] *[Acct-Application-Id] *[Vendor-Specific-Application-Id] [Firmware-Revision]';
const ORIGIN = '{Origin-Host} {Origin-Realm}';
const ROUTE = '*[Proxy-Info] *[Route-Record] *[AVP]';
const ACCOUNTING = '[Acct-Application-Id] [Vendor-Specific-Application-Id] [User-Name]';
const SESSION_ANSWER = `<Session-Id> {Result-Code} ${ORIGIN} [User-Name]`;
/** TS 29.219 §5.5: a Result-Code of the base protocol or an Experimental-Result. */
const SY_ANSWER = `<Session-Id> [DRMP] [Result-Code] [Experimental-Result] ${ORIGIN} [OC-Supported-Features] [OC-OLR] [Error-Message] [Error-Reporting-Host] *[Failed-AVP] [Origin-State-Id] ${REDIRECT}`;

export const commands: readonly CommandText[] = [
  // RFC 6733 §5.3 to §5.5
  {
    code: 257,
    name: 'Capabilities-Exchange',
    short: 'CE',
    proxiable: false,
    application: 0,
    request: `${ORIGIN} ${CAPABILITIES} *[AVP]`,
    answer: `{Result-Code} ${ORIGIN} ${CAPABILITIES} [Error-Message] [Failed-AVP] *[AVP]`,
  },
  {
    code: 280,
    name: 'Device-Watchdog',
    short: 'DW',
    proxiable: false,
    application: 0,
    request: `${ORIGIN} [Origin-State-Id] *[AVP]`,
    answer: `{Result-Code} ${ORIGIN} [Error-Message] [Failed-AVP] [Origin-State-Id] *[AVP]`,
  },
  {
    code: 282,
    name: 'Disconnect-Peer',
    short: 'DP',
    proxiable: false,
    application: 0,
    request: `${ORIGIN} {Disconnect-Cause} *[AVP]`,
    answer: `{Result-Code} ${ORIGIN} [Error-Message] [Failed-AVP] *[AVP]`,
  },
  // RFC 6733 §8.3 to §8.5, §9.7
  {
    code: 258,
    name: 'Re-Auth',
    short: 'RA',
    proxiable: true,
    application: 0,
    request: `<Session-Id> ${ORIGIN} {Destination-Realm} {Destination-Host} {Auth-Application-Id} {Re-Auth-Request-Type} [User-Name] [Origin-State-Id] ${ROUTE}`,
    answer: `${SESSION_ANSWER} [Origin-State-Id] ${ERROR_PARTS} ${REDIRECT} *[Proxy-Info] *[AVP]`,
  },
  {
    code: 275,
    name: 'Session-Termination',
    short: 'ST',
    proxiable: true,
    application: 0,
    request: `<Session-Id> ${ORIGIN} {Destination-Realm} {Auth-Application-Id} {Termination-Cause} [User-Name] [Destination-Host] *[Class] [Origin-State-Id] ${ROUTE}`,
    answer: `${SESSION_ANSWER} *[Class] ${ERROR_PARTS} [Origin-State-Id] ${REDIRECT} *[Proxy-Info] *[AVP]`,
  },
  {
    code: 274,
    name: 'Abort-Session',
    short: 'AS',
    proxiable: true,
    application: 0,
    request: `<Session-Id> ${ORIGIN} {Destination-Realm} {Destination-Host} {Auth-Application-Id} [User-Name] [Origin-State-Id] ${ROUTE}`,
    answer: `${SESSION_ANSWER} [Origin-State-Id] ${ERROR_PARTS} ${REDIRECT} *[Proxy-Info] *[AVP]`,
  },
  {
    code: 271,
    name: 'Accounting',
    short: 'AC',
    proxiable: true,
    application: 3,
    request: `<Session-Id> ${ORIGIN} {Destination-Realm} {Accounting-Record-Type} {Accounting-Record-Number} ${ACCOUNTING} [Destination-Host] [Accounting-Sub-Session-Id] [Acct-Session-Id] [Acct-Multi-Session-Id] [Acct-Interim-Interval] [Accounting-Realtime-Required] [Origin-State-Id] [Event-Timestamp] [Service-Context-Id] [Service-Information] ${ROUTE}`,
    answer: `<Session-Id> {Result-Code} ${ORIGIN} {Accounting-Record-Type} {Accounting-Record-Number} ${ACCOUNTING} [Accounting-Sub-Session-Id] [Acct-Session-Id] [Acct-Multi-Session-Id] ${ERROR_PARTS} [Acct-Interim-Interval] [Accounting-Realtime-Required] [Origin-State-Id] [Event-Timestamp] *[Proxy-Info] *[AVP]`,
  },
  // RFC 8506 §3.1, §3.2; TS 32.299 §6.4 adds what its own AVPs are.
  {
    code: 272,
    name: 'Credit-Control',
    short: 'CC',
    proxiable: true,
    application: 4,
    request: `<Session-Id> ${ORIGIN} {Destination-Realm} {Auth-Application-Id} {Service-Context-Id} {CC-Request-Type} {CC-Request-Number} [Destination-Host] [User-Name] [CC-Sub-Session-Id] [Acct-Multi-Session-Id] [Origin-State-Id] [Event-Timestamp] *[Subscription-Id] *[Subscription-Id-Extension] [Service-Identifier] [Termination-Cause] [Requested-Service-Unit] [Requested-Action] [AoC-Request-Type] *[Used-Service-Unit] [Multiple-Services-Indicator] *[Multiple-Services-Credit-Control] *[Service-Parameter-Info] [CC-Correlation-Id] [User-Equipment-Info] [User-Equipment-Info-Extension] [OC-Supported-Features] [Service-Information] ${ROUTE}`,
    answer: `<Session-Id> {Result-Code} ${ORIGIN} {Auth-Application-Id} {CC-Request-Type} {CC-Request-Number} [User-Name] [CC-Session-Failover] [CC-Sub-Session-Id] [Acct-Multi-Session-Id] [Origin-State-Id] [Event-Timestamp] [Granted-Service-Unit] *[Multiple-Services-Credit-Control] [Cost-Information] [Low-Balance-Indication] [Remaining-Balance] [Final-Unit-Indication] [QoS-Final-Unit-Indication] [Check-Balance-Result] [Credit-Control-Failure-Handling] [Direct-Debiting-Failure-Handling] [Validity-Time] ${REDIRECT} [OC-Supported-Features] [OC-OLR] [Service-Information] *[Proxy-Info] *[Route-Record] *[Failed-AVP] *[AVP]`,
  },
  // TS 29.219 §5.6
  {
    code: 8388635,
    name: 'Spending-Limit',
    short: 'SL',
    proxiable: true,
    application: 16777302,
    request: `<Session-Id> [DRMP] {Auth-Application-Id} ${ORIGIN} {Destination-Realm} [Destination-Host] [Origin-State-Id] [OC-Supported-Features] {SL-Request-Type} *[Subscription-Id] *[Policy-Counter-Identifier] ${ROUTE}`,
    answer: `${SY_ANSWER} [Auth-Application-Id] *[Policy-Counter-Status-Report] *[Proxy-Info] *[AVP]`,
  },
  {
    code: 8388636,
    name: 'Spending-Status-Notification',
    short: 'SN',
    proxiable: true,
    application: 16777302,
    request: `<Session-Id> [DRMP] ${ORIGIN} {Destination-Realm} {Destination-Host} {Auth-Application-Id} [Origin-State-Id] *[Policy-Counter-Status-Report] [SN-Request-Type] ${ROUTE}`,
    answer: `${SY_ANSWER} *[Proxy-Info] *[AVP]`,
  },
];

/** RFC 6733 §7.2: an answer whose E bit is set. */
export const errorAnswer =
  '0*1<Session-Id> {Origin-Host} {Origin-Realm} {Result-Code} [Origin-State-Id] [Error-Message] [Error-Reporting-Host] [Failed-AVP] [Experimental-Result] *[Proxy-Info] *[AVP]';

const UNITS = '[CC-Time] [CC-Money] [CC-Total-Octets] [CC-Input-Octets] [CC-Output-Octets] [CC-Service-Specific-Units] *[AVP]';

/** Groups as the standards write them; they stand instead of what the sources have. */
export const groups: Readonly<Record<string, string>> = {
  // RFC 6733
  'Proxy-Info': '{Proxy-Host} {Proxy-State} *[AVP]',
  'Failed-AVP': '1*{AVP}',
  'Experimental-Result': '{Vendor-Id} {Experimental-Result-Code}',
  'Vendor-Specific-Application-Id': '{Vendor-Id} [Auth-Application-Id] [Acct-Application-Id]',
  // RFC 8506 §8
  'CC-Money': '{Unit-Value} [Currency-Code]',
  'Unit-Value': '{Value-Digits} [Exponent]',
  'Cost-Information': '{Unit-Value} {Currency-Code} [Cost-Unit]',
  'Granted-Service-Unit': `[Tariff-Time-Change] ${UNITS}`,
  'Requested-Service-Unit': UNITS,
  'Used-Service-Unit': `[Tariff-Change-Usage] ${UNITS.replace('*[AVP]', '')}[Reporting-Reason] *[Event-Charging-TimeStamp] *[AVP]`,
  'G-S-U-Pool-Reference': '{G-S-U-Pool-Identifier} {CC-Unit-Type} {Unit-Value}',
  'Final-Unit-Indication': '{Final-Unit-Action} *[Restriction-Filter-Rule] *[Filter-Id] [Redirect-Server]',
  'Redirect-Server': '{Redirect-Address-Type} {Redirect-Server-Address}',
  'Service-Parameter-Info': '{Service-Parameter-Type} {Service-Parameter-Value}',
  'Subscription-Id': '{Subscription-Id-Type} {Subscription-Id-Data}',
  'User-Equipment-Info': '{User-Equipment-Info-Type} {User-Equipment-Info-Value}',
  'User-Equipment-Info-Extension':
    '[User-Equipment-Info-IMEISV] [User-Equipment-Info-MAC] [User-Equipment-Info-EUI64] [User-Equipment-Info-ModifiedEUI64] [User-Equipment-Info-IMEI] [AVP]',
  'Subscription-Id-Extension':
    '[Subscription-Id-E164] [Subscription-Id-IMSI] [Subscription-Id-SIP-URI] [Subscription-Id-NAI] [Subscription-Id-Private] [AVP]',
  'Redirect-Server-Extension': '[Redirect-Address-IPAddress] [Redirect-Address-URL] [Redirect-Address-SIP-URI] [AVP]',
  'QoS-Final-Unit-Indication': '{Final-Unit-Action} *[Filter-Id] [Redirect-Server-Extension] *[AVP]',
  // TS 29.219 §5.3
  'Policy-Counter-Status-Report': '{Policy-Counter-Identifier} {Policy-Counter-Status} *[Pending-Policy-Counter-Information] *[AVP]',
  'Pending-Policy-Counter-Information': '{Policy-Counter-Status} {Pending-Policy-Counter-Change-Time} *[AVP]',
};

/** Members that a standard newer than the source gives to a group of the source. */
export const addedMembers: Readonly<Record<string, string>> = {
  'Multiple-Services-Credit-Control': '[QoS-Final-Unit-Indication]',
};

const added = (code: number, name: string, type: string): AddedAvp => ({ code, name, type, mustNot: 'V' });

/** Not in the sources. RFC 8506 §8 (653 to 669) and TS 29.219 §5.3. */
export const addedAvps: readonly AddedAvp[] = [
  added(653, 'User-Equipment-Info-Extension', 'Grouped'),
  added(654, 'User-Equipment-Info-IMEISV', 'OctetString'),
  added(655, 'User-Equipment-Info-MAC', 'OctetString'),
  added(656, 'User-Equipment-Info-EUI64', 'OctetString'),
  added(657, 'User-Equipment-Info-ModifiedEUI64', 'OctetString'),
  added(658, 'User-Equipment-Info-IMEI', 'OctetString'),
  added(659, 'Subscription-Id-Extension', 'Grouped'),
  added(660, 'Subscription-Id-E164', 'UTF8String'),
  added(661, 'Subscription-Id-IMSI', 'UTF8String'),
  added(662, 'Subscription-Id-SIP-URI', 'UTF8String'),
  added(663, 'Subscription-Id-NAI', 'UTF8String'),
  added(664, 'Subscription-Id-Private', 'UTF8String'),
  added(665, 'Redirect-Server-Extension', 'Grouped'),
  added(666, 'Redirect-Address-IPAddress', 'Address'),
  added(667, 'Redirect-Address-URL', 'UTF8String'),
  added(668, 'Redirect-Address-SIP-URI', 'UTF8String'),
  added(669, 'QoS-Final-Unit-Indication', 'Grouped'),
  { code: 2905, vendor: 10415, name: 'Pending-Policy-Counter-Information', type: 'Grouped', must: 'V' },
  { code: 2906, vendor: 10415, name: 'Pending-Policy-Counter-Change-Time', type: 'Time', must: 'V' },
  { code: 2907, vendor: 10415, name: 'SN-Request-Type', type: 'Unsigned32', must: 'V' },
];

/** Names and types that a source has wrong, by `vendor/code`. */
export const corrections: Readonly<Record<string, { readonly name?: string; readonly type?: string }>> = {
  // freeDiameter marks its RADIUS twin; RFC 7155 §4.4.1 has the plain name.
  '0/6': { name: 'Service-Type', type: 'Enumerated' },
  // Names are unique here: TS 29.272 and RFC 7155 both have a Service-Type.
  '10415/1483': { name: 'Service-Type-3GPP' },
  // TS 32.299 §7.2.13; go-diameter lacks a letter.
  '10415/3010': { name: 'Application-Port-Identifier' },
  // RFC 7155 has these as Enumerated, freeDiameter as Unsigned32.
  '0/7': { type: 'Enumerated' },
  '0/10': { type: 'Enumerated' },
  '0/13': { type: 'Enumerated' },
  '0/15': { type: 'Enumerated' },
  '0/45': { type: 'Enumerated' },
  '0/61': { type: 'Enumerated' },
  '0/64': { type: 'Enumerated' },
  '0/65': { type: 'Enumerated' },
  '0/72': { type: 'Enumerated' },
  '0/76': { type: 'Enumerated' },
  '0/403': { type: 'Enumerated' },
  '0/406': { type: 'Enumerated' },
};

/** RFC 8506 §9, RFC 6733 §7.1: freeDiameter has the former without their DIAMETER_. TS 29.219 §5.4. */
export const resultNames: Readonly<Record<string, string>> = {
  '4010': 'DIAMETER_END_USER_SERVICE_DENIED',
  '4011': 'DIAMETER_CREDIT_CONTROL_NOT_APPLICABLE',
  '4012': 'DIAMETER_CREDIT_LIMIT_REACHED',
  '5030': 'DIAMETER_USER_UNKNOWN',
  '5031': 'DIAMETER_RATING_FAILED',
};
/** Values that the sources lack or name wrong. */
export const addedValues: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  // RFC 8506 §8.47, §8.50
  'Subscription-Id-Type': { '4': 'END_USER_PRIVATE' },
  'User-Equipment-Info-Type': { '3': 'MODIFIED_EUI64' },
  // RFC 8581 §7.3
  'OC-Report-Type': { '2': 'PEER_REPORT' },
  // TS 29.212 §5.3.31
  'RAT-Type': { '1005': 'EUTRAN-NB-IoT', '1006': 'NR', '1007': 'LTE-M' },
  // TS 29.214 §5.3.13: void in later releases, both "Void" in go-diameter.
  'Specific-Action': { '0': 'SERVICE_INFORMATION_REQUEST', '5': 'INDICATION_OF_ESTABLISHMENT_OF_BEARER' },
  // TS 32.299 §7.2; go-diameter has RELIABILITY_CLASS twice.
  'Role-Of-Node': { '3': 'B2BUA_ROLE' },
  'Trigger-Type': {
    '12': 'CHANGEINQOS_DELAY_CLASS',
    '62': 'CHANGE_IN_ACCESS_FOR_A_SERVICE_DATA_FLOW',
    '74': 'CHANGE_IN_SERVING_PLMN_RATE_CONTROL',
    '75': 'CHANGE_IN_APN_RATE_CONTROL',
  },
};
export const experimentalResultNames: Readonly<Record<string, string>> = {
  '4241': 'DIAMETER_ERROR_NO_AVAILABLE_POLICY_COUNTERS',
  '5570': 'DIAMETER_ERROR_UNKNOWN_POLICY_COUNTERS',
};

/** What octets mean: TS 29.061 §16.4.7.2, TS 29.329 §6.3.2, RFC 7155. */
export const forms: Readonly<Record<string, string>> = {
  '3GPP-User-Location-Info': 'user-location',
  '3GPP-MS-TimeZone': 'ms-time-zone',
  '3GPP-RAT-Type': 'rat-type',
  '3GPP-SGSN-Address': 'ipv4',
  '3GPP-GGSN-Address': 'ipv4',
  '3GPP-CG-Address': 'ipv4',
  '3GPP-SGSN-IPv6-Address': 'ipv6',
  '3GPP-GGSN-IPv6-Address': 'ipv6',
  '3GPP-CG-IPv6-Address': 'ipv6',
  'Framed-IP-Address': 'ipv4',
  'NAS-IP-Address': 'ipv4',
  'Login-IP-Host': 'ipv4',
  'NAS-IPv6-Address': 'ipv6',
  'Framed-IPv6-Prefix': 'ipv6-prefix',
  'Visited-PLMN-Id': 'plmn',
  MSISDN: 'tbcd',
  'SGSN-Number': 'tbcd',
  'STN-SR': 'tbcd',
};

export const applications: Readonly<Record<string, string>> = {
  '0': 'Diameter common messages',
  '1': 'NASREQ',
  '3': 'Diameter base accounting (Rf)',
  '4': 'Diameter credit control (Gy, Ro)',
  '16777236': '3GPP Rx',
  '16777238': '3GPP Gx',
  '16777251': '3GPP S6a',
  '16777302': '3GPP Sy',
  '4294967295': 'Relay',
};
export const vendors: Readonly<Record<string, string>> = { '5535': '3GPP2', '8164': 'Starent', '10415': '3GPP' };
