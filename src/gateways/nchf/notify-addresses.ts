/**
 * Where notifications may go. Consumers name the address themselves, so whoever may ask us could have us ask others: never this machine, nor what is
 * reached on its link only (there clouds have the keys of machines), unless the operator names the networks that its consumers are in.
 */
import { type LookupAddress, lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

const local = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['224.0.0.0', 3],
] as const)
  local.addSubnet(network, prefix);
for (const [network, prefix] of [
  ['::', 127],
  ['fe80::', 10],
  ['fd00:ec2::', 32],
  ['ff00::', 8],
] as const)
  local.addSubnet(network, prefix, 'ipv6');

/** `allowed`: networks that it must be in; undefined: any but those above. */
export function mayNotify(address: string, allowed: BlockList | undefined): boolean {
  const plain = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
  const family = isIP(plain) === 6 ? 'ipv6' : 'ipv4';
  return allowed === undefined ? !local.check(plain, family) : allowed.check(plain, family);
}

/** The address of an origin's host, when it is written as one. */
export function literalOf(origin: string): string | undefined {
  const host = new URL(origin).hostname.replace(/^\[|\]$/g, '');
  return isIP(host) === 0 ? undefined : host;
}

/** For `connect`: what a name comes to is looked at when it is connected to, so that it cannot change in between. */
export function lookupWithin(allowed: BlockList | undefined): LookupFunction {
  return (hostname, options, done) => {
    lookup(hostname, { ...options, all: true }, (error, found: readonly LookupAddress[]) => {
      if (error !== null) return done(error, '', 0);
      const [first, ...others] = found.filter(({ address }) => mayNotify(address, allowed));
      if (first === undefined) return done(new Error(`notifications may not go to ${hostname}`), '', 0);
      if (options.all === true) return done(null, [first, ...others]);
      return done(null, first.address, first.family);
    });
  };
}
