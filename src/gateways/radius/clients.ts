/** Whose packet it is, by the address it comes from. */
import { BlockList, isIP } from 'node:net';
import type { RadiusClient } from './settings.ts';

interface Entry {
  readonly client: RadiusClient;
  readonly bits: number;
  readonly list: BlockList;
}

const MOST_REMEMBERED = 10_000;

export class Clients {
  readonly #entries: readonly Entry[];
  readonly #byName: ReadonlyMap<string, RadiusClient>;
  /** What was found for an address: networks are looked through once. */
  readonly #found = new Map<string, RadiusClient | undefined>();

  constructor(clients: readonly RadiusClient[]) {
    this.#entries = clients
      .flatMap((client) => client.networks.map((network) => entryOf(client, network)))
      .sort((one, other) => other.bits - one.bits);
    this.#byName = new Map(clients.map((client) => [client.name, client]));
  }

  /** The one with the narrowest network that has the address. */
  at(address: string): RadiusClient | undefined {
    if (this.#found.has(address)) return this.#found.get(address);
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    const client = this.#entries.find(({ list }) => list.check(address, family))?.client;
    if (this.#found.size >= MOST_REMEMBERED) this.#found.clear();
    this.#found.set(address, client);
    return client;
  }

  named(name: string): RadiusClient | undefined {
    return this.#byName.get(name);
  }
}

function entryOf(client: RadiusClient, network: string): Entry {
  const [address = '', digits] = network.split('/');
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  const bits = digits === undefined ? (family === 'ipv6' ? 128 : 32) : Number(digits);
  const list = new BlockList();
  list.addSubnet(address, bits, family);
  return { client, bits: family === 'ipv6' ? bits : bits + 96, list };
}

/** IPv4 within IPv6 (`::ffff:192.0.2.1`) is IPv4; a zone is left out. */
export function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
}
