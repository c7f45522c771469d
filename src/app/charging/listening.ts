/** What all gateways of charging have: where they listen, their files of PEM, and how the client of a session is reached. */
import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import type { PeersStanding } from '#api/charging/peers.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import type { MetricFamily } from '../telemetry/families.ts';

export interface Gateway {
  /** `diameter` and where it listens, for people. */
  readonly listening: readonly string[];
  /** Whether sessions of this name are its own. */
  readonly has: (session: string) => boolean;
  /** The client asks again (`groups`: those of its session that shall, where its protocol can name them), or the session ends; what it answered. */
  readonly reauthorise: (session: string, groups?: readonly string[]) => Promise<number | undefined>;
  readonly abort: (session: string) => Promise<number | undefined>;
  /** The session was closed here, because nothing was heard of it; a client that still has it should end it. */
  readonly closed?: (session: string) => Promise<number | undefined>;
  /** Its counters as Prometheus reads them. */
  readonly metrics?: () => readonly MetricFamily[];
  /** Of a gateway that has peers. */
  readonly standing?: () => Omit<PeersStanding, 'listening'>;
  readonly close: () => Promise<void>;
}

export const nowMicros = (): number => Date.now() * 1_000;

export async function listening<Opened>(
  listen: () => Promise<readonly Opened[]>,
  addresses: readonly string[],
): Promise<readonly Opened[]> {
  try {
    return await listen();
  } catch (error) {
    if (error instanceof RefusedError) throw error;
    const shown = addresses.filter((address) => address !== '').join(', ');
    throw new RefusedError(refuse('serve.cannot-listen', `${shown}: ${error instanceof Error ? error.message : String(error)}`));
  }
}

/** Reads the PEM files that settings name. Throws RefusedError (`serve.setting-missing`). */
export async function tlsOf(subject: string, { certificate, key, authorities }: { certificate: string; key: string; authorities: string }) {
  return {
    certificate: await pemOf(`${subject}.certificate`, certificate),
    key: await pemOf(`${subject}.key`, key),
    authorities: authorities === '' ? undefined : await pemOf(`${subject}.authorities`, authorities),
  };
}

export async function pemOf(field: string, path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new RefusedError(refuse('serve.setting-missing', error instanceof Error ? error.message : String(error), { field, value: path }));
  }
}

/** As the setting was checked: host:port, [address]:port. */
export function addressOf(text: string): { readonly host: string; readonly port: number } {
  const at = text.lastIndexOf(':');
  return { host: text.slice(0, at).replace(/^\[|\]$/g, ''), port: Number(text.slice(at + 1)) };
}

export const shownAddress = (host: string, port: number): string => (isIP(host) === 6 ? `[${host}]:${port}` : `${host}:${port}`);

export const listOf = (text: string): readonly string[] => (text === '' ? [] : text.split(','));
