/** An account as memory and the log keep it: packed, or as JSON where it cannot be packed and where it was read from its row. */
import type { ChargingAccount } from '#core/charging/account.ts';
import type { TextOctets } from '#engine/ports.ts';
import { accountToJson } from '../account-json.ts';
import { accountOfText } from '../account-text/read-account.ts';
import { packAccount } from './pack-account.ts';
import { unpackAccount } from './unpack-account.ts';

const JSON_BEGINS = 0x7b;

export function keptOf(account: ChargingAccount): string {
  return packAccount(account) ?? accountToJson(account);
}

/** Throws for one of another shape or form than this release knows. */
export function accountOfKept(id: string, kept: string | TextOctets): ChargingAccount {
  if (typeof kept !== 'string') return accountOfOctets(id, kept);
  return isJson(kept) ? accountOfText(id, kept) : unpackAccount(id, kept);
}

function accountOfOctets(id: string, kept: TextOctets): ChargingAccount {
  const { octets, from, to } = kept;
  return octets[from] === JSON_BEGINS ? accountOfText(id, octets.toString('latin1', from, to)) : unpackAccount(id, kept);
}

/** As rows have it. */
export function jsonOfKept(id: string, kept: string): string {
  return isJson(kept) ? kept : accountToJson(unpackAccount(id, kept));
}

/** What is packed begins with the number of its form. */
export function isJson(kept: string): boolean {
  return kept.charCodeAt(0) === JSON_BEGINS;
}
