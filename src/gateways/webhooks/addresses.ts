/** Which addresses webhooks may go to: none of this machine, of private networks or with another meaning, unless the settings allow it. */
import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';

/** RFC 6890 and its successors: addresses that are nobody's on the Internet. */
const NOT_PUBLIC_4 = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24', '192.0.2.0/24'],
  ...['192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'],
];
/** Of IPv6 only global unicast is public; of it not what carries IPv4 addresses (6to4, Teredo) or is for documents. */
const PUBLIC_6 = '2000::/3';
const NOT_PUBLIC_6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

const notPublic = listOf([...NOT_PUBLIC_4, ...NOT_PUBLIC_6]);
const public6 = listOf([PUBLIC_6]);

/** Networks as `10.1.0.0/16` or single addresses. */
export function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', prefix] = network.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    list.addSubnet(address, prefix === undefined ? (family === 'ipv6' ? 128 : 32) : Number(prefix), family);
  }
  return list;
}

export function mayGoTo(address: string, allowed: BlockList): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  const plain = mapped ?? address;
  const family = isIP(plain) === 6 ? 'ipv6' : 'ipv4';
  if (allowed.check(plain, family)) return true;
  return family === 'ipv4' ? !notPublic.check(plain, 'ipv4') : public6.check(plain, 'ipv6') && !notPublic.check(plain, 'ipv6');
}

export interface Resolved {
  readonly address: string;
  readonly family: 4 | 6;
}

/**
 * Where a request for a URL may go; `refused`: why it may not, whoever asks again. Throws what name resolution throws.
 * http only where somebody has said so: the network is allowed by name.
 */
export async function resolveTarget(url: URL, allowed: BlockList): Promise<readonly Resolved[] | { readonly refused: string }> {
  const resolved = await resolveHost(url.hostname, allowed);
  if ('forbidden' in resolved)
    return { refused: `webhooks may not go to ${resolved.forbidden}; the setting webhooks.allow names networks that they may` };
  const isPlain = url.protocol === 'http:';
  if (isPlain && !resolved.every(({ address, family }) => allowed.check(address, family === 6 ? 'ipv6' : 'ipv4')))
    return { refused: 'webhooks go by https; http only to networks of the setting webhooks.allow' };
  return resolved;
}

/** The addresses of a host, when webhooks may go to all of them; else the one to which they may not. Throws what name resolution throws. */
export async function resolveHost(host: string, allowed: BlockList): Promise<readonly Resolved[] | { readonly forbidden: string }> {
  const literal = host.replace(/^\[|\]$/g, '');
  const family = isIP(literal);
  const found = family === 0 ? await lookup(literal, { all: true }) : [{ address: literal, family }];
  const forbidden = found.find(({ address }) => !mayGoTo(address, allowed));
  if (forbidden !== undefined) return { forbidden: forbidden.address };
  return found.map(({ address, family: each }) => ({ address, family: each === 6 ? 6 : 4 }));
}
