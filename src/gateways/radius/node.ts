/** RADIUS for charging: answers NASes, tells them what has changed, ends sessions. */
import type { RadiusDictionary } from '#codecs/radius/dictionary.ts';
import { handleAccess, wantedBy } from './access.ts';
import { Accounting } from './accounting.ts';
import { Authenticator } from './authenticate.ts';
import { Clients } from './clients.ts';
import { RadiusCounts } from './counts.ts';
import { DynamicRequests, type DynamicResult } from './dynamic.ts';
import { type KnownSession, KnownSessions } from './known-sessions.ts';
import { type Verdict, verdictOf } from './limits.ts';
import type { ChargingService, RadiusBooks } from './ports.ts';
import { type RadiusEvent, RadiusServer, type ServerSettings } from './server.ts';
import type { RadiusClient } from './settings.ts';

export interface RadiusNodeSettings extends ServerSettings {
  readonly dictionary: RadiusDictionary;
  readonly clients: readonly RadiusClient[];
  readonly homeNetworks: readonly string[];
  /** Of encrypted passwords; undefined: there are none. */
  readonly passwordKey: Uint8Array | undefined;
  /** UTC microseconds. */
  readonly now: () => number;
}

export type RadiusNodeEvent =
  | RadiusEvent
  | {
      readonly kind: 'asked';
      readonly request: 'Disconnect' | 'CoA';
      readonly session: string;
      readonly address: string;
      readonly result: DynamicResult;
    };

export class RadiusNode {
  readonly counts = new RadiusCounts();
  readonly known: KnownSessions;
  readonly #charging: ChargingService;
  readonly #settings: RadiusNodeSettings;
  readonly #told: (event: RadiusNodeEvent) => void;
  readonly #server: RadiusServer;
  readonly #dynamic: DynamicRequests;

  constructor(charging: ChargingService, books: RadiusBooks, settings: RadiusNodeSettings, told: (event: RadiusNodeEvent) => void) {
    const { dictionary, homeNetworks, now, limits, passwordKey } = settings;
    this.#charging = charging;
    this.#settings = settings;
    this.#told = told;
    this.known = new KnownSessions(limits.mostSessions);
    this.#dynamic = new DynamicRequests({ dictionary, limits, counts: this.counts, now });
    const handling = { charging, dictionary, homeNetworks, now, known: this.known };
    const authenticator = new Authenticator(books, passwordKey, limits.mostPasswords);
    const accounting = new Accounting({
      ...handling,
      books,
      counts: this.counts,
      tell: (session, verdict) => void this.#tell(session, verdict),
    });
    this.#server = new RadiusServer(
      new Clients(settings.clients),
      settings,
      {
        authentication: (client, packet, address) => handleAccess(handling, authenticator, client, packet, address),
        accounting: (client, packet, address) => accounting.handle(client, packet, address),
      },
      this.counts,
      told,
    );
  }

  get outstanding(): number {
    return this.#server.outstanding;
  }

  listen(): Promise<readonly number[]> {
    return this.#server.listen();
  }

  async close(): Promise<void> {
    await this.#server.close();
    this.#dynamic.close();
  }

  /** From now on these may ask, and no others. */
  setClients(clients: readonly RadiusClient[]): void {
    this.#server.clients = new Clients(clients);
  }

  /** What the session may use is looked at again, and its NAS told. Undefined when that is not possible, or it does not answer. */
  async reauthorise(session: string): Promise<number | undefined> {
    const { known, client } = this.#knownWithClient(session) ?? {};
    if (known === undefined || client?.dynamic === undefined) return undefined;
    const at = this.#settings.now();
    const answer = await this.#charging.handle({
      ...{ session, number: -1, operation: 'update', identities: [], service: client.service, eventMicros: at, facts: {} },
      ...{ items: [{ used: [], requested: wantedBy(client) }], totals: 'known' },
    });
    if (answer.result === 'too-busy' || answer.result === 'unable-to-comply') return undefined;
    const elapsed = known.elapsedSeconds + Math.max(0, Math.floor((at / 1_000 - known.atMs) / 1_000));
    const verdict = verdictOf(this.#settings.dictionary, client, answer, elapsed);
    // How long it has lasted is not known after a restart, and limits count from its beginning: the next report brings both.
    if (verdict.kind === 'go' && known.atMs === 0) return undefined;
    return this.#tell(session, verdict);
  }

  /** The session is ended. */
  async abort(session: string): Promise<number | undefined> {
    return this.#tell(session, { kind: 'stop', reason: 'service-denied' });
  }

  #knownWithClient(session: string): { readonly known: KnownSession; readonly client: RadiusClient } | undefined {
    const known = this.known.of(session);
    const client = known && this.#server.clients.named(known.client);
    return known === undefined || client === undefined ? undefined : { known, client };
  }

  /** 0: done; Error-Cause of a NAK; undefined: not told. */
  async #tell(session: string, verdict: Verdict): Promise<number | undefined> {
    const { known, client } = this.#knownWithClient(session) ?? {};
    if (known === undefined || client?.dynamic === undefined) return undefined;
    const { port, coa } = client.dynamic;
    const target = { port, secret: client.secret, place: known.place };
    if (verdict.kind === 'stop') return this.#asked('Disconnect', session, known, await this.#dynamic.disconnect(target));
    if (!coa || verdict.text === known.told || verdict.limits.length === 0) return undefined;
    const result = await this.#dynamic.change(target, verdict.limits);
    if (result.result === 'ack') this.known.told(session, verdict.text);
    return this.#asked('CoA', session, known, result);
  }

  #asked(request: 'Disconnect' | 'CoA', session: string, { place }: KnownSession, result: DynamicResult): number | undefined {
    this.#told({ kind: 'asked', request, session, address: place.address, result });
    return result.result === 'silence' ? undefined : result.result === 'ack' ? 0 : (result.cause ?? 0);
  }
}
