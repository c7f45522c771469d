/** ProblemDetails (TS 29.571 §5.2.4.1) with the causes of TS 29.500 §5.2.7.2 and of charging (TS 32.291 §6.1.7.3). */

/** A cause with its status. */
export const causes = {
  INVALID_MSG_FORMAT: 400,
  MANDATORY_IE_MISSING: 400,
  MANDATORY_IE_INCORRECT: 400,
  OPTIONAL_IE_INCORRECT: 400,
  CHARGING_FAILED: 400,
  CHARGING_NOT_APPLICABLE: 403,
  END_USER_REQUEST_DENIED: 403,
  QUOTA_LIMIT_REACHED: 403,
  USER_UNKNOWN: 404,
  RESOURCE_URI_STRUCTURE_NOT_FOUND: 404,
  RESOURCE_CONTEXT_NOT_FOUND: 404,
  SUBSCRIPTION_NOT_FOUND: 404,
  UNSPECIFIED_NF_FAILURE: 500,
  NF_CONGESTION: 503,
} as const;
export type Cause = keyof typeof causes;

export interface InvalidParameter {
  /** JSON pointer: `/multipleUnitUsage/0/ratingGroup`. */
  readonly param: string;
  readonly reason: string;
}

export interface ProblemDetails {
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly cause?: Cause | SpendingCause;
  readonly invalidParams?: readonly InvalidParameter[];
}

export function problem(cause: Cause, detail: string, invalidParams: readonly InvalidParameter[] = []): ProblemDetails {
  const status = causes[cause];
  return { title: titles[status] ?? 'Error', status, detail, cause, ...(invalidParams.length === 0 ? {} : { invalidParams }) };
}

/** Causes of spending limits, each with 400 (TS 29.594 §5.7.3): USER_UNKNOWN is another there than in charging. */
export type SpendingCause = 'USER_UNKNOWN' | 'NO_AVAILABLE_POLICY_COUNTERS' | 'UNKNOWN_POLICY_COUNTERS';

export function spendingProblem(cause: SpendingCause, detail: string, invalidParams: readonly InvalidParameter[] = []): ProblemDetails {
  return { title: 'Bad Request', status: 400, detail, cause, ...(invalidParams.length === 0 ? {} : { invalidParams }) };
}

/** What HTTP itself says no to. */
export function httpProblem(status: number, detail: string): ProblemDetails {
  return { title: titles[status] ?? 'Error', status, detail };
}

const titles: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};
