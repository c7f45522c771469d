import { readFileSync } from 'node:fs';
import { Argument, type Command, InvalidArgumentError, Option } from 'commander';
import type { DecodedMessage } from '#app/diameter.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import { type NodeAddress, nodeAddress } from '../node-address.ts';

const decodeHelp = `
Reads pcap and pcapng files (Diameter over TCP and SCTP, IPv4 and IPv6, found by its header on any port), and octets as
hexadecimal digits: in a file, or as the argument itself; the forms of tshark -x, xxd and hexdump -C too.

Each AVP stands with its offset in the message and its flags. Below, "!" is a fault for which a peer is answered with the
error named, "~" one with which the message can be used. The exit status is 1 when there is a fault with "!".

Examples:
  $ carillon diameter decode gy.pcap
  $ carillon diameter decode gy.pcapng --json
  $ carillon diameter decode 0100001480000118000000000000000100000001`;

/** `carillon diameter …`. */
export function register(program: Command): void {
  const diameter = program.command('diameter').description('Diameter, the protocol of online charging: look into messages, and send some');
  diameter
    .command('decode')
    .description('show the messages of a capture or of hexadecimal text, and what is wrong with them')
    .addArgument(new Argument('<input>', 'a pcap, pcapng or text file, or hexadecimal digits'))
    .option('--json', 'print one JSON object for each message')
    .addHelpText('after', decodeHelp)
    .action(async (input: string, { json }: { json?: boolean }) => {
      const [{ decodeDiameter }, { decodedJson, decodedText }] = await Promise.all([
        import('#app/diameter.ts'),
        import('../diameter-text.ts'),
      ]);
      let number = 0;
      for (const decoded of decodeDiameter(input)) {
        if (decoded.kind === 'message') number += 1;
        const wrong = decoded.kind === 'fault' || decoded.message.faults.some(({ fatal }) => fatal);
        if (wrong) process.exitCode = 1;
        process.stdout.write(json === true ? decodedJson(decoded) : decodedText(decoded, number));
      }
      if (number === 0) process.stderr.write('no Diameter message was found\n');
      if (number === 0) process.exitCode = 1;
    });
  registerSend(diameter);
}

const sendHelp = `
Connects to a charging node as a client, sends a session of a subscriber (first request, a report for each --use, the last
of which ends it), an event, or the messages of JSON files, and prints each message with its answer. Requests of the node
(ask again, end the session) are printed and agreed to. The exit status is 1 when an answer is missing or no success.

A file has one object or a list: {"command": "CCR", "Session-Id": …, "CC-Request-Type": 1, …}, with groups as objects,
repeated AVPs as lists, octets as "0x…". Origin and destination realm are added.

Examples:
  $ carillon diameter send 127.0.0.1:3868 --subscriber 491701234567 --service data --rating-group 10 --use 5MB --use 1MB
  $ carillon diameter send ocs1.example.net:3868 --subscriber imsi:262011234567890 --service sms --called 441632960961 --event debit --ask 1
  $ carillon diameter send 127.0.0.1:3868 --subscriber 491701234567 --event balance
  $ carillon diameter send 127.0.0.1:3868 ccr.json --json`;

interface SendFlags {
  readonly subscriber?: string;
  readonly service: 'data' | 'voice' | 'sms' | 'mms';
  readonly event?: 'debit' | 'refund' | 'balance' | 'price';
  readonly called?: string;
  readonly apn?: string;
  readonly ratingGroup: readonly number[];
  readonly ask?: string;
  readonly use: readonly string[];
  readonly session?: string;
  readonly originHost?: string;
  readonly originRealm?: string;
  readonly destinationRealm?: string;
  readonly destinationHost?: string;
  readonly tls?: boolean;
  readonly authority?: string;
  readonly certificate?: string;
  readonly key?: string;
  readonly timeout: number;
  readonly wait: number;
  readonly json?: boolean;
}

