/** The peers of the charging bench, from where they are told what to do. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Order, Report } from './charging-orders.ts';

export { type Report, USED_BYTES } from './charging-orders.ts';

export class PeerProcess {
  readonly #child: ChildProcess;

  constructor() {
    this.#child = fork(fileURLToPath(new URL('./charging-peer.ts', import.meta.url)), {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
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
