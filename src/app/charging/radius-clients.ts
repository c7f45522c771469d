/** The NASes that may ask: a YAML file of their own, since it names secrets and differs from machine to machine. */
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import type { Dialect } from '#codecs/radius/dictionary.ts';
import { type NamedValue, namedValue, utf8 } from '#codecs/radius/write-value.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import type { SecretReference } from '#core/usage/collecting.ts';
import { usualMessages } from '#gateways/radius/limits.ts';
import { authentications, type RadiusClient, type Refused } from '#gateways/radius/settings.ts';
import { readYaml } from '#operations/configuration/read-yaml.ts';
import { Reading } from '#operations/configuration/reading.ts';
import { flag, text, wholeNumber } from '#operations/configuration/scalar-shapes.ts';
import {
  changed,
  defaulted,
  type Fields,
  listOf,
  mapOf,
  oneOf,
  optional,
  record,
  required,
  type Shape,
  scalar,
  type Values,
} from '#operations/configuration/shapes.ts';
import { NOTHING_ELSE } from '#operations/usage/formats/shipped-formats.ts';
import { readSecret } from '../collecting/secrets.ts';
import { radiusDictionary } from '../radius.ts';

const clientName = scalar('name', 'letters, digits, _ and -, at most 32', { type: 'string', pattern: '^[\\w-]{1,32}$' }, (value) =>
  /^[\w-]{1,32}$/.test(value) ? value : undefined,
);

const network = scalar(
  'address or network',
  'an address or a network such as 192.0.2.0/24 or 2001:db8::/48',
  { type: 'string' },
  (value) => {
    const [address = '', bits, ...others] = value.split('/');
    const family = isIP(address);
    const isRight = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 6 ? 128 : 32));
    return family !== 0 && isRight && others.length === 0 ? value : undefined;
  },
);

const REFERENCE = /^(env:[A-Za-z_][A-Za-z0-9_]*|file:.+)$/;

/** What stands there by mistake may be the secret itself: it is not repeated. */
const secret: Shape<SecretReference> = {
  says: '`env:NAME` or `file:/path`',
  schema: { type: 'string', pattern: REFERENCE.source },
  read(tree, field, reading) {
    if (tree.kind === 'text' && REFERENCE.test(tree.text)) return tree.text as SecretReference; // as the pattern says
    const message = 'secret is not where the secret is, env:NAME or file:/path; the secret itself does not belong into the file';
    return reading.fault('configuration.value-wrong', message, tree, field);
  },
};

/** Attributes by their names in the dictionary; several of one name as a list. */
const attributes: Shape<readonly NamedValue[]> = changed(
  mapOf({ says: 'attribute of the dictionary', pattern: /^[\w.-]+$/ }, listOf(text, { lone: true })),
  (values, tree, field, reading) => {
    const written = Object.entries(values).flatMap(([name, each]) => each.map((value) => [name, value] as const));
    const read: NamedValue[] = [];
    for (const [name, value] of written) {
      const made = namedValue(radiusDictionary(), name, value);
      if (typeof made === 'string') reading.fault('configuration.value-wrong', made, tree, `${field}.${name}`, value);
      else read.push(made);
    }
    return read.length === written.length ? read : undefined;
  },
);

const refusedReasons = Object.keys(usualMessages) as readonly Refused[]; // its keys are all of them

