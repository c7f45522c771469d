/** Messages to customers as the books keep them: what people are shown. */

export interface KeptNotification {
  readonly notificationId: bigint;
  readonly account: string;
  readonly notice: string;
  readonly way: string;
  readonly target: string;
  readonly language: string;
  readonly subject: string | undefined;
  readonly body: string;
  readonly state: string;
  readonly reason: string | undefined;
  readonly attempts: number;
  readonly madeMicros: number;
  readonly nextMicros: number | undefined;
  readonly overMicros: number | undefined;
  readonly answer: string | undefined;
}

export interface KeptAttempt {
  readonly startedMicros: number;
  readonly endedMicros: number | undefined;
  readonly by: string;
  readonly outcome: string | undefined;
  readonly answer: string | undefined;
}

export interface KeptPart {
  readonly reference: string;
  readonly state: string | undefined;
  readonly receipt: string | undefined;
  readonly receivedMicros: number | undefined;
}

export interface NotificationFilter {
  readonly account?: string;
  readonly state?: string;
  readonly way?: string;
  /** Made before this one. */
  readonly before?: bigint;
  readonly limit: number;
}

export interface NotificationHistory {
  readonly notification: KeptNotification;
  readonly attempts: readonly KeptAttempt[];
  readonly parts: readonly KeptPart[];
}
