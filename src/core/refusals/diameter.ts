import type { RefusalMeaning } from '../refusals.ts';

/** Diameter: messages that cannot be made, and files that cannot be decoded. */
export const diameterRefusals = {
  'diameter.message-wrong': {
    meaning: 'A message cannot be made: an AVP or a value is not in the dictionary, or the command does not allow it.',
    http: 422,
    remedy: 'Correct the AVP named; docs/reference/diameter-avps.md has every AVP and what it holds.',
  },
  'diameter.input-unreadable': {
    meaning: 'The input is neither a packet capture nor hexadecimal text with a Diameter message in it.',
    http: 422,
    remedy: 'Give a pcap or pcapng file, or the octets of messages as hexadecimal digits, as tshark -x or hexdump -C print them.',
  },
  'diameter.no-connection': {
    meaning: 'A Diameter peer cannot be connected to, or does not want the connection.',
    http: 502,
    remedy: 'Check host, port and TLS; the reason says what the peer answered. It must know our Origin-Host and realm.',
  },
} as const satisfies Record<string, RefusalMeaning>;
