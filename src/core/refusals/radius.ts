import type { RefusalMeaning } from '../refusals.ts';

/** RADIUS: packets that cannot be made, and passwords that cannot be kept. */
export const radiusRefusals = {
  'radius.attribute-wrong': {
    meaning: 'A packet cannot be made: an attribute is not in the dictionary, or its value is none of its type.',
    http: 422,
    remedy: 'Write Name=value; docs/reference/radius.md says which attributes there are and how values are written.',
  },
  'radius.secret-missing': {
    meaning: 'The shared secret of a RADIUS client is not where it should be.',
    http: 422,
    remedy: 'Name it as env:NAME or file:/path and see to it that it is there.',
  },
  'radius.no-connection': {
    meaning: 'A RADIUS server cannot be sent to.',
    http: 502,
    remedy: 'Check host and port. A server that is there and does not answer knows another secret, or not this address.',
  },
  'radius.password-wrong': {
    meaning: 'A password cannot be kept: it is empty or too long, or its identity is none of an account.',
    http: 422,
    remedy: 'Give 1 to 128 octets, and an identity of an account as carillon charge account shows it.',
  },
} as const satisfies Record<string, RefusalMeaning>;
