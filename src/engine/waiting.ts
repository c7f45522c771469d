/** Those who wait for an answer. */
import type { ChargingAnswer, ChargingResult } from '#core/charging/answer.ts';
import type { AccountCommand } from '#core/charging/command.ts';
import type { ChargingRequest } from '#core/charging/request.ts';
import type { Result } from '#core/refusals.ts';
import type { CommandResult } from './ports.ts';

/** A request between its coming and its answer, and until `Told` has called who asked. */
export class WaitingRequest {
  readonly kind = 'request';
  request: ChargingRequest;
  /** By the monotonic clock. */
  readonly sinceMs: number;
  /** Its account was looked for in the store. */
  looked = false;
  /** With it the pools that it draws from. */
  lookedWithPools = false;
  answered = false;
  /** Its neighbours among those who wait. */
  before: Waiting | undefined = undefined;
  after: Waiting | undefined = undefined;
  isListed = false;
  /** Its session is another account's: the store said so when it was to be written. */
  isTaken = false;
  /** Another engine asked: where it is not ours either, it is not asked on. */
  readonly isAskedHere: boolean;
  given: ChargingAnswer | undefined = undefined;
  readonly told: (answer: ChargingAnswer) => void;

  constructor(request: ChargingRequest, isAskedHere: boolean, sinceMs: number, told: (answer: ChargingAnswer) => void) {
    this.request = request;
    this.isAskedHere = isAskedHere;
    this.sinceMs = sinceMs;
    this.told = told;
  }
}

/** A command, likewise. */
export class WaitingCommand {
  readonly kind = 'command';
  readonly account: string;
  readonly command: AccountCommand;
  readonly sinceMs: number;
  looked = false;
  lookedWithPools = false;
  answered = false;
  /** Its neighbours among those who wait. */
  before: Waiting | undefined = undefined;
  after: Waiting | undefined = undefined;
  isListed = false;
  /** Another process wants it done, and reads what became of it: a refusal is written, too. */
  readonly isLeft: boolean;
  readonly isAskedHere: boolean;
  readonly #resolve: (result: Result<'done'>) => void;

  constructor(
    account: string,
    command: AccountCommand,
    { isLeft = false, isAskedHere = false }: { isLeft?: boolean; isAskedHere?: boolean },
    sinceMs: number,
    resolve: (result: Result<'done'>) => void,
  ) {
    this.account = account;
    this.command = command;
    this.isLeft = isLeft;
    this.isAskedHere = isAskedHere;
    this.sinceMs = sinceMs;
    this.#resolve = resolve;
  }

  answer(result: CommandResult): void {
    this.answered = true;
    this.#resolve(result.kind === 'done' ? { ok: true, value: 'done' } : { ok: false, refusals: result.refusals });
  }
}

export type Waiting = WaitingRequest | WaitingCommand;

/** An answer without items: the request as a whole came to this. */
export function bareAnswer({ session, number }: ChargingRequest, result: ChargingResult, detail: string): ChargingAnswer {
  return { session, number, result, items: [], detail };
}
