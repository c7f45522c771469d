/** Whether a peer that wants to connect may, by what its CER says and where it comes from. */
import { BlockList, isIP } from 'node:net';
import type { PeerCertificate, TLSSocket } from 'node:tls';
import { readMessage } from '#codecs/diameter/build.ts';
import { readCapabilities } from '#codecs/diameter/capabilities.ts';
import { checkMessage } from '#codecs/diameter/check.ts';
import type { DiameterFault } from '#codecs/diameter/results.ts';
import type { NodeFault } from './base-messages.ts';
import type { DiameterConnection, PeerIdentity } from './connection.ts';
import type { ConnectionSettings, KnownPeer } from './settings.ts';

export type Admission =
  | { readonly ok: true; readonly peer: PeerIdentity }
  | { readonly ok: false; readonly fault: NodeFault | DiameterFault; readonly host: string | undefined };

/** NO_INBAND_SECURITY of Inband-Security-Id (RFC 6733 §6.10). */
const NO_INBAND_SECURITY = 0;

/** `known`: undefined where every peer may connect. */
export function admit(
  connection: DiameterConnection,
  message: Uint8Array,
  { dictionary, identity }: ConnectionSettings,
  known: readonly KnownPeer[] | undefined,
): Admission {
  const wrong = checkMessage(dictionary, message).find(({ fatal }) => fatal);
  const values = readMessage(dictionary, message)?.values ?? {};
  const text = (name: string): string | undefined => (typeof values[name] === 'string' ? values[name] : undefined);
  const [host, realm] = [text('Origin-Host'), text('Origin-Realm')];
  const no = (fault: NodeFault | DiameterFault): Admission => ({ ok: false, fault, host });
  if (wrong !== undefined) return no(wrong);
  if (host === undefined || realm === undefined) return no({ error: 'DIAMETER_MISSING_AVP', message: 'it does not say who it is' });
  if (sameName(host, identity.host))
    return no({ error: 'DIAMETER_UNKNOWN_PEER', message: 'the Origin-Host is our own: every node needs a name of its own' });
  if (known?.some((peer) => matches(peer, host, realm, connection.address)) === false)
    return no({ error: 'DIAMETER_UNKNOWN_PEER', message: `no peer ${host} of ${realm} at ${connection.address} is configured` });
  if (connection.tls && !certified(connection.socket as TLSSocket, host))
    // `tls` says that it is one
    return no({ error: 'DIAMETER_UNKNOWN_PEER', message: `the certificate is not one of ${host}` });
  const inband = values['Inband-Security-Id'];
  if (!connection.tls && Array.isArray(inband) && inband.length > 0 && !inband.includes(NO_INBAND_SECURITY))
    return no({ error: 'DIAMETER_NO_COMMON_SECURITY', message: 'TLS begins with the connection here, not after the capabilities' });
  const { common, grouped, fault } = readCapabilities(message, identity.applications);
  if (fault !== undefined) return no(fault);
  const originState = values['Origin-State-Id'];
  return {
    ok: true,
    peer: {
      ...{ host, realm, applications: common, grouped },
      product: text('Product-Name') ?? '',
      originState: typeof originState === 'number' ? originState : undefined,
    },
  };
}

/** Names of hosts and realms do not differ in case. */
export const sameName = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

function matches(peer: KnownPeer, host: string, realm: string, address: string): boolean {
  if (peer.realm !== undefined && !sameName(peer.realm, realm)) return false;
  if (!nameMatches(peer.host, host)) return false;
  return peer.addresses.length === 0 || networksOf(peer.addresses).check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

function nameMatches(pattern: string, name: string): boolean {
  if (pattern === '*') return true;
  return pattern.startsWith('*.') ? name.toLowerCase().endsWith(pattern.slice(1).toLowerCase()) : sameName(pattern, name);
}

function networksOf(addresses: readonly string[]): BlockList {
  const list = new BlockList();
  for (const each of addresses) {
    const [address = '', bits] = each.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return list;
}

/** Where certificates are asked for, one of the names in it is the Origin-Host (RFC 6733 §13.1). */
function certified(socket: TLSSocket, host: string): boolean {
  if (!socket.authorized) return !asksForCertificate(socket);
  const certificate: Partial<PeerCertificate> = socket.getPeerCertificate();
  const names = (certificate.subjectaltname ?? '').split(', ').flatMap((name) => (name.startsWith('DNS:') ? [name.slice(4)] : []));
  const common = certificate.subject?.CN;
  const all = names.length > 0 ? names : typeof common === 'string' ? [common] : [];
  return all.some((name) => nameMatches(name, host));
}

/** Unauthorised sockets are closed in the handshake where certificates are asked for; what comes here without was not asked. */
const asksForCertificate = (socket: TLSSocket): boolean => socket.getPeerCertificate().raw !== undefined;