/** One client, as docs/reference/radius.md shows it. */
export const clientFields = {
  name: required(clientName, 'Its name: in logs, counters and the names of its sessions.', 'hotspot'),
  addresses: required(
    listOf(network, { lone: true }),
    'Where its packets come from. The narrowest network counts.',
    '[192.0.2.10, 198.51.100.0/24]',
  ),
  secret: required(secret, 'Where the shared secret is: 16 characters or more, another one for each client.', 'env:RADIUS_HOTSPOT'),
  messageAuthenticator: defaulted(
    oneOf(['required', 'optional']),
    'required',
    'required',
    'Whether an Access-Request must have a Message-Authenticator. `optional` only for what cannot be made to send one (CVE-2024-3596).',
    'optional',
  ),
  service: defaulted(oneOf(['data', 'voice']), 'data', 'data', 'What is charged: `data` counts octets, `voice` seconds.', 'voice'),
  called: optional(text, 'The code that rates match, where packets have no number: for access that is charged by time.', 'wifi'),
  authentication: defaulted(
    listOf(oneOf(authentications), { lone: true }),
    ['password'],
    'password',
    'How a user proves who it is: `password` (PAP, CHAP), `mac` (the user name is the address of the station), `none` (the client vouches).',
    '[mac, password]',
  ),
  identity: defaulted(
    oneOf(['user-name', 'calling-station-id']),
    'user-name',
    'user-name',
    'Which attribute names who is charged where nothing is proved, and in accounting.',
    'calling-station-id',
  ),
  grant: defaulted(
    oneOf(['whole', 'portions']),
    'portions',
    'portions',
    '`portions`: as much as the plan gives at a time, for clients that report meanwhile. `whole`: all that there is, up to the plan’s most.',
    'whole',
  ),
  interim: defaulted(
    wholeNumber(0, 86_400),
    300,
    '300',
    'Acct-Interim-Interval in seconds, at least 60; 0: reports in between are not asked for.',
    '600',
  ),
  dialects: defaulted(
    listOf(
      scalar('make', 'a make of the dictionary', { type: 'string' }, (value) => radiusDictionary().dialects.get(value)),
      { lone: true },
    ) satisfies Shape<readonly Dialect[]>,
    [],
    '[]',
    'Whose attributes it is told limits with, besides Session-Timeout: `mikrotik`, `chillispot`, `wispr`, `cisco-voice`, `quintum`.',
    '[mikrotik]',
  ),
  dynamic: optional(wholeNumber(1, 65_535), 'Port at which it takes Disconnect and CoA. Left out: it does not.', '3799'),
  coa: defaulted(
    flag,
    true,
    'true',
    '`dynamic`: whether it takes CoA, with new limits for a running session. Otherwise only Disconnect.',
    'false',
  ),
  accept: defaulted(
    attributes,
    [],
    '{}',
    'Attributes of every Access-Accept; several of one name as a list.',
    '{Framed-Pool: guests, Cisco-AVPair: ["ip:inacl=guest", "ip:outacl=guest"]}',
  ),
  profiles: defaulted(
    mapOf({ says: 'name of a profile', pattern: /^[\w.-]{1,64}$/ }, attributes),
    {},
    '{}',
    'Attributes by name: what a control slows down to, and `redirect` and `restrict` for those who have nothing left; `{to}` is the address or filter.',
    '{slow: {Mikrotik-Rate-Limit: 1M/1M}, redirect: {WISPr-Redirection-URL: "{to}"}}',
  ),
  messages: defaulted(
    mapOf({ says: 'reason', pattern: new RegExp(`^(${refusedReasons.join('|')})$`) }, text),
    {},
    '{}',
    'Reply-Message of refusals, where not the usual one.',
    '{credit-limit-reached: "Guthaben aufgebraucht."}',
  ),
} satisfies Fields;

const file = record('object', { clients: required(listOf(record('object', clientFields)), 'The clients.', '[…]') });

/** All of it or nothing. Throws RefusedError: what is wrong with the file, each with its line; `serve.setting-missing` for a file or secret that is not there. */
export async function readRadiusClients(path: string): Promise<readonly RadiusClient[]> {
  const missing = (message: string, field: string, value: string): RefusedError =>
    new RefusedError(refuse('serve.setting-missing', message, { field, value }));
  let content: string;
  try {
    content = readFileSync(path, 'utf8');
  } catch (error) {
    throw missing(error instanceof Error ? error.message : String(error), 'radius.clients', path);
  }
  const reading = new Reading(NOTHING_ELSE);
  const trees = readYaml(path, content, reading);
  const read = trees.map((tree) => file.read(tree, '', reading));
  const declared = read.flatMap((each) => each?.clients ?? []);
  checkTogether(declared, reading);
  if (reading.faults.length > 0) throw new RefusedError(...reading.faults);
  if (declared.length === 0) throw missing('the file has no clients', 'radius.clients', path);
  return Promise.all(
    declared.map(async (client) => {
      try {
        return clientOf(client, await readSecret(client.secret));
      } catch (error) {
        if (!(error instanceof RefusedError)) throw error;
        throw missing(error.refusals[0]?.message ?? '', `clients.${client.name}.secret`, client.secret);
      }
    }),
  );
}

type Declared = Values<typeof clientFields>;

function clientOf(declared: Declared, shared: string): RadiusClient {
  const { name, addresses, messageAuthenticator, service, authentication, identity, grant, interim, dialects, accept } = declared;
  return {
    ...{
      name,
      networks: addresses,
      secret: utf8(shared),
      messageAuthenticator,
      service,
      authentication,
      identity,
      grant,
      dialects,
      accept,
    },
    called: declared.called,
    interimSeconds: interim,
    dynamic: declared.dynamic === undefined ? undefined : { port: declared.dynamic, coa: declared.coa },
    profiles: new Map(Object.entries(declared.profiles)),
    messages: declared.messages,
  };
}

/** Two clients of one name, or one network of two clients. */
function checkTogether(clients: readonly Declared[], reading: Reading): void {
  const [names, networks] = [new Set<string>(), new Set<string>()];
  for (const client of clients) {
    if (names.has(client.name))
      reading.fault('configuration.value-wrong', 'another client has this name', reading.placeOf(client, 'name'), 'name', client.name);
    names.add(client.name);
    for (const each of client.addresses) {
      if (networks.has(each))
        reading.fault(
          'configuration.value-wrong',
          'another client has this address',
          reading.placeOf(client, 'addresses'),
          'addresses',
          each,
        );
      networks.add(each);
    }
  }
}
