/** What engines ask each other. Both are of one version of the program; what they say is theirs. */
import { createHash } from 'node:crypto';
import type { ChargingAnswer } from '#core/charging/answer.ts';
import type { AccountCommand } from '#core/charging/command.ts';
import type { ChargingRequest } from '#core/charging/request.ts';
import type { Result } from '#core/refusals.ts';

export type LinkQuestion =
  | { readonly id: number; readonly request: ChargingRequest }
  | { readonly id: number; readonly account: string; readonly command: AccountCommand }
  /** Of a session whose client is connected elsewhere. */
  | { readonly id: number; readonly tell: 'reauthorise' | 'abort'; readonly session: string };

export interface LinkAnswer {
  readonly id: number;
  /** Undefined: it is not ours either, or nobody could be told. */
  readonly answer?: ChargingAnswer | Result<'done'> | number | undefined;
}

/** TLS 1.2 with a key that both have, and keys of its own for each connection. */
export const CIPHERS = 'ECDHE-PSK-CHACHA20-POLY1305:ECDHE-PSK-AES256-CBC-SHA384';
export const IDENTITY = 'carillon';

export const keyOf = (secret: string): Buffer => createHash('sha256').update(`carillon engines ${secret}`).digest();
