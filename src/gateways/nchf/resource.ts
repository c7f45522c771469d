/** A resource of Nchf: where it is, what may be done with it, and by which scope of a token. */
import type { ProblemDetails } from './problem.ts';

export interface NchfRequest {
  readonly method: string;
  /** Of the resource's path. */
  readonly match: RegExpExecArray;
  /** Scheme and authority that the consumer used. */
  readonly origin: string;
  /** The body as text, or why there is none. */
  readonly body: () => Promise<string | ProblemDetails>;
}

export interface NchfReply {
  readonly status: number;
  readonly location?: string;
  /** JSON. */
  readonly body?: string;
}

export interface NchfResource {
  readonly path: RegExp;
  readonly scope: string;
  readonly methods: (match: RegExpExecArray) => readonly string[];
  readonly answer: (request: NchfRequest) => Promise<NchfReply | ProblemDetails>;
}

export const isProblem = (reply: NchfReply | ProblemDetails): reply is ProblemDetails => 'title' in reply;
