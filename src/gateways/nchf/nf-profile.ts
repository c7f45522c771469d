/** What we tell an NRF of us (TS 29.510 §6.1.6.2.2): a CHF, where it is, what it serves, and for whom. */
import { isIP } from 'node:net';

export interface ServedRange {
  readonly kind: 'supi' | 'gpsi' | 'plmn';
  /** Digits, both included. */
  readonly start: string;
  readonly end: string;
}

export interface NfSettings {
  readonly instanceId: string;
  /** By which consumers reach us: a name or an address. */
  readonly host: string;
  readonly port: number;
  readonly scheme: 'http' | 'https';
  /** MCC and MNC of our networks. */
  readonly networks: readonly string[];
  /** Empty: everybody. */
  readonly serves: readonly ServedRange[];
}

/** A setting such as `supi=262010000000000-262019999999999, plmn=20801`. Undefined: it is not of this form. */
export function parseServed(text: string): readonly ServedRange[] | undefined {
  if (text.trim() === '') return [];
  const ranges = text.split(',').map((each): ServedRange | undefined => {
    const [, kind, start = '', end = start] = /^\s*(supi|gpsi|plmn)=(\d{5,15})(?:-(\d{5,15}))?\s*$/.exec(each) ?? [];
    if ((kind !== 'supi' && kind !== 'gpsi' && kind !== 'plmn') || start.length !== end.length || start > end) return undefined;
    return kind === 'plmn' && start.length > 6 ? undefined : { kind, start, end };
  });
  return ranges.every((range) => range !== undefined) ? ranges : undefined;
}

const services = [
  ['nchf-convergedcharging', ['v3', 'v2']],
  ['nchf-offlineonlycharging', ['v1']],
  ['nchf-spendinglimitcontrol', ['v1']],
] as const;

export function nfProfile({ instanceId, host, port, scheme, networks, serves }: NfSettings): object {
  const address = addressOf(host);
  const ranges = (kind: ServedRange['kind']) => serves.filter((each) => each.kind === kind).map(({ start, end }) => ({ start, end }));
  const chfInfo = named({ supiRangeList: ranges('supi'), gpsiRangeList: ranges('gpsi'), plmnRangeList: ranges('plmn') });
  return {
    ...{ nfInstanceId: instanceId, nfType: 'CHF', nfStatus: 'REGISTERED' },
    ...named({ plmnList: networks.map((network) => ({ mcc: network.slice(0, 3), mnc: network.slice(3) })) }),
    ...('fqdn' in address ? address : named({ ipv4Addresses: listOf(address.ipv4Address), ipv6Addresses: listOf(address.ipv6Address) })),
    ...(Object.keys(chfInfo).length === 0 ? {} : { chfInfo }),
    nfServices: services.map(([serviceName, versions]) => ({
      ...{ serviceInstanceId: serviceName, serviceName, scheme, nfServiceStatus: 'REGISTERED' },
      versions: versions.map((version) => ({ apiVersionInUri: version, apiFullVersion: `${version.slice(1)}.0.0` })),
      ...('fqdn' in address ? address : {}),
      ipEndPoints: [{ ...('fqdn' in address ? {} : address), port }],
    })),
  };
}

/** Lists that have something: those of the standard are never empty. */
const named = (lists: Readonly<Record<string, readonly unknown[]>>): object =>
  Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0));

const listOf = (text: string | undefined): readonly string[] => (text === undefined ? [] : [text]);

type Address = { readonly fqdn: string } | { readonly ipv4Address?: string; readonly ipv6Address?: string };

function addressOf(host: string): Address {
  const version = isIP(host);
  if (version === 0) return { fqdn: host };
  return version === 4 ? { ipv4Address: host } : { ipv6Address: host };
}
