/** What the gateway needs of others. */
import type { ChargingAnswer } from '#core/charging/answer.ts';
import type { ChargingRequest } from '#core/charging/request.ts';

export interface ChargingService {
  /** Resolves when what the answer says is durable. */
  handle(request: ChargingRequest): Promise<ChargingAnswer>;
}

/** A password as it is kept: see `passwords.ts`. */
export interface StoredPassword {
  readonly identity: string;
  readonly scheme: 'scrypt' | 'aes-256-gcm';
  readonly secret: Uint8Array;
}

export interface RadiusBooks {
  /** Passwords of those identities (`nai:anna@example.net`) that have one. */
  passwords(identities: readonly string[]): Promise<readonly StoredPassword[]>;
  /** Open sessions whose names begin so, at most so many. */
  openSessions(prefix: string, most: number): Promise<readonly string[]>;
}
