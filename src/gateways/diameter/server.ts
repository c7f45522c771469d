/**
 * A Diameter node that peers connect to: listens on TCP and TLS, knows its peers by their Origin-Host, and gives what they
 * ask to the application that it is for (RFC 6733 §5 to §7).
 */
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { checkMessage } from '#codecs/diameter/check.ts';
import type { Header } from '#codecs/diameter/header.ts';
import { KnownShapes } from '#codecs/diameter/known-shapes.ts';
import { type Admission, admit, sameName } from './admission.ts';
import { BaseMessages, disconnectCauses, FAULT_OF_OURS, faultText, type NodeFault, sessionOf } from './base-messages.ts';
import { type ConnectionOwner, DiameterConnection, type IncomingRequest, type PeerIdentity } from './connection.ts';
import { ROUTING, routeFault } from './route.ts';
import type { ConnectionSettings, KnownPeer, ListenSettings } from './settings.ts';
import { isTolerated } from './tolerance.ts';

export interface Application {
  /** Of the header. */
  readonly id: number;
  readonly command: number;
  /** AVPs without vendor that an answer with an error of 4xxx or 5xxx keeps of the request. */
  readonly kept: readonly number[];
  /** Of a request that is right by the dictionary and for us. Calls `connection.answer` once, now or later. When it throws, it has not called it and will not: the server answers. */
  readonly handle: (request: IncomingRequest) => void;
}

export interface ServerSettings extends ConnectionSettings {
  readonly listen: readonly ListenSettings[];
  /** Undefined: every peer may connect. */
  readonly peers: readonly KnownPeer[] | undefined;
  readonly mostConnections: number;
}

/** What happens at the node, for logs and counters. */
export type NodeEvent =
  | { readonly kind: 'connected'; readonly peer: PeerIdentity; readonly remote: string; readonly tls: boolean }
  | { readonly kind: 'refused'; readonly host: string | undefined; readonly remote: string; readonly reason: string }
  | { readonly kind: 'disconnected'; readonly host: string | undefined; readonly remote: string; readonly reason: string }
  | { readonly kind: 'faulty-request'; readonly host: string; readonly command: number; readonly reason: string }
  | { readonly kind: 'stray-answer'; readonly host: string | undefined; readonly command: number }
  /** A mistake of ours, which the request is answered for as such. */
  | { readonly kind: 'charging-failed'; readonly session: string; readonly error: unknown };

export class DiameterServer implements ConnectionOwner {
  readonly base: BaseMessages;
  readonly #settings: ServerSettings;
  readonly #applications: ReadonlyMap<number, Application>;
  readonly #told: (event: NodeEvent) => void;
  readonly #servers: Server[] = [];
  readonly #connections = new Set<DiameterConnection>();
  /** Open connections by the peer's name in small letters. */
  readonly #peers = new Map<string, DiameterConnection>();
  /** Of requests that were right and for us. */
  readonly #shapes: KnownShapes;
  #closing = false;

  constructor(settings: ServerSettings, applications: readonly Application[], told: (event: NodeEvent) => void) {
    this.#settings = settings;
    this.#shapes = new KnownShapes(settings.dictionary, ROUTING);
    this.base = new BaseMessages(settings.dictionary, settings.identity);
    this.#applications = new Map(applications.map((application) => [keyOf(application.id, application.command), application]));
    this.#told = told;
  }

