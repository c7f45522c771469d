/** An engine in a process of its own, so that it can be killed. Requests and commands come over IPC, as do answers. */
import type { ChargingAnswer } from '#core/charging/answer.ts';
import type { AccountCommand } from '#core/charging/command.ts';
import type { ChargingRequest } from '#core/charging/request.ts';
import type { Result } from '#core/refusals.ts';
import { ChargingEngine } from '#engine/engine.ts';
import { LinkClient } from '#gateways/engines/link-client.ts';
import { listenForEngines } from '#gateways/engines/link-server.ts';
import { openChargingStore } from '#storage/charging/charging-store.ts';
import { openDatabase } from '#storage/database.ts';
import { plainRules } from '../../support/plain-charging.ts';

export type Asked =
  | { readonly id: number; readonly request: ChargingRequest }
  | { readonly id: number; readonly account: string; readonly command: AccountCommand };
export interface Told {
  readonly id: number;
  readonly answer?: ChargingAnswer;
  readonly result?: Result<'done'>;
  /** Nobody asked: what the engine notes. */
  readonly note?: string;
}

const [url = '', offsetMs = '0', leaseMs = '1000', memoryBytes = '100000000', mostRowsAtOnce = '8', logSeconds = '15', balance = 'false'] =
  process.argv.slice(2);
const SECRET = 'simulated engines only';
const link =
  balance === 'true'
    ? await listenForEngines('127.0.0.1', 0, SECRET, {
        handle: (request) => engine.handleHere(request),
        apply: (account, command) => engine.applyHere(account, command),
        tell: async () => undefined,
      })
    : undefined;
const engine = new ChargingEngine({
  store: openChargingStore(openDatabase(url, { connections: 4 })),
  rules: plainRules,
  name: `simulated ${process.pid}`,
  clock: () => (Date.now() + Number(offsetMs)) * 1000,
  limits: {
    leaseMs: Number(leaseMs),
    answerWithinMs: 2_000,
    memoryBytes: Number(memoryBytes),
    mostRowsAtOnce: Number(mostRowsAtOnce),
    logSeconds: Number(logSeconds),
    balance: balance === 'true',
  },
  ...(link === undefined ? {} : { others: { engines: new LinkClient(SECRET, 1_000), address: `127.0.0.1:${link.port}` } }),
  note: (text, error) => {
    const cause = error instanceof Error ? error.cause : undefined;
    const detail = cause instanceof Error && 'detail' in cause && cause.detail !== undefined ? ` (${cause.detail})` : '';
    const said = error instanceof Error ? `${text}: ${error.message}${detail}` : text;
    process.send?.({ id: -1, note: said } satisfies Told, undefined, undefined, () => undefined);
  },
});
const tell = (told: Told): void => {
  // The one who asked may be gone.
  process.send?.(told, undefined, undefined, () => undefined);
};
await engine.start();
process.on('message', (asked: Asked) => {
  if ('request' in asked) void engine.handle(asked.request).then((answer) => tell({ id: asked.id, answer }));
  else void engine.apply(asked.account, asked.command).then((result) => tell({ id: asked.id, result }));
});
process.on('disconnect', () => process.exit());
tell({ id: 0 });
