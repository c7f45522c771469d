/** What became of peers of Diameter: counted from what its node tells. */

import type { PeersStanding } from '#api/charging/peers.ts';
import type { ChargingNodeEvent } from '#gateways/diameter/node.ts';
import { family, type MetricFamily } from '../telemetry/families.ts';

/** Names that are counted one by one; peers beyond are counted together. */
const MOST_NAMES = 1_000;

export class DiameterCounts {
  readonly #connected = new Map<string, number>();
  readonly #faulty = new Map<string, number>();
  readonly #ended = new Map<string, number>();
  #refused = 0;
  #stray = 0;
  #failed = 0;

  note(event: ChargingNodeEvent): void {
    switch (event.kind) {
      case 'connected':
        add(this.#connected, event.peer.host, 1);
        break;
      case 'disconnected':
        // Also of one that never said who it is.
        if (event.host !== undefined) {
          add(this.#connected, event.host, -1);
          add(this.#ended, event.host, 1);
        }
        break;
      case 'refused':
        this.#refused += 1;
        break;
      case 'faulty-request':
        add(this.#faulty, event.host, 1);
        break;
      case 'stray-answer':
        this.#stray += 1;
        break;
      case 'charging-failed':
        this.#failed += 1;
    }
  }

  /** The same for people. */
  get standing(): Omit<PeersStanding, 'listening'> {
    const names = new Set([...this.#connected.keys(), ...this.#ended.keys(), ...this.#faulty.keys()]);
    return {
      peers: [...names].sort().map((peer) => ({
        ...{ peer, connections: this.#connected.get(peer) ?? 0 },
        ...{ ended: this.#ended.get(peer) ?? 0, faultyRequests: this.#faulty.get(peer) ?? 0 },
      })),
      ...{ refused: this.#refused, strayAnswers: this.#stray, failed: this.#failed },
    };
  }

  /** Names begin with `carillon_diameter_`. */
  get families(): readonly MetricFamily[] {
    const byPeer = (counts: ReadonlyMap<string, number>) => [...counts].map(([peer, value]) => [{ peer }, value] as const);
    return [
      family(
        'carillon_diameter_peer_connections',
        'gauge',
        'Open connections, by peer; 0: it was here and is gone.',
        byPeer(this.#connected),
      ),
      family('carillon_diameter_disconnected_total', 'counter', 'Connections of peers that ended.', byPeer(this.#ended)),
      family('carillon_diameter_refused_total', 'counter', 'Connections that did not become a peer.', [[{}, this.#refused]]),
      family('carillon_diameter_faulty_requests_total', 'counter', 'Requests that break the protocol, by peer.', byPeer(this.#faulty)),
      family('carillon_diameter_stray_answers_total', 'counter', 'Answers that nobody asked for.', [[{}, this.#stray]]),
      family('carillon_diameter_failed_total', 'counter', 'Requests that a fault of ours kept from being charged.', [[{}, this.#failed]]),
    ];
  }
}

function add(counts: Map<string, number>, host: string, more: number): void {
  const name = counts.has(host) || counts.size < MOST_NAMES ? host : 'others';
  counts.set(name, (counts.get(name) ?? 0) + more);
}
