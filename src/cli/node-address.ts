/** Where a node listens, in one word of the command line. */
import { isIPv6 } from 'node:net';
import { InvalidArgumentError } from 'commander';

export interface NodeAddress {
  readonly host: string;
  readonly port: number | undefined;
}

const MOST_PORT = 65_535;

/** `host`, `host:port`, `[2001:db8::1]:port`; an IPv6 address alone needs no brackets. Throws InvalidArgumentError. */
export function nodeAddress(text: string): NodeAddress {
  if (isIPv6(text)) return { host: text, port: undefined };
  const found = /^(?:\[([0-9a-f:.]+)\]|([^:[\]]+))(?::(\d{1,5}))?$/i.exec(text);
  const port = found?.[3] === undefined ? undefined : Number(found[3]);
  if (found === null || port === 0 || (port ?? 1) > MOST_PORT)
    throw new InvalidArgumentError('It is host:port, or [address]:port for IPv6.');
  return { host: found[1] ?? found[2] ?? '', port };
}
