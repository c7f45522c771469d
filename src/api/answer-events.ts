/** An operation that answers with a stream of events: as long as who asks may see them. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RefusedError, refuse } from '#core/refusals.ts';
import { viewedBy } from '#operations/access/ports.ts';
import { demandOperation } from './access.ts';
import { toldSeen } from './audit.ts';
import type { Call, Operation, Principal } from './operation.ts';
import type { Routing } from './route.ts';

/** With the eyes of who asks. */
export function seen<T>({ principal: { view } }: Call, work: () => Promise<T>): Promise<T> {
  return view === undefined ? work() : viewedBy(view, work);
}

/** Throws RefusedError: what the operation refuses, `api.too-many`. */
export async function answerEvents(
  { streams, access, audit }: Routing,
  operation: Operation & { readonly kind: 'events' },
  call: Call,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  if (streams.isFull) throw new RefusedError(refuse('api.too-many', 'as many streams are open as may be'));
  const feed = await seen(call, () => operation.handle(call));
  if (call.seesPersonal) await toldSeen(audit, operation, call);
  reply.hijack();
  const isAllowed = async (): Promise<boolean> => {
    try {
      const now = await access.principal(request);
      demandOperation(now, operation);
      return seesSame(now, call.principal);
    } catch (error) {
      if (error instanceof RefusedError) return false;
      throw error;
    }
  };
  streams.open(reply.raw, stringHeaders(reply), feed, isAllowed);
  return reply;
}

/** Whether what the one is shown may be shown to the other: else a stream ends, and what comes again begins with the rights of now. */
function seesSame(now: Principal, then: Principal): boolean {
  return (
    now.id === then.id &&
    now.view?.role === then.view?.role &&
    now.view?.party === then.view?.party &&
    now.permissions.length === then.permissions.length &&
    now.permissions.every((each) => then.permissions.includes(each))
  );
}

function stringHeaders(reply: FastifyReply): Record<string, string> {
  return Object.fromEntries(Object.entries(reply.getHeaders()).map(([name, value]) => [name, String(value)]));
}
