/** What an operation leaves in the audit trail, declared beside it. */
import { RefusedError } from '#core/refusals.ts';
import { type Act, type AuditBooks, actingAs, type Deed } from '#operations/audit-trail/ports.ts';
import { worded } from '#operations/audit-trail/wording.ts';
import type { Answer, Call, Operation } from './operation.ts';

/** `keptIn`: there is a record of each already, in words: 'journal of charging'. */
export type Audit<C = Call, A = unknown> = AuditedChange<C, A> | { readonly keptIn: string };

export interface AuditedChange<C = Call, A = unknown> {
  /** What is changed: `api-key`, `dispute`. */
  readonly subject: string;
  /** Which one; left out: the first parameter of the address. Empty where it is made first. */
  readonly id?: (call: C) => string;
  /** What of the request is kept; left out: all of it. */
  readonly asked?: (call: C) => unknown;
  /** How it was, read before the change. */
  readonly before?: (call: C) => Promise<unknown>;
  /** How it is, read after it. Left out: what was asked says it. */
  readonly after?: (call: C, answer: A) => Promise<unknown> | unknown;
  /** Which one, of what was made. */
  readonly made?: (answer: A) => string;
  /** The change is not made by this process's transactions: its entry is written before. */
  readonly ahead?: true;
}

export type AuditTrail = Pick<AuditBooks, 'append'>;

/** Does the work in the name of who asks. Every transaction within it that changes something leaves the entry (storage/database). */
export async function audited(
  trail: AuditTrail,
  { id, audit }: Operation,
  call: Call,
  work: () => Promise<Answer<unknown>>,
): Promise<Answer<unknown>> {
  if (audit === undefined || 'keptIn' in audit) return work();
  const before = worded(await audit.before?.(call));
  const deed = { ...deedOf(id, audit, call), asked: audit.asked === undefined ? askedOf(call) : worded(audit.asked(call)), before };
  const act: Act = { deed, entry: undefined };
  if (audit.ahead === true) act.entry = await trail.append({ ...deed, stage: 'begun' });
  let answer: Answer<unknown>;
  try {
    answer = await actingAs(act, work);
  } catch (error) {
    const code = error instanceof RefusedError ? error.refusals[0]?.code : undefined;
    await trail.append({
      ...(act.entry === undefined ? deed : bare(deed)),
      stage: code === undefined ? 'failed' : 'refused',
      code,
      follows: act.entry,
    });
    throw error;
  }
  const after = worded(await audit.after?.(call, answer.body));
  if (act.entry === undefined || audit.ahead === true || after !== undefined || audit.made !== undefined) {
    const subject = audit.made === undefined ? deed.subject : { kind: audit.subject, id: audit.made(answer.body) };
    await trail.append({ ...(act.entry === undefined ? deed : bare(deed)), subject, stage: 'done', after, follows: act.entry });
  }
  return answer;
}

/** What was asked stands in the entry that is followed. */
function bare({ asked: _, before: __, ...deed }: Deed): Deed {
  return deed;
}

function deedOf(operation: string, audit: AuditedChange, call: Call): Deed {
  const { principal, requestId } = call;
  return {
    actor: principal.actor,
    operation,
    requestId,
    subject: { kind: audit.subject, id: audit.id?.(call) ?? firstOf(call.parameters) },
  };
}

/** Personal data was shown to who asked. */
export async function toldSeen(trail: AuditTrail, { id, tag }: Operation, call: Call): Promise<void> {
  const { principal, requestId } = call;
  const subject = { kind: tag, id: firstOf(call.parameters) };
  await trail.append({ actor: principal.actor, operation: id, requestId, subject, stage: 'seen', asked: askedOf(call) });
}

function askedOf({ parameters, query, body }: Call): string | undefined {
  const parts = Object.entries({ ...filled('parameters', parameters), ...filled('query', query), ...filled('body', body) });
  return parts.length === 0 ? undefined : worded(Object.fromEntries(parts));
}

function filled(name: string, part: unknown): object {
  return typeof part === 'object' && part !== null && Object.keys(part).length > 0 ? { [name]: part } : {};
}

function firstOf(parameters: unknown): string {
  const [first] = Object.values(parameters ?? {});
  return typeof first === 'string' ? first : '';
}
