/** How many of one kind a client has open at once. */
import type { FastifyReply } from 'fastify';
import { RefusedError, refuse } from '#core/refusals.ts';

export class ClientCounts {
  readonly #open = new Map<string, number>();

  /** One more, until it is answered. Throws RefusedError (`api.too-many`, in these words). */
  take(client: string, most: number, reply: FastifyReply, words: (open: number) => string): void {
    const open = this.#open.get(client) ?? 0;
    if (open >= most) throw new RefusedError(refuse('api.too-many', words(open)));
    this.#open.set(client, open + 1);
    reply.raw.once('close', () => {
      const left = (this.#open.get(client) ?? 1) - 1;
      if (left > 0) this.#open.set(client, left);
      else this.#open.delete(client);
    });
  }
}
