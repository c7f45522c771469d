/** Spending limits: what gateways ask for, and what storage keeps. */
import type { ChargingAccount } from '#core/charging/account.ts';
import type { PolicyCounter } from '#core/charging/policy-counters.ts';
import type { Identity } from '#core/charging/request.ts';

export type SubscriptionKind = 'sy' | 'nchf';

/** Words by which a gateway finds the subscriber of a subscription again, after a restart too. */
export type PeerWords = Readonly<Record<string, string>>;

export interface Subscription {
  readonly id: string;
  readonly kind: SubscriptionKind;
  readonly account: string;
  /** Those asked for; empty: all of the account. */
  readonly counters: readonly string[];
  /** What the subscriber was told last. */
  readonly reported: readonly PolicyCounter[];
  readonly peer: PeerWords;
  /** Undefined: until it is ended. */
  readonly expiresMicros: number | undefined;
}

export interface SubscriptionRequest extends Pick<Subscription, 'id' | 'kind' | 'counters' | 'peer' | 'expiresMicros'> {
  /** The first that belongs to an account decides. */
  readonly identities: readonly Identity[];
}

/** What of a subscription is asked to be otherwise; what is left out stays. Counters are replaced, none: all. */
export type SubscriptionChange = Partial<Pick<Subscription, 'peer' | 'expiresMicros'>> & Pick<Subscription, 'counters'>;

export type SpendingAnswer =
  | { readonly kind: 'counters'; readonly counters: readonly PolicyCounter[]; readonly subscription: Subscription }
  | { readonly kind: 'user-unknown' }
  /** The account's plan has none. */
  | { readonly kind: 'no-counters' }
  | { readonly kind: 'unknown-counters'; readonly unknown: readonly string[] }
  | { readonly kind: 'unknown-subscription' };

/** What gateways ask. A rejection is a fault of ours or of the store: nothing is promised then. */
export interface SpendingLimitService {
  /** The same id again replaces the subscription. */
  subscribe(request: SubscriptionRequest): Promise<SpendingAnswer>;
  modify(id: string, change: SubscriptionChange): Promise<SpendingAnswer>;
  /** False: there is no such subscription. */
  unsubscribe(id: string): Promise<boolean>;
}

/** `told`: the subscriber has it. `gone`: it does not know the subscription any more. `unreachable`: it is told later. */
export type Delivery = 'told' | 'gone' | 'unreachable';

/** How a gateway tells a subscriber. */
export interface SpendingNotifier {
  readonly kind: SubscriptionKind;
  changed(subscription: Subscription, counters: readonly PolicyCounter[]): Promise<Delivery>;
  /** The account is closed: there is nothing to subscribe to any more. */
  ended(subscription: Subscription, account: ChargingAccount): Promise<Delivery>;
}

export interface SubscriptionBooks {
  account(id: string): Promise<ChargingAccount | undefined>;
  /** The first of them that belongs to an account. */
  accountOf(identities: readonly Identity[]): Promise<ChargingAccount | undefined>;
  /** Keeps it; in place of one with the same id. */
  put(subscription: Subscription): Promise<void>;
  get(id: string, nowMicros: number): Promise<Subscription | undefined>;
  setReported(id: string, reported: readonly PolicyCounter[]): Promise<void>;
  remove(id: string): Promise<boolean>;
  ofAccount(account: string, nowMicros: number): Promise<readonly Subscription[]>;
  /** Accounts of these shards that have subscriptions, by their names behind `after`, at most so many. */
  subscribedAccounts(shards: readonly number[], after: string, most: number): Promise<readonly string[]>;
  /** Forgets those that were over before an instant. */
  forget(beforeMicros: number): Promise<void>;
}