  /** The ports, in the order of the settings. Rejects with the system's error when one cannot be had. */
  async listen(): Promise<readonly number[]> {
    const ports: number[] = [];
    for (const { host, port, tls } of this.#settings.listen) {
      const take = (socket: Socket): void => this.#connected(socket, tls !== undefined);
      const server =
        tls === undefined
          ? createServer({ noDelay: true, keepAlive: true }, take)
          : createTlsServer(
              {
                ...{ cert: tls.certificate, key: tls.key, minVersion: 'TLSv1.2' },
                ...(tls.authorities === undefined ? {} : { ca: tls.authorities, requestCert: true, rejectUnauthorized: true }),
                handshakeTimeout: this.#settings.limits.capabilitiesMs,
              },
              take,
            );
      server.on('tlsClientError', (error: Error, socket: Socket) => {
        const remote = `${socket.remoteAddress ?? ''}:${socket.remotePort ?? 0}`;
        this.#told({ kind: 'refused', host: undefined, remote, reason: `no TLS: ${error.message}` });
      });
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject).listen({ host, port, backlog: 1024 }, () => resolve());
      });
      this.#servers.push(server);
      ports.push((server.address() as AddressInfo).port); // it listens on a port, not a pipe
    }
    return ports;
  }

  /** The open connection with a peer of this Origin-Host. */
  connectionOf(host: string): DiameterConnection | undefined {
    return this.#peers.get(host.toLowerCase());
  }

  get connections(): readonly DiameterConnection[] {
    return [...this.#peers.values()];
  }

  /** Takes no new connections; open requests are answered, and every peer is told that we go. */
  async close(): Promise<void> {
    this.#closing = true;
    for (const server of this.#servers) server.close();
    await Promise.all([...this.#connections].map((connection) => connection.close(disconnectCauses.rebooting)));
  }

  #connected(socket: Socket, tls: boolean): void {
    if (this.#closing || this.#connections.size >= this.#settings.mostConnections) {
      const remote = `${socket.remoteAddress ?? ''}:${socket.remotePort ?? 0}`;
      this.#told({ kind: 'refused', host: undefined, remote, reason: `${this.#connections.size} connections are open` });
      socket.destroy();
      return;
    }
    this.#connections.add(new DiameterConnection(socket, tls, this.#settings, this.base, this));
  }

  capabilities(connection: DiameterConnection, header: Header, message: Uint8Array): void {
    const admission = admit(connection, message, this.#settings, this.#settings.peers);
    const earlier = admission.ok ? this.connectionOf(admission.peer.host) : undefined;
    if (!admission.ok) this.#refuse(connection, header, admission.host, admission.fault);
    else if (earlier === undefined) this.#open(connection, header, admission.peer);
    else void this.#elect(connection, header, admission, earlier);
  }

  /**
   * Two connections under one name: the first is kept while it lives (RFC 6733 §5.6.4 has one connection for two peers). A
   * peer that fell and came back leaves a connection that is dead and does not know it.
   */
  async #elect(
    connection: DiameterConnection,
    header: Header,
    { peer }: Extract<Admission, { ok: true }>,
    earlier: DiameterConnection,
  ): Promise<void> {
    const restarted = peer.originState !== undefined && peer.originState > (earlier.peer?.originState ?? peer.originState);
    if (!restarted && (await earlier.alive(this.#settings.limits.probeMs))) {
      const words = `a peer ${peer.host} is connected from ${earlier.remote} and answers`;
      return this.#refuse(connection, header, peer.host, { error: 'DIAMETER_ELECTION_LOST', message: words });
    }
    earlier.end('the peer came back with a new connection');
    if (connection.state === 'waiting') this.#open(connection, header, peer);
  }

  #open(connection: DiameterConnection, header: Header, peer: PeerIdentity): void {
    this.#peers.set(peer.host.toLowerCase(), connection);
    connection.open(peer, this.base.capabilitiesAnswer(header, connection.local, undefined, peer.grouped));
    this.#told({ kind: 'connected', peer, remote: connection.remote, tls: connection.tls });
  }

  #refuse(connection: DiameterConnection, header: Header, host: string | undefined, fault: NodeFault): void {
    const reason = `${fault.error}: ${faultText(fault)}`;
    this.#told({ kind: 'refused', host, remote: connection.remote, reason });
    connection.refuse(this.base.capabilitiesAnswer(header, connection.local, fault), reason);
  }

  request(request: IncomingRequest): void {
    const { header, message, connection } = request;
    const application = this.#applications.get(keyOf(header.application, header.command));
    try {
      this.#request(application, request);
    } catch (error) {
      this.#told({ kind: 'charging-failed', session: sessionOf(message), error });
      connection.answer(this.base.errorAnswer(header, message, FAULT_OF_OURS, application?.kept));
    }
  }

  /** Answers at the end of it, or gives it to the application: what throws has not answered. */
  #request(application: Application | undefined, request: IncomingRequest): void {
    const { header, message, view, connection } = request;
    if (application !== undefined && this.#shapes.has(view)) {
      application.handle(request);
      return;
    }
    const { dictionary, identity } = this.#settings;
    const faults = checkMessage(dictionary, message).filter(({ fatal }) => fatal);
    const fault = faults.find((each) => !isTolerated(each, header, message)) ?? routeFault(message, identity) ?? this.#unserved(header);
    if (fault === undefined && application !== undefined) {
      if (faults.length === 0) this.#shapes.learn(message); // of another of its shape it may not be tolerated
      application.handle(request);
      return;
    }
    const wrong = fault ?? { error: 'DIAMETER_COMMAND_UNSUPPORTED' as const, message: `command ${header.command} is not served here` };
    this.#told({
      kind: 'faulty-request',
      host: connection.peer?.host ?? '',
      command: header.command,
      reason: `${wrong.error}: ${faultText(wrong)}`,
    });
    connection.answer(this.base.errorAnswer(header, message, wrong, application?.kept));
  }

  #unserved({ application }: Header): NodeFault | undefined {
    if (this.#settings.identity.applications.includes(application)) return undefined;
    return { error: 'DIAMETER_APPLICATION_UNSUPPORTED', message: `application ${application} is not served here` };
  }

  failed(connection: DiameterConnection, error: unknown): void {
    this.#told({ kind: 'charging-failed', session: '', error });
    connection.end('a fault of ours');
  }

  strayAnswer(connection: DiameterConnection, { command }: Header): void {
    this.#told({ kind: 'stray-answer', host: connection.peer?.host, command });
  }

  closed(connection: DiameterConnection, reason: string): void {
    this.#connections.delete(connection);
    const host = connection.peer?.host;
    if (host !== undefined && this.#peers.get(host.toLowerCase()) === connection) this.#peers.delete(host.toLowerCase());
    if (host !== undefined) this.#told({ kind: 'disconnected', host, remote: connection.remote, reason });
    else if (!sameName(reason, 'closed by us')) this.#told({ kind: 'refused', host, remote: connection.remote, reason });
  }
}

const keyOf = (application: number, command: number): number => application * 0x100_0000 + command;
