/** What the API can do, as data: address, schemas, permission and what answers. Routes, checks and OpenAPI are made from it. */
import Type, { type Static, type TObject, type TSchema } from 'typebox';
import type { RefusalCode } from '#core/refusals.ts';
import type { Permission } from '#operations/access/permissions.ts';
import type { Signed, View } from '#operations/access/ports.ts';
import { keyActor } from '#operations/access/second-person.ts';
import type { Actor } from '#operations/audit-trail/ports.ts';
import type { SentStream, StreamDesk } from '#operations/uploads/ports.ts';
import type { Audit } from './audit.ts';
import type { EventFeed } from './event-stream.ts';
import type { Tag } from './tags.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What an operation asks for whose answer is about who asks and nothing else: to be known. */
export const KNOWN = 'known';

/** Who asks. */
export interface Principal {
  /** Unique; what repetitions are told apart by. */
  readonly id: string;
  /** For people: history, logs. */
  readonly name: string;
  readonly permissions: readonly string[];
  /** Somebody who is signed in; a program with a key has none. */
  readonly person?: Pick<Signed, 'name' | 'email' | 'role' | 'party'>;
  /** Sees the rows of one party only: PostgreSQL gives it no others, and only operations that are `forParties` answer. */
  readonly view?: View | undefined;
  /** Of a program's key: the person who made it, or made the key that made it; and its end. */
  readonly key?: { readonly madeBy: string; readonly expiresMicros: number | undefined };
  /** As the audit trail names it. */
  readonly actor: Actor;
}

/**
 * As the books name who did something: people by their address, programs by the name of their key with the party that it is of,
 * those of the house with who made it: two keys of one person are not two persons (`personBehind`).
 */
export function actorOf({ id, name, view, key }: Principal): string {
  if (id.startsWith('user:')) return name;
  if (view !== undefined) return `key ${name} of ${view.party}`;
  return key === undefined ? `key ${name}` : keyActor(name, key.madeBy);
}

/** The person behind: who is signed in, or who made the key. */
export function makerOf({ name, key }: Principal): string {
  return key?.madeBy ?? name;
}

/** A request whose parts are what the schemas say. */
export interface Call<Parameters = unknown, Query = unknown, Body = unknown> {
  readonly parameters: Parameters;
  readonly query: Query;
  readonly body: Body;
  readonly principal: Principal;
  /** Names this one change: client and Idempotency-Key. The same in a repetition. Empty where nothing is changed. */
  readonly key: string;
  /** The Idempotency-Key as the client wrote it; empty without one. */
  readonly givenKey: string;
  readonly requestId: string;
  /** The file that was sent, where the operation takes one; else empty. */
  readonly file: Uint8Array;
  /** The body, where the operation takes a stream. */
  readonly sent?: SentStream;
  /** Numbers of subscribers may be shown whole; else they are masked. False where the operation does not declare `personal`. */
  readonly seesPersonal: boolean;
  /** Of the header Last-Event-ID. */
  readonly lastEventId: string | undefined;
  /** Throws RefusedError (`api.precondition-failed`) when the client names another version of what there is. */
  readonly expect: (version: string) => void;
}

export interface Answer<Body> {
  /** The operation's own when left out. */
  readonly status?: number;
  readonly body: Body;
  /** Changes with what is shown; the client may send it as If-Match, or If-None-Match. */
  readonly version?: string;
  /** Address of what was made. */
  readonly location?: string;
}

export interface File {
  readonly type: string;
  readonly name: string;
  readonly content: Uint8Array;
}

/** `key`: the header Idempotency-Key is asked for, and the answer kept. `natural`: the content names the change itself, and its maker repeats. */
export type Repetition = 'key' | 'natural';

