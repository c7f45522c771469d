/** Statements of one connection that are asked for at once: each is sent when the one before it is answered. */
import type pg from 'pg';

type Query = (...words: readonly unknown[]) => unknown;

/** What runs itself and says when it is answered. */
interface Answered {
  readonly answered: Promise<void>;
}

export interface OneByOne {
  readonly client: pg.PoolClient;
  /** The last statement, behind all that were asked for; what is asked for afterwards is refused. */
  readonly end: (sql: string) => Promise<pg.QueryResult>;
}

/**
 * The client, for work that does not wait for each of its statements: the server has the next one as soon as the last is done. `pg` itself
 * is to lose its own queue. After a fault the statements behind it fail, too, as the transaction has; so its end is sent behind them, or they would be
 * statements of their own. What runs itself and does not say when it is answered (streams of COPY, cursors) is sent at once: who uses one waits for
 * what was before it.
 */
export function oneByOne(client: pg.PoolClient): OneByOne {
  const send = client.query.bind(client) as Query;
  let last: Promise<unknown> = Promise.resolve();
  let isOver = false;
  const asked = (words: readonly unknown[]): Promise<unknown> => {
    const answer = last.then(() => send(...words));
    last = answer.catch(() => undefined);
    return answer;
  };
  const query: Query = (...words) => {
    if (isOver) throw new Error('the transaction is over');
    const [first] = words;
    if (isAnswered(first)) {
      last = last.then(() => {
        send(first);
        return first.answered;
      });
      return first;
    }
    if (typeof first === 'object' && first !== null && 'submit' in first) return send(...words);
    return asked(words);
  };
  return {
    client: Object.create(client, { query: { value: query } }) as pg.PoolClient, // the same but for how it is asked
    end(sql) {
      isOver = true;
      return asked([sql]) as Promise<pg.QueryResult>; // of one statement
    },
  };
}

function isAnswered(query: unknown): query is Answered {
  return typeof query === 'object' && query !== null && 'answered' in query;
}