function registerSend(diameter: Command): void {
  const gathered = (value: string, before: readonly string[]): readonly string[] => [...before, value];
  diameter
    .command('send')
    .description('be a client of a charging node: a session or an event of a subscriber, or messages of a file')
    .argument('<node>', 'host:port; without a port 3868, or 5868 with --tls', nodeAddress)
    .argument('[file...]', 'JSON files with messages, instead of --subscriber')
    .option('--subscriber <identity>', 'a number, or imsi:…, sip:…, nai:…, private:…')
    .addOption(new Option('--service <service>', 'what is used').choices(['data', 'voice', 'sms', 'mms']).default('data'))
    .addOption(new Option('--event <action>', 'an event instead of a session').choices(['debit', 'refund', 'balance', 'price']))
    .option('--called <number>', 'who is called or sent to')
    .option('--apn <name>', 'access point of a data session')
    .option(
      '--rating-group <number>',
      'of multiple services; can be repeated',
      (value, before: readonly number[]) => [...before, numberOf(value)],
      [],
    )
    .option('--ask <amount>', 'quota asked for: 10MB, 60s, 3; default: as much as the node chooses')
    .option('--use <amount>', 'what was used, one report for each; can be repeated', gathered, [])
    .option('--session <id>', 'Session-Id; default: a new one')
    .option('--origin-host <name>', 'who asks; default: a name of this machine and command')
    .option('--origin-realm <name>', 'its realm')
    .option('--destination-realm <name>', 'default: the realm that the node says it has')
    .option('--destination-host <name>', 'for one node of several')
    .option('--tls', 'TLS from the first octet on')
    .option('--authority <file>', 'PEM of who signed the node’s certificate; default: those of the system')
    .option('--certificate <file>', 'PEM of our own, with --key')
    .option('--key <file>', 'PEM')
    .option('--timeout <seconds>', 'for each answer', numberOf, 10)
    .option('--wait <seconds>', 'stay afterwards and hear what the node asks', numberOf, 0)
    .option('--json', 'print one JSON object for each message')
    .addHelpText('after', sendHelp)
    .action(async (node: NodeAddress, files: readonly string[], flags: SendFlags) => {
      const [{ defaultOrigin, readMessages, sendDiameter }, { messagesOf }, { decodedJson, decodedText }] = await Promise.all([
        import('#app/diameter-send.ts'),
        import('#app/diameter-sessions.ts'),
        import('../diameter-text.ts'),
      ]);
      if ((files.length === 0) === (flags.subscriber === undefined))
        throw new RefusedError(refuse('diameter.message-wrong', 'say who is charged with --subscriber, or give files with messages'));
      const own = defaultOrigin();
      const originHost = flags.originHost ?? own.host;
      const messages =
        flags.subscriber === undefined
          ? files.flatMap((file) => readMessages(readFileSync(file, 'utf8'), file))
          : messagesOf({
              ...{ subscriber: flags.subscriber, service: flags.service, event: flags.event, called: flags.called, apn: flags.apn },
              ...{ ratingGroups: flags.ratingGroup, ask: flags.ask, use: flags.use, destinationHost: flags.destinationHost },
              session: flags.session ?? `${originHost};${Math.floor(Date.now() / 1_000)};${process.pid}`,
              destinationRealm: flags.destinationRealm,
            });
      const pem = (path: string | undefined): string | undefined => (path === undefined ? undefined : readFileSync(path, 'utf8'));
      const [authorities, certificate, key] = [pem(flags.authority), pem(flags.certificate), pem(flags.key)];
      const tls = {
        ...(authorities === undefined ? {} : { authorities }),
        ...(certificate === undefined ? {} : { certificate }),
        ...(key === undefined ? {} : { key }),
      };
      let number = 0;
      for await (const event of sendDiameter(messages, {
        ...{ host: node.host, port: node.port ?? (flags.tls === true ? 5868 : 3868), tls: flags.tls === true ? tls : undefined },
        ...{ originHost, originRealm: flags.originRealm ?? own.realm, timeoutSeconds: flags.timeout, waitSeconds: flags.wait },
      })) {
        if (event.kind === 'silence') {
          process.exitCode = 1;
          process.stderr.write(`no answer to ${event.command} within ${flags.timeout} s\n`);
          continue;
        }
        number += 1;
        if (event.kind === 'received' && !isFine(event.message)) process.exitCode = 1;
        const decoded = { kind: 'message', message: event.message } as const;
        if (flags.json === true) process.stdout.write(decodedJson(decoded));
        else {
          const time = event.milliseconds === undefined ? '' : `, after ${event.milliseconds.toFixed(1)} ms`;
          process.stdout.write(`${event.kind === 'sent' ? '→ sent' : `← received${time}`}\n${decodedText(decoded, number)}`);
        }
      }
    });
}

function numberOf(text: string): number {
  if (!/^\d{1,10}$/.test(text)) throw new InvalidArgumentError('It is a whole number.');
  return Number(text);
}

/** A request of the node, or an answer that is a success. */
function isFine({ tree, faults }: DecodedMessage): boolean {
  const result = tree?.avps.find(({ definition }) => definition?.name === 'Result-Code')?.value ?? '2001';
  return /\b2\d{3}\b/.test(result) && !faults.some(({ fatal }) => fatal);
}
