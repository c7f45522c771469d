/** An SMSC that nobody here wrote: the package smpp, as a server that notes what it gets. */
import { createRequire } from 'node:module';
import type { AddressInfo, Server } from 'node:net';

/** What we use of the package, which has no types. */
interface Library {
  createServer(listener: (session: Session) => void): Server;
  readonly ESME_ROK: number;
  readonly ESME_RBINDFAIL: number;
  readonly ESME_RTHROTTLED: number;
  readonly ESME_RINVDSTADR: number;
}

export interface Session {
  on(event: string, listener: (pdu: ReceivedPdu) => void): void;
  send(pdu: object): void;
  deliver_sm(pdu: object, answered?: (pdu: ReceivedPdu) => void): void;
  enquire_link(pdu: object, answered?: (pdu: ReceivedPdu) => void): void;
  destroy(): void;
  close(): void;
}

export interface ReceivedPdu {
  readonly command: string;
  readonly command_status: number;
  readonly system_id?: string;
  readonly password?: string;
  readonly source_addr: string;
  readonly source_addr_ton: number;
  readonly destination_addr: string;
  readonly dest_addr_ton: number;
  readonly esm_class: number;
  readonly data_coding: number;
  readonly registered_delivery: number;
  readonly short_message: { readonly message: string | Buffer; readonly udh?: readonly Buffer[] };
  response(options?: object): object;
}

const library = createRequire(import.meta.url)('smpp') as Library; // it has no types; what we use is above

export interface Smsc {
  readonly port: number;
  readonly binds: ReceivedPdu[];
  readonly submitted: ReceivedPdu[];
  readonly sessions: Session[];
  /** What the next submit_sm are answered; then all are taken. */
  readonly statuses: number[];
  /** Whether submit_sm are answered at all. */
  silent: boolean;
  close(): Promise<void>;
}

export const { ESME_RTHROTTLED, ESME_RINVDSTADR } = library;

/** Takes binds with the password `secret`. Messages are called `m1`, `m2`, … */
export async function openSmsc(onSubmit: (session: Session, pdu: ReceivedPdu, messageId: string) => void = () => undefined): Promise<Smsc> {
  const smsc = {
    binds: [] as ReceivedPdu[],
    submitted: [] as ReceivedPdu[],
    sessions: [] as Session[],
    statuses: [] as number[],
    silent: false,
  };
  const server = library.createServer((session) => {
    smsc.sessions.push(session);
    session.on('error', () => session.destroy());
    const bind = (pdu: ReceivedPdu): void => {
      smsc.binds.push(pdu);
      session.send(pdu.response({ command_status: pdu.password === 'secret' ? library.ESME_ROK : library.ESME_RBINDFAIL }));
    };
    session.on('bind_transceiver', bind);
    session.on('bind_transmitter', bind);
    session.on('enquire_link', (pdu) => session.send(pdu.response()));
    session.on('unbind', (pdu) => {
      session.send(pdu.response());
      session.close();
    });
    session.on('submit_sm', (pdu) => {
      const status = smsc.statuses.shift() ?? library.ESME_ROK;
      if (smsc.silent) return;
      const messageId = `m${smsc.submitted.length + 1}`;
      if (status === library.ESME_ROK) smsc.submitted.push(pdu);
      session.send(pdu.response({ command_status: status, message_id: status === library.ESME_ROK ? messageId : '' }));
      if (status === library.ESME_ROK) onSubmit(session, pdu, messageId);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(smsc, {
    port: (server.address() as AddressInfo).port, // it listens on a port
    close: async () => {
      for (const session of smsc.sessions) session.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}
