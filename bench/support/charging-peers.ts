/** The peers of the charging bench, from where they are told what to do. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Order, Report } from './charging-orders.ts';

export { type Report, USED_BYTES } from './charging-orders.ts';

/**
 * The peers' own collections count as the latency of whoever answers them. They keep next to nothing, so with a large young generation there is hardly one in a measurement, and by the thread
 * itself each is short: helpers would wait for a core among the engine and PostgreSQL. In MB.
 */
const HEAP = ['--single-threaded-gc', '--min-semi-space-size=128', '--max-semi-space-size=128'];

export class PeerProcess {
  readonly #child: ChildProcess;

  constructor() {
    this.#child = fork(fileURLToPath(new URL('./charging-peer.ts', import.meta.url)), {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      execArgv: [...process.execArgv, ...HEAP],
    });
  }

  async order(order: Order): Promise<void> {
    await this.report(order);
  }

  async report(order: Order): Promise<Report> {
    const told = once(this.#child, 'message');
    this.#child.send(order);
    const [answer] = await told;
    return answer as Report; // what the peers answer to an order that is measured
  }

  stop(): void {
    this.#child.kill();
  }
}
