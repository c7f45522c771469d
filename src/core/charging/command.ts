/** What can be done to an account besides using it. */

import type { ChargingAccount, PoolMembership } from './account.ts';
import type { BalanceUnit } from './answer.ts';
import type { Identity } from './request.ts';

/** Every command carries a key: the same key again is the same command, and is done once (the caller sees to that). */
interface Commanded {
  readonly key: string;
  /** For the history: who and why. */
  readonly text?: string;
}

export type AccountCommand = Commanded &
  (
    | { readonly kind: 'top-up'; readonly nanos: bigint; readonly currency: string; readonly validToMicros?: number }
    /** A voucher's content; that it is used once, its own row sees to. */
    | {
        readonly kind: 'voucher';
        readonly serial: string;
        readonly nanos: bigint;
        readonly currency: string;
        readonly allowances: readonly string[];
      }
    | { readonly kind: 'transfer-out'; readonly to: string; readonly nanos: bigint; readonly currency: string }
    | { readonly kind: 'transfer-in'; readonly from: string; readonly nanos: bigint; readonly currency: string }
    /** Adds (or with a negative amount takes) of a bucket, or of the account's own money; `currency`: what that was written in. */
    | { readonly kind: 'adjust'; readonly bucket?: number; readonly unit: BalanceUnit; readonly amount: bigint; readonly currency?: string }
    /** Turns units of one bucket into money or units of another, at the rate of the catalog. */
    | { readonly kind: 'convert'; readonly bucket: number; readonly unit?: BalanceUnit; readonly amount: bigint; readonly to: string }
    | { readonly kind: 'give-allowance'; readonly allowance: string }
    | { readonly kind: 'buy-add-on'; readonly addOn: string }
    | { readonly kind: 'stop-add-on'; readonly addOn: string }
    | { readonly kind: 'change-plan'; readonly plan: string }
    | { readonly kind: 'set-status'; readonly status: ChargingAccount['status'] }
    | { readonly kind: 'set-credit-limit'; readonly nanos: bigint }
    /** What is left out stays. `plan`: the plan's limit again; `period`: agreed until the control's period ends; 0: agreed no longer. */
    | {
        readonly kind: 'set-control';
        readonly control: string;
        readonly limit?: bigint | 'plan';
        /** What the limit was written in: refused when it is not what the control measures. */
        readonly unit?: BalanceUnit;
        readonly agreedToMicros?: number | 'period';
      }
    | { readonly kind: 'add-identity' | 'remove-identity'; readonly identity: Identity }
    | { readonly kind: 'join-pool'; readonly membership: PoolMembership }
    | { readonly kind: 'leave-pool'; readonly pool: string }
    | { readonly kind: 'close-session'; readonly session: string }
  );
