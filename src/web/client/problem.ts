/** What an answer of the API was: its data, or a problem that can be shown. */
export interface ProblemDetails {
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly remedy: string;
  /** `urn:carillon:request:` and the request's id. */
  readonly instance?: string;
  readonly refusals?: readonly {
    readonly code: string;
    readonly message: string;
    readonly field?: string;
    readonly value?: string;
    /** Row of a file. */
    readonly line?: number;
  }[];
}

/** A no of the API. */
export class Problem extends Error {
  readonly details: ProblemDetails;

  constructor(details: ProblemDetails) {
    super(details.detail);
    this.details = details;
  }

  /** What is wrong with a field of what was sent; `body/…` and a JSON pointer's slash before it do not matter. */
  of(field: string): string | undefined {
    const bare = (name: string): string => name.replace(/^\/?(?:body|query)?\/?/, '').replaceAll('.', '/');
    return this.details.refusals?.find((each) => each.field !== undefined && bare(each.field) === bare(field))?.message;
  }
}

interface Answered<T> {
  readonly data?: T | undefined;
  readonly error?: unknown;
  readonly response: Response;
}

/** The data of an answer. Throws Problem. */
export function answered<T>({ data, error, response }: Answered<T>): T {
  if (response.ok) return data as T; // what the description says of a success
  throw new Problem(detailsOf(error, response.status));
}

/** Whatever came: a problem of ours, or what stands between us and the server. */
export function detailsOf(error: unknown, status: number): ProblemDetails {
  if (typeof error === 'object' && error !== null && 'code' in error && 'detail' in error)
    // As every operation declares; what somebody between us made of it may lack some.
    return { title: '', remedy: '', ...(error as Pick<ProblemDetails, 'code' | 'detail'>), status };
  return { title: 'No answer', status, detail: `${status}`, code: 'web.no-answer', remedy: '' };
}

/** Whether nobody is signed in, or no longer. */
export function isSignedOut(error: unknown): boolean {
  return error instanceof Problem && error.details.status === 401;
}
