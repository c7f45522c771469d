/** Two telephones on UDP: one that calls through a proxy and one that answers. They know as much SIP as a call needs. */
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';

export interface SipCall {
  /** The final answer to the INVITE, as '200 OK'. */
  readonly answered: Promise<string>;
  /** Resolves when the other side, or the proxy in its name, has hung up. */
  readonly ended: Promise<void>;
  hangUp(): Promise<void>;
}

export interface SipEnds {
  call(from: string, to: string): SipCall;
  close(): Promise<void>;
}

interface Message {
  readonly first: string;
  /** Names are lower case. */
  readonly headers: readonly (readonly [string, string])[];
}

interface Dialog {
  readonly id: string;
  answer: PromiseWithResolvers<string>;
  over: PromiseWithResolvers<void>;
  bye: PromiseWithResolvers<void>;
  from: string;
  to: string;
  target: string;
  route: readonly string[];
}

const body = ['v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 'c=IN IP4 127.0.0.1', 't=0 0', 'm=audio 40000 RTP/AVP 8', ''].join('\r\n');

export async function sipEnds(proxyPort: number): Promise<SipEnds> {
  const [caller, called] = [createSocket('udp4'), createSocket('udp4')];
  const [callerPort, calledPort] = [await bound(caller), await bound(called)];
  const dialogs = new Map<string, Dialog>();
  let calls = 0;

  const send = (first: string, headers: readonly (readonly [string, string])[], content = ''): void => {
    caller.send(written(first, headers, content), proxyPort, '127.0.0.1');
  };
  const within = (dialog: Dialog, method: string, sequence: number): void =>
    send(`${method} ${dialog.target} SIP/2.0`, [
      ['Via', `SIP/2.0/UDP 127.0.0.1:${callerPort};branch=z9hG4bK-${dialog.id}-${method}`],
      ...dialog.route.map((each) => ['Route', each] as const),
      ...headersOf(dialog, sequence, method),
    ]);

  caller.on('message', (octets, { port, address }) => {
    const message = read(octets);
    const dialog = dialogs.get(headerOf(message, 'call-id'));
    if (dialog === undefined) return;
    if (!message.first.startsWith('SIP/2.0')) {
      caller.send(written('SIP/2.0 200 OK', echoed(message)), port, address);
      if (message.first.startsWith('BYE')) dialog.over.resolve();
      return;
    }
    const [, code = '', reason = ''] = /^SIP\/2.0 (\d+) (.*)$/.exec(message.first) ?? [];
    if (headerOf(message, 'cseq').endsWith('BYE')) return dialog.bye.resolve();
    if (Number(code) < 200) return;
    dialog.to = headerOf(message, 'to');
    dialog.target = /<([^>]+)>/.exec(headerOf(message, 'contact'))?.[1] ?? dialog.target;
    dialog.route = message.headers.flatMap(([name, value]) => (name === 'record-route' ? [value] : [])).toReversed();
    within(dialog, 'ACK', 1);
    dialog.answer.resolve(`${code} ${reason}`);
  });

  called.on('message', (octets: Buffer, { port, address }: RemoteInfo) => {
    const message = read(octets);
    const [method = ''] = message.first.split(' ');
    if (method === 'ACK' || method.startsWith('SIP')) return;
    const contact = ['Contact', `<sip:called@127.0.0.1:${calledPort}>`] as const;
    called.send(written('SIP/2.0 200 OK', [...echoed(message, 'called'), contact], method === 'INVITE' ? body : ''), port, address);
  });

  return {
    call(from, to) {
      calls += 1;
      const dialog: Dialog = {
        ...{
          id: `call-${process.pid}-${calls}`,
          answer: Promise.withResolvers(),
          over: Promise.withResolvers(),
          bye: Promise.withResolvers(),
        },
        ...{
          from: `<sip:${from}@ims.example.net>;tag=${calls}`,
          to: `<sip:${to}@ims.example.net>`,
          target: `sip:${to}@127.0.0.1:${calledPort}`,
        },
        route: [],
      };
      dialogs.set(dialog.id, dialog);
      send(
        `INVITE ${dialog.target} SIP/2.0`,
        [
          ['Via', `SIP/2.0/UDP 127.0.0.1:${callerPort};branch=z9hG4bK-${dialog.id}`],
          ...headersOf(dialog, 1, 'INVITE'),
          ['Contact', `<sip:${from}@127.0.0.1:${callerPort}>`],
          ['P-Asserted-Identity', `<tel:+${from}>`],
          ['P-Access-Network-Info', '3GPP-E-UTRAN-FDD;utran-cell-id-3gpp=2620100010000001'],
          ['Content-Type', 'application/sdp'],
        ],
        body,
      );
      return {
        answered: dialog.answer.promise,
        ended: dialog.over.promise,
        hangUp: () => {
          within(dialog, 'BYE', 2);
          return dialog.bye.promise;
        },
      };
    },
    close: async () => {
      await Promise.all([caller, called].map((socket) => new Promise<void>((resolve) => void socket.close(() => resolve()))));
    },
  };
}

const headersOf = ({ id, from, to }: Dialog, sequence: number, method: string): readonly (readonly [string, string])[] => [
  ['Max-Forwards', '70'],
  ['From', from],
  ['To', to],
  ['Call-ID', id],
  ['CSeq', `${sequence} ${method}`],
];

/** What an answer says again of its request; `tag`: who answers. */
function echoed({ headers }: Message, tag?: string): readonly (readonly [string, string])[] {
  const again = headers.filter(([name]) => ['via', 'record-route', 'from', 'to', 'call-id', 'cseq'].includes(name));
  return again.map(([name, value]) => [name, name === 'to' && tag !== undefined && !/;tag=/.test(value) ? `${value};tag=${tag}` : value]);
}

function read(octets: Buffer): Message {
  const [head = ''] = octets.toString('latin1').split('\r\n\r\n');
  const [first = '', ...lines] = head.split('\r\n');
  const headers = lines.map((line) => {
    const at = line.indexOf(':');
    return [line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim()] as const;
  });
  return { first, headers };
}

const headerOf = ({ headers }: Message, wanted: string): string => headers.find(([name]) => name === wanted)?.[1] ?? '';

function written(first: string, headers: readonly (readonly [string, string])[], content = ''): string {
  const lines = [...headers, ['Content-Length', String(content.length)] as const].map(([name, value]) => `${name}: ${value}`);
  return [first, ...lines, '', content].join('\r\n');
}

const bound = (socket: Socket): Promise<number> =>
  new Promise((resolve) => void socket.bind(0, '127.0.0.1', () => resolve(socket.address().port)));
