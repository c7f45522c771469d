/** Who is connected to the gateways of charging, and how that goes. */
import Type from 'typebox';
import { type Operation, operation } from '../operation.ts';

const closed = { additionalProperties: false } as const;

/** Counted since this process began. */
export interface PeersStanding {
  /** Every gateway and where it listens, for people. */
  readonly listening: readonly string[];
  readonly peers: readonly {
    readonly peer: string;
    /** Open ones; none: it was here and is gone. */
    readonly connections: number;
    readonly ended: number;
    readonly faultyRequests: number;
  }[];
  readonly refused: number;
  readonly strayAnswers: number;
  readonly failed: number;
}

const Peers = Type.Object(
  {
    listening: Type.Array(Type.String(), { description: 'Gateways of this process: Diameter, Nchf, RADIUS.' }),
    items: Type.Array(
      Type.Object(
        {
          peer: Type.String({ description: 'Its Origin-Host; `others` are those beyond a thousand names.' }),
          connections: Type.Integer({ description: 'Open ones; 0: it was here and is gone.' }),
          ended: Type.Integer({ description: 'Connections that ended.' }),
          faultyRequests: Type.Integer({ description: 'Requests that break the protocol.' }),
        },
        { ...closed, title: 'ChargingPeer' },
      ),
    ),
    refused: Type.Integer({ description: 'Connections that did not become a peer.' }),
    strayAnswers: Type.Integer({ description: 'Answers that nobody asked for.' }),
    failed: Type.Integer({ description: 'Requests that a fault of ours kept from being charged.' }),
  },
  { ...closed, title: 'ChargingPeers', description: 'Counted since this process began.' },
);

export function peerOperations(standing: () => PeersStanding): readonly Operation[] {
  return [
    operation({
      ...{ id: 'listChargingPeers', method: 'GET', path: '/v1/charging/peers', summary: 'Diameter peers and their health' },
      ...{ tag: 'Charging', permission: 'charging:read', answer: Peers },
      handle: async () => {
        const { listening, peers, ...counts } = standing();
        return { body: { listening: [...listening], items: peers.map((each) => ({ ...each })), ...counts } };
      },
    }),
  ];
}
