/** Statements of one connection that are asked for at once: each is sent when the one before it is answered. */
import type pg from 'pg';

type Query = (...words: readonly unknown[]) => unknown;

/** What runs itself and says when it is answered. */
interface Answered {
  readonly answered: Promise<void>;
}

/**
 * The client, for work that does not wait for each of its statements: the server has the next one as soon as the last is done. `pg` itself
 * is to lose its own queue. After a fault the statements behind it fail, too, as the transaction has.
 */
export function oneByOne(client: pg.PoolClient): pg.PoolClient {
  const send: Query = client.query.bind(client) as Query;
  let last: Promise<unknown> = Promise.resolve();
  const query: Query = (...words) => {
    const [first] = words;
    if (isAnswered(first)) {
      last = last.then(() => {
        send(first);
        return first.answered;
      });
      return first;
    }
    if (typeof first === 'object' && first !== null && 'submit' in first) throw new Error('what runs itself must say when it is answered');
    const answer = last.then(() => send(...words));
    last = answer.catch(() => undefined);
    return answer;
  };
  return Object.create(client, { query: { value: query } }) as pg.PoolClient; // the same but for how it is asked
}

function isAnswered(query: unknown): query is Answered {
  return typeof query === 'object' && query !== null && 'answered' in query;
}
