/**
 * The end of a PostgreSQL, which always comes. Asked properly (SIGINT) it writes a checkpoint; PostgreSQL 18 that is asked so
 * while it recovers from a crash waits for ever for its own processes. So a server that does not serve is stopped at once
 * (SIGQUIT), and so is one that does not end in time; one that does not end then either is killed. Nothing that was
 * committed is lost by that: it is in the log, from which the next start recovers.
 */
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { processesIn, signalTo } from './processes.ts';
import { SOCKET_PORT } from './protocol.ts';

export interface StopWaits {
  /** For the checkpoint and the end after SIGINT. */
  readonly properlyMs: number;
  /** For the end after SIGQUIT; PostgreSQL itself kills what has not ended after 5 s. */
  readonly atOnceMs: number;
  /** For the end of the last process after SIGKILL. */
  readonly killedMs: number;
}

export const STOP_WAITS: StopWaits = { properlyMs: 60_000, atOnceMs: 10_000, killedMs: 5_000 };
/** Somebody is waiting who asked for an end by force. */
export const FORCED_WAITS: StopWaits = { ...STOP_WAITS, properlyMs: 15_000 };
/** Somebody watching should know after this long why it takes time. */
const SAY_AFTER_MS = 5_000;
const POLL_MS = 5;

export interface StoppedServer {
  readonly pid: number;
  readonly hasEnded: () => boolean;
  /** PostgreSQL's directory, the current folder of all its processes. */
  readonly cluster: string;
}

/** Ends the server; `properly` with a checkpoint, when there is time for it. */
export async function stopServer(
  server: StoppedServer,
  properly: boolean,
  note: (text: string) => void = () => undefined,
  waits: StopWaits = STOP_WAITS,
): Promise<void> {
  const named = `PostgreSQL, process ${server.pid},`;
  if (properly) {
    signalTo(server.pid, 'SIGINT');
    const sayAfterMs = Math.min(SAY_AFTER_MS, waits.properlyMs);
    if (await endsWithin(server, sayAfterMs)) return;
    note(`${named} is still stopping after ${sayAfterMs / 1000} s; it is stopped at once after ${waits.properlyMs / 1000} s.`);
    if (await endsWithin(server, waits.properlyMs - sayAfterMs)) return;
    note(`${named} did not stop within ${waits.properlyMs / 1000} s and is stopped at once. Nothing that was committed is lost.`);
  }
  if (server.hasEnded()) return;
  signalTo(server.pid, 'SIGQUIT');
  if (await endsWithin(server, waits.atOnceMs)) return;
  note(`${named} did not stop at once within ${waits.atOnceMs / 1000} s and is killed. Nothing that was committed is lost.`);
  if (server.hasEnded()) return;
  const others = processesIn(server.cluster) ?? [];
  for (const pid of [server.pid, ...others]) signalTo(pid, 'SIGKILL');
  await endsWithin({ hasEnded: () => server.hasEnded() && (processesIn(server.cluster) ?? []).length === 0 }, waits.killedMs);
}

async function endsWithin({ hasEnded }: Pick<StoppedServer, 'hasEnded'>, limitMs: number): Promise<boolean> {
  const deadline = performance.now() + limitMs;
  while (!hasEnded()) {
    if (performance.now() >= deadline) return false;
    await sleep(POLL_MS);
  }
  return true;
}

/** SQLSTATE cannot_connect_now: starting, recovering from a crash, or stopping. */
const CANNOT_CONNECT_NOW = 'C57P03\0';
/** Of a server that is busy and sound. */
const ANSWER_MS = 5_000;

/**
 * Whether the server answers a connection as one that can be stopped properly. It says no while it recovers, and nothing
 * when it hangs. The first message of PostgreSQL's protocol 3.0 is enough to know: an authentication request or an error.
 */
export function serves(socketFolder: string, user: string, answerMs = ANSWER_MS): Promise<boolean> {
  const parameters = Buffer.from(`user\0${user}\0database\0postgres\0application_name\0carillon\0\0`);
  const head = Buffer.alloc(8);
  head.writeInt32BE(parameters.length + 8, 0);
  head.writeInt32BE(196_608, 4);
  return new Promise((resolve) => {
    const socket = connect(`${socketFolder}/.s.PGSQL.${SOCKET_PORT}`);
    const answer = (value: boolean): void => {
      // "Terminate", so that the log has no broken connection.
      if (socket.writable) socket.end(Buffer.from([0x58, 0, 0, 0, 4]));
      setTimeout(() => socket.destroy(), 100).unref();
      resolve(value);
    };
    socket.setTimeout(answerMs, () => answer(false));
    socket.on('error', () => answer(false));
    socket.on('close', () => answer(false));
    socket.once('connect', () => socket.write(Buffer.concat([head, parameters])));
    socket.once('data', (chunk) => answer(!chunk.toString('latin1').includes(CANNOT_CONNECT_NOW)));
  });
}
