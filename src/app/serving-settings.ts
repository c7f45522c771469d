/** Settings of `carillon serve`: charging and its gateways. */
import { parseServed } from '#gateways/nchf/nf-profile.ts';
import { parseRoamingProfile } from '#gateways/nchf/roaming-profile.ts';
import type { SettingKey } from './settings.ts';
import { networks as addressRanges } from './telling-settings.ts';

export const BALANCE = ['off', 'on'] as const;
export const VERIFIED_EMAIL = ['required', 'trusted'] as const;

export interface ServingSettings {
  readonly api: {
    /** host:port; empty: no API. */
    readonly listen: string;
    /** Paths of PEM files; both empty: without TLS, for behind a proxy that has it. */
    readonly certificate: string;
    readonly key: string;
    /** As browsers name it, such as https://billing.example.com; empty: people cannot sign in. */
    readonly origin: string;
    /** Signs sessions; empty: made in the data folder. */
    readonly secret: string;
    /** Beside the main one, for long work and costly reads; 0: they are done in it. */
    readonly threads: number;
    /** A statement of the house that somebody waits for; 0: as long as it takes. */
    readonly readSeconds: number;
    /** Of usage that is sent as one body, in millions of bytes. */
    readonly maximumUsageMegabytes: number;
  };
  readonly singleSignOn: {
    /** Of OpenID Connect; empty: nobody signs in elsewhere. */
    readonly issuer: string;
    readonly clientId: string;
    /** env:NAME or file:/path; empty: a public client. */
    readonly clientSecret: string;
    /** As the page of sign-in calls it. */
    readonly name: string;
    readonly scope: string;
    /** Empty: only who was invited comes in. */
    readonly roleClaim: string;
    /** `value=role`, separated by commas. */
    readonly roles: string;
    /** `required`, or `trusted`: whether the provider must say that it verified the address. */
    readonly verifiedEmail: (typeof VERIFIED_EMAIL)[number];
  };
  readonly charging: {
    readonly memoryMegabytes: number;
    readonly mostWaiting: number;
    /** Running sessions of one account. */
    readonly mostSessions: number;
    readonly leaseMs: number;
    /** MCC and MNC, separated by commas. */
    readonly homeNetworks: string;
    /** host:port; empty: no counters by HTTP. */
    readonly metricsListen: string;
    /** Living engines divide the accounts. */
    readonly balance: (typeof BALANCE)[number];
    /** host:port at which other engines ask this one; empty: they do not. */
    readonly linkListen: string;
    /** host:port by which they reach it; empty: linkListen. */
    readonly linkAddress: string;
    /** env:NAME or file:/path. */
    readonly linkSecret: string;
  };
  readonly telemetry: {
    /** Where OTLP over HTTP goes; empty: nowhere. */
    readonly endpoint: string;
    /** env:NAME or file:/path; empty: none. */
    readonly authorization: string;
    readonly everySeconds: number;
  };
  readonly diameter: {
    /** host:port; empty: no TCP. */
    readonly listen: string;
    /** host:port; empty: no TLS. */
    readonly tlsListen: string;
    /** Paths of PEM files. */
    readonly certificate: string;
    readonly key: string;
    readonly authorities: string;
    /** Origin-Host and Origin-Realm. */
    readonly host: string;
    readonly realm: string;
    /** Origin-Hosts of other nodes, separated by commas. */
    readonly otherNodes: string;
    /** `host@network`, separated by commas; `*`: every peer. */
    readonly peers: string;
    /** `context=service`, separated by commas. */
    readonly serviceContexts: string;
  };
  readonly nchf: {
    /** host:port; empty: not served. */
    readonly listen: string;
    /** Paths of PEM files; both empty: without TLS. */
    readonly certificate: string;
    readonly key: string;
    readonly authorities: string;
    /** Path of a public key or JWK set, or the address of one; empty: no token is asked for. */
    readonly tokenKeys: string;
    /** Of tokens, separated by commas. */
    readonly audience: string;
    /** Networks, separated by commas; empty: any but this machine and its links. */
    readonly notifyTo: string;
    /** As `parseRoamingProfile` reads it. */
    readonly roamingProfile: string;
    /** Id of the source under which use of roamers is booked for their networks; empty: it is charged to accounts. */
    readonly roamingSource: string;
    /** Address of the NRF that is told of us; empty: none is. */
    readonly nrf: string;
    /** UUID; empty: made of the machine's name and `listen`. */
    readonly instanceId: string;
    /** host:port by which consumers reach us; empty: `listen`. */
    readonly address: string;
    /** As `parseServed` reads it. */
    readonly serves: string;
  };
  readonly radius: {
    /** host:port; empty: no Access-Requests. */
    readonly listen: string;
    /** host:port; empty: no accounting. */
    readonly accountingListen: string;
    /** Path of the YAML file with the clients. */
    readonly clients: string;
    /** `env:NAME` or `file:path`; empty: no passwords for CHAP. */
    readonly passwordKey: string;
  };
}