interface Described {
  /** `reserveSession`: unique, stays for ever. */
  readonly id: string;
  readonly method: Method;
  /** `/v1/charging/accounts/{account}`. */
  readonly path: string;
  readonly tag: Tag;
  readonly summary: string;
  readonly description?: string;
  /** What the caller must be allowed. */
  readonly permission: Permission | typeof KNOWN;
  readonly parameters?: TObject;
  readonly query?: TObject;
  readonly body?: TSchema;
  /** The body is a file (application/octet-stream) instead. */
  readonly takesFile?: boolean;
  /** The body is lines (application/x-ndjson), as many as the desk takes: all of them are on the disk before anything is done. */
  readonly takesStream?: StreamDesk;
  /** 1 MiB when left out. */
  readonly mostBodyBytes?: number;
  /** Needed for every method that changes something. */
  readonly repetition?: Repetition;
  /** A PUT that also makes what is not there: with `If-None-Match: *` it makes it, or is refused. */
  readonly mayMake?: true;
  /** Header Idempotency-Key is asked for and handed on, though the answer is not kept here. */
  readonly keyed?: boolean;
  /** Of a list that is asked whole (application/x-ndjson): entries that are read at once; 200 when left out. */
  readonly linesAtOnce?: number;
  /** For people who are signed in; no key may ask it, whatever its permissions. */
  readonly byPeople?: true;
  /** Needed for every method that changes something: what the audit trail says of it. */
  readonly audit?: Audit;
  /**
   * Partners, customers, or both may ask it, too, with its permission. It runs with their eyes: what is another's does not exist. What it
   * has the house do for them (`asHouse`) it has seen to be theirs first.
   */
  readonly forParties?: readonly View['role'][];
  /** Its answers hold numbers or names of persons: `call.seesPersonal` says whether they may be shown whole, and showing them is told. `whole`: to all who may ask. */
  readonly personal?: true | 'whole';
  /** What it can refuse, besides what every operation can. */
  readonly refusals?: readonly RefusalCode[];
  readonly status?: number;
  /** Of the body of the answer. */
  readonly answer: TSchema;
}

/** An operation as the server knows it. */
export type Operation = Described &
  (
    | { readonly kind: 'json'; readonly handle: (call: Call) => Promise<Answer<unknown>> }
    | { readonly kind: 'events'; readonly handle: (call: Call) => Promise<EventFeed> }
    | { readonly kind: 'file'; readonly types: readonly string[]; readonly handle: (call: Call) => Promise<File> }
  );

type Part<S extends TSchema | undefined> = S extends TSchema ? Static<S> : undefined;

type Typed<P extends TObject | undefined, Q extends TObject | undefined> = Omit<
  Described,
  'parameters' | 'query' | 'body' | 'audit' | 'repetition'
> & {
  readonly parameters?: P;
  readonly query?: Q;
};

/** What changes something says how it is repeated, and what the audit trail has of it. */
type Repeated<A> = { readonly repetition: Repetition; readonly audit: A } | { readonly repetition?: undefined; readonly audit?: undefined };

/** Declares an operation; what its handler gets has the types of its schemas. */
export function operation<
  A extends TSchema,
  P extends TObject | undefined = undefined,
  Q extends TObject | undefined = undefined,
  B extends TSchema | undefined = undefined,
>(
  declared: Typed<P, Q> &
    Repeated<Audit<Call<Part<P>, Part<Q>, Part<B>>, Static<A>>> & {
      readonly body?: B;
      readonly answer: A;
      readonly handle: (call: Call<Part<P>, Part<Q>, Part<B>>) => Promise<Answer<Static<A>>>;
    },
): Operation {
  // The server calls it with what it has checked by these very schemas.
  return { ...declared, kind: 'json' } as Operation;
}

/** An operation that answers with a stream of events (text/event-stream). */
export function eventsOperation<P extends TObject | undefined = undefined, Q extends TObject | undefined = undefined>(
  declared: Typed<P, Q> & { readonly answer: TSchema; readonly handle: (call: Call<Part<P>, Part<Q>>) => Promise<EventFeed> },
): Operation {
  return { ...declared, kind: 'events' } as Operation; // likewise
}

/** An operation that answers with a file. */
export function fileOperation<P extends TObject | undefined = undefined, Q extends TObject | undefined = undefined>(
  declared: Omit<Typed<P, Q>, 'answer'> & {
    readonly types: readonly string[];
    readonly handle: (call: Call<Part<P>, Part<Q>>) => Promise<File>;
  },
): Operation {
  return { ...declared, answer: Type.String(), kind: 'file' } as Operation; // likewise
}

/** `/accounts/{account}` as the router writes it. */
export function routePath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1');
}

/** A body of which nothing is needed may be left out. */
export function isWhollyOptional(body: TSchema | undefined): boolean {
  if (body === undefined || !Type.IsObject(body)) return false;
  const { required = [], minProperties = 0 }: { required?: readonly string[]; minProperties?: unknown } = body;
  return required.length === 0 && minProperties === 0;
}
