/** Trunks by the hosts, realms and addresses behind them. */
import type { Trunk } from './parties.ts';

const NAME = /^(?:\*\.)?[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*$/i;

/** A host or realm, `*.` and a realm, an IPv4 or IPv6 address, or an IPv4 network. */
export function isHostPattern(text: string): boolean {
  if (text.length > 253) return false;
  if (networkOf(text) !== undefined) return true;
  return /^[\d.]+(?:\/.*)?$/.test(text) ? false : NAME.test(text) || isVersion6(text);
}

/** Finds the trunk of a host as records write it: `sip:192.0.2.7:5060`, `SBC1.Example.net`, `[2001:db8::1]:5060`. */
export class Hosts {
  readonly #exact = new Map<string, Trunk>();
  /** By what stands behind the asterisk, with the dot. */
  readonly #realms = new Map<string, Trunk>();
  /** The smallest network first. */
  readonly #networks: readonly { readonly base: number; readonly bits: number; readonly trunk: Trunk }[];

  constructor(trunks: readonly Trunk[]) {
    const networks: { base: number; bits: number; trunk: Trunk }[] = [];
    for (const trunk of trunks) {
      for (const host of trunk.hosts ?? []) {
        const network = networkOf(host);
        if (network !== undefined) networks.push({ ...network, trunk });
        else if (host.startsWith('*.')) this.#realms.set(host.slice(1).toLowerCase(), trunk);
        else this.#exact.set(host.toLowerCase(), trunk);
      }
    }
    this.#networks = networks.sort((a, b) => b.bits - a.bits);
  }

  get isEmpty(): boolean {
    return this.#exact.size + this.#realms.size + this.#networks.length === 0;
  }

  /** The exact host first, then the smallest network, then the longest realm. */
  find(written: string): Trunk | undefined {
    const host = hostOf(written);
    const exact = this.#exact.get(host);
    if (exact !== undefined) return exact;
    const address = addressOf(host);
    if (address !== undefined) return this.#networks.find(({ base, bits }) => covers(base, bits, address))?.trunk;
    for (let dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
      const trunk = this.#realms.get(host.slice(dot));
      if (trunk !== undefined) return trunk;
    }
    return undefined;
  }
}

function hostOf(written: string): string {
  const text = written
    .trim()
    .toLowerCase()
    .replace(/^<|>$/g, '')
    .replace(/^(?:sips?|tel|h323|aaa):/, '')
    .replace(/^.*@/, '')
    .replace(/;.*$/, '');
  const bracketed = /^\[([0-9a-f:.]+)\]/.exec(text)?.[1];
  return bracketed ?? (isVersion6(text) ? text : text.replace(/:\d{1,5}$/, ''));
}

function isVersion6(text: string): boolean {
  return /^[0-9a-f:]+(?:[\d.]+)?$/i.test(text) && text.split(':').length > 2;
}

/** Four numbers as one; undefined for what is no IPv4 address. */
function addressOf(text: string): number | undefined {
  const parts = text.split('.');
  if (parts.length !== 4) return undefined;
  let address = 0;
  for (const part of parts) {
    if (!/^\d{1,3}$/.test(part) || Number(part) > 255) return undefined;
    address = address * 256 + Number(part);
  }
  return address;
}

function networkOf(text: string): { readonly base: number; readonly bits: number } | undefined {
  const [written = '', length = '32', ...more] = text.split('/');
  const base = addressOf(written);
  if (base === undefined || more.length > 0 || !/^\d{1,2}$/.test(length) || Number(length) > 32) return undefined;
  return { base, bits: Number(length) };
}

function covers(base: number, bits: number, address: number): boolean {
  const size = 2 ** (32 - bits);
  return Math.floor(base / size) === Math.floor(address / size);
}