type Kind = SettingKey['kind'];
const NAME = String.raw`[\w][\w.-]{0,254}`;
const NETWORK = String.raw`[0-9a-fA-F.:]+(?:\/\d{1,3})?`;
const matching = (expected: string, pattern: RegExp): Kind => ({
  expected,
  parse: (value) => (value === '' || pattern.test(value) ? value.replaceAll(/\s/g, '') : undefined),
});
const list = (each: string): RegExp => new RegExp(String.raw`^\s*${each}(\s*,\s*${each})*\s*$`);

const names = matching('empty, or host names separated by commas', list(NAME));
const name = matching('empty, or a host name such as ocs1.example.net', new RegExp(`^${NAME}$`));
const peers = matching(
  'empty, *, or peers separated by commas, such as pgw1.example.net, *.epc.example.net@10.0.0.0/8',
  list(String.raw`(?:\*|(?:\*\.)?${NAME})(?:@${NETWORK})?`),
);
const contexts = matching(
  'empty, or contexts with their service, such as videos@example.net=content',
  list(String.raw`[^\s=,]+=(?:voice|sms|mms|data|content|event)`),
);
const networks = matching('empty, or MCC and MNC of networks separated by commas, such as 26201,26202', list(String.raw`\d{5,6}`));
const roamingProfile: Kind = {
  expected:
    'empty, or triggers separated by commas, such as time=3600, volume=1000000000, changes=20, QOS_CHANGE, RAT_CHANGE! (time at most 86400)',
  parse: (value) => (parseRoamingProfile(value) === undefined ? undefined : value.replaceAll(/\s/g, '')),
};
const uuid = matching('empty, or a UUID', /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i);
const served: Kind = {
  expected:
    'empty, or ranges separated by commas, such as supi=262010000000000-262019999999999, gpsi=491700000000-491799999999, plmn=26201',
  parse: (value) => (parseServed(value) === undefined ? undefined : value.replaceAll(/\s/g, '')),
};
const sourceId = matching('empty, or the id of a source such as roaming', /^[\w-]{1,64}$/);
const origin: Kind = {
  expected: 'empty, or an address without path such as https://billing.example.com',
  parse: (value) =>
    value === '' || (/^https?:\/\//.test(value) && URL.canParse(value) && new URL(value).origin === value) ? value : undefined,
};
const endpoint: Kind = {
  expected: 'empty, or an address such as http://collector.example.net:4318/v1/metrics',
  parse: (value) => (value === '' || (/^https?:\/\//.test(value) && URL.canParse(value)) ? value : undefined),
};
const issuer: Kind = {
  expected: 'empty, or the issuer’s address such as https://login.example.com/realm; http on this machine only',
  parse: (value) => {
    if (value === '') return value;
    const address = URL.canParse(value) ? new URL(value) : undefined;
    const isHere = address?.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(address.hostname);
    return address?.protocol === 'https:' || isHere ? value : undefined;
  },
};
const anyText: Kind = {
  expected: 'a text without control characters',
  parse: (value) => (/\p{Cc}/u.test(value) ? undefined : value.trim()),
};
const scope: Kind = {
  expected: 'scopes separated by blanks, openid among them',
  parse: (value) =>
    /^[\x21\x23-\x5b\x5d-\x7e]+( [\x21\x23-\x5b\x5d-\x7e]+)*$/.test(value) && value.split(' ').includes('openid') ? value : undefined,
};
const optionalPath: Kind = { expected: 'empty, or a path', parse: (value) => value };

/** `kinds`: those that settings of several subjects share. */
export function servingSettingKeys({
  listenAddress,
  secretReference,
  oneOf,
  whole,
}: {
  listenAddress: Kind;
  secretReference: Kind;
  oneOf: (values: readonly string[]) => Kind;
  whole: (least: number, most: number) => Kind;
}): readonly SettingKey[] {
  const key = (path: string, kind: Kind, fallback: string | number): SettingKey => ({
    key: path,
    environment: environmentOf(path),
    kind,
    fallback,
  });
  return [
    key('api.listen', listenAddress, ''),
    key('api.certificate', optionalPath, ''),
    key('api.key', optionalPath, ''),
    key('api.origin', origin, ''),
    key('api.secret', secretReference, ''),
    key('api.threads', whole(0, 64), 2),
    key('api.readSeconds', whole(0, 3_600), 60),
    key('api.maximumUsageMegabytes', whole(1, 1_000_000), 1_024),
    key('singleSignOn.issuer', issuer, ''),
    key('singleSignOn.clientId', anyText, ''),
    key('singleSignOn.clientSecret', secretReference, ''),
    key('singleSignOn.name', anyText, 'your organisation'),
    key('singleSignOn.scope', scope, 'openid email profile'),
    key('singleSignOn.roleClaim', anyText, ''),
    key('singleSignOn.roles', anyText, ''),
    key('singleSignOn.verifiedEmail', oneOf(VERIFIED_EMAIL), 'required'),
    key('charging.memoryMegabytes', whole(16, 1_000_000), 1_024),
    key('charging.mostWaiting', whole(10, 1_000_000), 10_000),
    key('charging.mostSessions', whole(1, 100_000), 1_000),
    key('charging.leaseMs', whole(500, 60_000), 2_500),
    key('charging.homeNetworks', networks, ''),
    key('charging.metricsListen', listenAddress, ''),
    key('charging.balance', oneOf(BALANCE), 'off'),
    key('charging.linkListen', listenAddress, ''),
    key('charging.linkAddress', listenAddress, ''),
    key('charging.linkSecret', secretReference, ''),
    key('telemetry.endpoint', endpoint, ''),
    key('telemetry.authorization', secretReference, ''),
    key('telemetry.everySeconds', whole(1, 3_600), 30),
    key('diameter.listen', listenAddress, ''),
    key('diameter.tlsListen', listenAddress, ''),
    key('diameter.certificate', optionalPath, ''),
    key('diameter.key', optionalPath, ''),
    key('diameter.authorities', optionalPath, ''),
    key('diameter.host', name, ''),
    key('diameter.realm', name, ''),
    key('diameter.otherNodes', names, ''),
    key('diameter.peers', peers, ''),
    key('diameter.serviceContexts', contexts, ''),
    key('nchf.listen', listenAddress, ''),
    key('nchf.certificate', optionalPath, ''),
    key('nchf.key', optionalPath, ''),
    key('nchf.authorities', optionalPath, ''),
    key('nchf.tokenKeys', optionalPath, ''),
    key('nchf.audience', names, 'CHF'),
    key('nchf.notifyTo', addressRanges, ''),
    key('nchf.roamingProfile', roamingProfile, 'time=3600'),
    key('nchf.roamingSource', sourceId, ''),
    key('nchf.nrf', origin, ''),
    key('nchf.instanceId', uuid, ''),
    key('nchf.address', listenAddress, ''),
    key('nchf.serves', served, ''),
    key('radius.listen', listenAddress, ''),
    key('radius.accountingListen', listenAddress, ''),
    key('radius.clients', optionalPath, ''),
    key('radius.passwordKey', secretReference, ''),
  ];
}

/** CARILLON_DIAMETER_TLS_LISTEN for diameter.tlsListen. */
const environmentOf = (path: string): string =>
  `CARILLON_${path
    .replaceAll(/[A-Z]/g, (letter) => `_${letter}`)
    .replace('.', '_')
    .toUpperCase()}`;
