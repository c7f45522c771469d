/** What was read to be changed, with its version: a change is made of what was seen, or it is told what is there now. */
import { answered, Problem, type ProblemDetails } from './problem.ts';

export interface Seen<T> {
  readonly data: T;
  /** Its ETag, as it is sent back. */
  readonly version: string;
  /** When it was answered, by the server's clock, to the second. */
  readonly at: string | undefined;
}

/** What a change is of. */
export interface Of<T> {
  /** As it was when the form was filled; undefined: it is to be made, and is not there yet. */
  readonly seen: Seen<T> | undefined;
  readonly read: () => Promise<Seen<T>>;
  /** What the form shows of it, by its label, in the reader's language. */
  shows(data: T): readonly Shown[];
  /** Begins anew with what is there now; what was written is given up. Left out: the page is read again. */
  take?(now: Seen<T>): void;
  /** Nothing is sent over what is there now before it was looked at. */
  readonly isLookedAtFirst?: true;
  /** In the audit trail, for who may read that. */
  readonly subject?: { readonly kind: string; readonly id: string };
}

export type Shown = readonly [label: string, text: string];

/** Headers of a change: only of the version that was seen (RFC 9110 §13.1.1), or only where nothing is (§13.1.2). */
export interface Match {
  readonly 'If-Match'?: string;
  readonly 'If-None-Match'?: '*';
}

/** Of the answer to what was read. Throws Problem. */
export function seen<T>(answer: { readonly data?: T | undefined; readonly error?: unknown; readonly response: Response }): Seen<T> {
  const data = answered(answer);
  const { headers, url } = answer.response;
  const version = headers.get('etag');
  if (version === null) throw new Error(`${url} has no version`);
  const date = headers.get('date');
  return { data, version, at: date === null ? undefined : new Date(date).toISOString() };
}

/** Somebody changed it since it was read, or made it before. Nothing of what was sent was done. */
export class Outdated extends Problem {
  /** By label, what was seen and what is there now, of what differs; `before` undefined: it was not there. */
  readonly differences: readonly { readonly label: string; readonly before: string | undefined; readonly now: string }[];
  readonly subject: Of<unknown>['subject'];
  readonly wasThere: boolean;
  /** When it was seen: who changed it did so since. */
  readonly since: string | undefined;
  readonly take: () => void;
  readonly sendOver: (() => void) | undefined;

  constructor(details: ProblemDetails, { differences, subject, wasThere, since, take, sendOver }: OutdatedParts) {
    super(details);
    this.differences = differences;
    this.subject = subject;
    this.wasThere = wasThere;
    this.since = since;
    this.take = take;
    this.sendOver = sendOver;
  }
}

type OutdatedParts = Pick<Outdated, 'differences' | 'subject' | 'wasThere' | 'since' | 'take' | 'sendOver'>;

interface Ways<T> {
  /** The version that somebody chose to send over. */
  readonly over: Seen<T> | undefined;
  readonly take: (now: Seen<T>) => void;
  readonly sendOver: (now: Seen<T>) => void;
}

/** Sends a change of what was seen. Throws Outdated when that is not what is there, with what is. */
export async function sentAsSeen<T, Done>(
  of: Of<T>,
  { over, take, sendOver }: Ways<T>,
  send: (match: Match) => Promise<Done>,
): Promise<Done> {
  const from = over ?? of.seen;
  try {
    return await send(matchOf(from));
  } catch (error) {
    if (!(error instanceof Problem) || error.details.code !== 'api.precondition-failed') throw error;
    const now = await of.read();
    // Somebody was at it at this moment, and changed nothing.
    if (now.version === from?.version) return send(matchOf(from));
    throw new Outdated(error.details, {
      differences: differencesOf(of, now.data),
      subject: of.subject,
      wasThere: of.seen !== undefined,
      since: of.seen?.at,
      take: () => take(now),
      sendOver: of.isLookedAtFirst === true ? undefined : () => sendOver(now),
    });
  }
}

function matchOf(from: Seen<unknown> | undefined): Match {
  return from === undefined ? { 'If-None-Match': '*' } : { 'If-Match': from.version };
}

function differencesOf<T>({ seen: before, shows }: Pick<Of<T>, 'seen' | 'shows'>, now: T): Outdated['differences'] {
  const was = before === undefined ? [] : shows(before.data);
  const is = shows(now);
  const labels = [...new Set([...was, ...is].map(([label]) => label))];
  const of = (rows: readonly Shown[], label: string): string => rows.find(([each]) => each === label)?.[1] ?? '';
  return labels
    .map((label) => ({ label, before: before === undefined ? undefined : of(was, label), now: of(is, label) }))
    .filter((each) => each.before !== each.now);
}
