/** A gateway with the rules of charging behind it, kept in memory, and a NAS that asks it. */

import { radiusDictionary } from '#app/radius.ts';
import type { RadiusPacket } from '#codecs/radius/packet.ts';
import { shownPacket } from '#codecs/radius/shown.ts';
import type { NamedValue } from '#codecs/radius/write-value.ts';
import { namedValue, utf8 } from '#codecs/radius/write-value.ts';
import type { ChargingAnswer } from '#core/charging/answer.ts';
import type { ChargingRequest } from '#core/charging/request.ts';
import { type Asked, RadiusClientPeer } from '#gateways/radius/client.ts';
import { RadiusNode, type RadiusNodeEvent, type RadiusNodeSettings } from '#gateways/radius/node.ts';
import type { StoredPassword } from '#gateways/radius/ports.ts';
import { defaultRadiusLimits, type RadiusClient } from '#gateways/radius/settings.ts';
import { catalogOf } from '../charging/plan-words.ts';
import { World } from '../charging/world.ts';

export const SECRET = utf8('a secret of sixteen characters');

export interface NodeUnderTest {
  readonly node: RadiusNode;
  readonly world: World;
  readonly nas: RadiusClientPeer;
  /** For what is not answered. */
  readonly impatient: RadiusClientPeer;
  readonly ports: { readonly access: number; readonly accounting: number };
  readonly requests: ChargingRequest[];
  readonly events: RadiusNodeEvent[];
  readonly passwords: StoredPassword[];
  /** Instead of the rules, where a test wants that. */
  instead: ((request: ChargingRequest) => Promise<ChargingAnswer> | ChargingAnswer) | undefined;
}

export const plainClient: RadiusClient = {
  ...{ name: 'nas', networks: ['127.0.0.1'], secret: SECRET, messageAuthenticator: 'required', service: 'data', called: undefined },
  ...{ authentication: ['none'], identity: 'user-name', grant: 'portions', interimSeconds: 0, dialects: [], dynamic: undefined },
  ...{ accept: [], profiles: new Map(), messages: {} },
};

export async function withRadius(
  plan: { readonly prices: string; readonly plan?: string; readonly money: string },
  client: Partial<RadiusClient>,
  work: (under: NodeUnderTest) => Promise<void>,
  settings: Partial<RadiusNodeSettings> = {},
): Promise<void> {
  const world = new World(catalogOf(plan.prices, plan.plan ?? ''));
  world.now = Date.now() * 1_000;
  world.open(plan.money);
  const [requests, events, passwords]: [ChargingRequest[], RadiusNodeEvent[], StoredPassword[]] = [[], [], []];
  const handle = async (request: ChargingRequest): Promise<ChargingAnswer> => {
    requests.push(request);
    if (under.instead !== undefined) return under.instead(request);
    const isKnown = request.identities.some(({ value }) => ['anna', '491701234567', '00-11-22-33-44-5a'].includes(value));
    const isOpen = world.account('a').sessions.some(({ id }) => id === request.session);
    if (!isKnown && !isOpen) return { session: request.session, number: request.number, result: 'user-unknown', items: [] };
    world.now = Date.now() * 1_000;
    return world.send(request);
  };
  const openSessions = async (prefix: string): Promise<readonly string[]> =>
    world
      .account('a')
      .sessions.map(({ id }) => id)
      .filter((id) => id.startsWith(prefix));
  const node = new RadiusNode(
    { handle },
    { passwords: async (identities) => passwords.filter(({ identity }) => identities.includes(identity)), openSessions },
    {
      ...{ authentication: [{ host: '127.0.0.1', port: 0 }], accounting: [{ host: '127.0.0.1', port: 0 }], dictionary: radiusDictionary() },
      ...{ clients: [{ ...plainClient, ...client }], homeNetworks: [], passwordKey: undefined, now: () => Date.now() * 1_000 },
      limits: defaultRadiusLimits,
      ...settings,
    },
    (event) => events.push(event),
  );
  const [access = 0, accounting = 0] = await node.listen();
  const nas = new RadiusClientPeer({ host: '127.0.0.1', secret: SECRET, timeoutMs: 20_000, tries: 1 });
  const impatient = new RadiusClientPeer({ host: '127.0.0.1', secret: SECRET, timeoutMs: 60, tries: 1 });
  const under: NodeUnderTest = {
    node,
    world,
    nas,
    impatient,
    ports: { access, accounting },
    requests,
    events,
    passwords,
    instead: undefined,
  };
  try {
    await work(under);
  } finally {
    nas.close();
    impatient.close();
    await node.close();
  }
}

/** Attributes by their names; Class as text. */
export function values(attributes: Readonly<Record<string, string | number>>): readonly NamedValue[] {
  return Object.entries(attributes).map(([name, value]) => {
    if (name === 'Class') return { definition: radiusDictionary().named(name), octets: utf8(String(value)) };
    const made = namedValue(radiusDictionary(), name, String(value));
    if (typeof made === 'string') throw new Error(made);
    return made;
  });
}

/** Name and attributes of what came, without the sum of the answer; `silence` when nothing came. */
export function shown({ answer }: Asked): Readonly<Record<string, string>> {
  return answer === undefined ? { name: 'silence' } : attributesOf(answer);
}

export function attributesOf(packet: RadiusPacket): Readonly<Record<string, string>> {
  const { name, attributes } = shownPacket(radiusDictionary(), packet);
  const others = attributes.filter((each) => each.name !== 'Message-Authenticator');
  return {
    name,
    ...Object.fromEntries(
      others.map((each) => [each.name, each.name === 'Class' ? each.value.replace(/^.* "|"$/g, '') : each.value.replaceAll(/^"|"$/g, '')]),
    ),
  };
}

/** Until it is so; 20 s at most. */
export async function until(isSo: () => boolean): Promise<void> {
  for (const end = performance.now() + 20_000; !isSo() && performance.now() < end; ) await new Promise((resolve) => setTimeout(resolve, 2));
}
