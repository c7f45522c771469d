/** A Diameter node that connects to another: for tools, tests and measurements. */
import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { readMessage } from '#codecs/diameter/build.ts';
import { readCapabilities } from '#codecs/diameter/capabilities.ts';
import type { Header } from '#codecs/diameter/header.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import { BaseMessages, disconnectCauses, SUCCESS } from './base-messages.ts';
import { DiameterConnection } from './connection.ts';
import type { ConnectionSettings } from './settings.ts';

export interface ClientOptions extends ConnectionSettings {
  readonly host: string;
  readonly port: number;
  /** PEM; undefined: without TLS. `authorities` undefined: those of the system. */
  readonly tls:
    | { readonly authorities?: string; readonly certificate?: string; readonly key?: string; readonly serverName?: string }
    | undefined;
  /** Of the server: RAR, ASR, SNR. What it returns is the answer; undefined: none is sent. */
  readonly asked?: (header: Header, message: Uint8Array) => Uint8Array | undefined;
  readonly ended?: (reason: string) => void;
}

export interface DiameterClient {
  readonly connection: DiameterConnection;
  readonly base: BaseMessages;
  /** Tells the peer, and closes. */
  close(): Promise<void>;
}

/** Resolves when the capabilities are exchanged. Throws RefusedError (`diameter.no-connection`) when there is no connection, or the peer does not want it. */
export function connectDiameter(options: ClientOptions): Promise<DiameterClient> {
  const { host, port, tls, limits, dictionary, identity } = options;
  const base = new BaseMessages(dictionary, identity);
  const socket =
    tls === undefined
      ? connect({ host, port })
      : connectTls({
          ...{ host, port, servername: tls.serverName ?? host, minVersion: 'TLSv1.2' as const },
          ...(tls.authorities === undefined ? {} : { ca: tls.authorities }),
          ...(tls.certificate === undefined ? {} : { cert: tls.certificate }),
          ...(tls.key === undefined ? {} : { key: tls.key }),
        });
  return new Promise((resolve, reject) => {
    const fail = (reason: string): void => {
      clearTimeout(late);
      reject(new RefusedError(refuse('diameter.no-connection', `${host}:${port}: ${reason}`)));
    };
    const early = (error: Error): void => fail(error.message);
    socket.once('error', early);
    const late = setTimeout(() => {
      socket.destroy();
      fail('no connection in time');
    }, limits.capabilitiesMs);
    socket.once(tls === undefined ? 'connect' : 'secureConnect', () => {
      clearTimeout(late);
      socket.removeListener('error', early);
      const connection = new DiameterConnection(socket, tls !== undefined, options, base, {
        capabilities(_, _header, message) {
          const values = readMessage(dictionary, message)?.values ?? {};
          const { 'Result-Code': result, 'Origin-Host': peerHost, 'Origin-Realm': realm, 'Error-Message': text } = values;
          if (result !== SUCCESS || typeof peerHost !== 'string' || typeof realm !== 'string') {
            fail(`the peer refuses the connection: Result-Code ${String(result)}${typeof text === 'string' ? `, ${text}` : ''}`);
            return connection.refuse(undefined, 'refused');
          }
          const { common, grouped } = readCapabilities(message, identity.applications);
          const product = values['Product-Name'];
          const state = values['Origin-State-Id'];
          connection.open(
            {
              ...{ host: peerHost, realm, applications: common, grouped },
              product: typeof product === 'string' ? product : '',
              originState: typeof state === 'number' ? state : undefined,
            },
            undefined,
          );
          resolve({ connection, base, close: () => connection.close(disconnectCauses.doNotWantToTalk) });
        },
        request({ header, message }) {
          const answer = options.asked?.(header, message);
          if (answer !== undefined) connection.answer(answer);
        },
        strayAnswer() {},
        failed(_, error) {
          connection.end(`a fault of ours: ${String(error)}`);
        },
        closed(_, reason) {
          fail(reason);
          options.ended?.(reason);
        },
      });
      connection.send(base.capabilitiesRequest(1, 1, connection.local));
    });
  });
}
