/** The connection between engines as the settings say: who asks, and who is asked. */

import { RefusedError, refuse } from '#core/refusals.ts';
import type { SecretReference } from '#core/usage/collecting.ts';
import { LinkClient } from '#gateways/engines/link-client.ts';
import { type LinkServer, type LinkService, listenForEngines } from '#gateways/engines/link-server.ts';
import { readSecret } from '../collecting/secrets.ts';
import type { ServingSettings } from '../serving-settings.ts';
import { addressOf } from './gateways.ts';

export interface EngineLink {
  readonly client: LinkClient;
  /** By which others reach this engine. */
  readonly address: string;
  /** For people. */
  readonly listening: string;
  listen(service: LinkService): Promise<LinkServer>;
}

/** As long as a secret that nobody guesses. */
const LEAST_SECRET = 16;
/** Who asked is answered too-busy after three seconds. */
const ANSWER_MS = 2_000;

/** Undefined where no link is set. Throws RefusedError: `serve.setting-missing`, `collect.secret-missing`. */
export async function engineLink({ charging }: ServingSettings): Promise<EngineLink | undefined> {
  const { linkListen, linkAddress, linkSecret } = charging;
  if (linkListen === '') return undefined;
  const field = 'charging.linkSecret';
  if (linkSecret === '') throw new RefusedError(refuse('serve.setting-missing', 'it is needed for what listens', { field }));
  const secret = (await readSecret(linkSecret as SecretReference)).trim(); // as the setting was checked
  if (secret.length < LEAST_SECRET)
    throw new RefusedError(refuse('serve.setting-missing', `a secret has at least ${LEAST_SECRET} characters`, { field }));
  const { host, port } = addressOf(linkListen);
  return {
    ...{ client: new LinkClient(secret, ANSWER_MS), address: linkAddress === '' ? linkListen : linkAddress },
    listening: `other engines at ${linkListen}`,
    async listen(service) {
      try {
        return await listenForEngines(host, port, secret, service);
      } catch (error) {
        throw new RefusedError(refuse('serve.cannot-listen', `${linkListen}: ${error instanceof Error ? error.message : String(error)}`));
      }
    },
  };
}
