import { Argument, type Command } from 'commander';

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
  const diameter = program.command('diameter').description('Diameter, the protocol of online charging: look into messages');
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
}
