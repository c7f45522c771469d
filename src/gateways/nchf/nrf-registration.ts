/**
 * Registration with an NRF (TS 29.510 §5.2.2): we tell what we are, say that we live as often as it asks, register anew where it has forgotten us, and leave when
 * we end. Whatever it does, charging goes on: nothing waits for it but this.
 */
import { askNrf, type NrfAnswer, type NrfTls } from './nrf-request.ts';

export interface NrfSettings {
  /** Its address without a path: https://nrf.example.net:8443. */
  readonly address: string;
  readonly instanceId: string;
  readonly profile: object;
  readonly tls: NrfTls;
  readonly limits?: Partial<NrfLimits>;
}

export interface NrfLimits {
  readonly answerMs: number;
  /** To hear that it has taken us out. */
  readonly leaveMs: number;
  /** After a failure; doubled with each, up to the most. */
  readonly firstWaitMs: number;
  readonly mostWaitMs: number;
  /** Where the NRF does not say how often. */
  readonly usualBeatMs: number;
}

const usual: NrfLimits = { answerMs: 5_000, leaveMs: 2_000, firstWaitMs: 1_000, mostWaitMs: 60_000, usualBeatMs: 60_000 };
const MOST_REDIRECTS = 3;
const MOST_BEAT_SECONDS = 86_400;
const ALIVE = JSON.stringify([{ op: 'replace', path: '/nfStatus', value: 'REGISTERED' }]);

export type NrfEvent = { readonly kind: 'registered'; readonly beatSeconds: number } | { readonly kind: 'failed'; readonly detail: string };

export class NrfRegistration {
  readonly #settings: NrfSettings;
  readonly #limits: NrfLimits;
  readonly #told: (event: NrfEvent) => void;
  /** Where our profile is, as the NRF says it; undefined: not registered. */
  #resource: URL | undefined;
  /** Where it is to be put: another after a permanent redirection. */
  #home: URL;
  #beatMs: number;
  #failures = 0;
  #timer: NodeJS.Timeout | undefined;
  #underWay: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(settings: NrfSettings, told: (event: NrfEvent) => void) {
    this.#settings = settings;
    this.#limits = { ...usual, ...settings.limits };
    this.#beatMs = this.#limits.usualBeatMs;
    this.#told = told;
    this.#home = new URL(`/nnrf-nfm/v1/nf-instances/${settings.instanceId}`, settings.address);
  }

  get isRegistered(): boolean {
    return this.#resource !== undefined;
  }

  /** Begins; does not wait. */
  start(): void {
    this.#next(0);
  }

  /** Leaves, when it is registered. It waits for the answer a moment only: an NRF that hears nothing forgets us by itself. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    let late: NodeJS.Timeout | undefined;
    const moment = new Promise<void>((resolve) => {
      late = setTimeout(resolve, this.#limits.leaveMs);
    });
    await Promise.race([this.#leave(), moment]);
    clearTimeout(late);
  }

  async #leave(): Promise<void> {
    await this.#underWay;
    const resource = this.#resource;
    this.#resource = undefined;
    if (resource !== undefined) await this.#ask({ method: 'DELETE', uri: resource }).catch(() => undefined);
  }

  #next(afterMs: number): void {
    if (this.#isClosed) return;
    this.#timer = setTimeout(() => {
      this.#underWay = this.#step();
    }, afterMs).unref();
  }

  async #step(): Promise<void> {
    try {
      if (this.#resource === undefined) await this.#register();
      else await this.#beat(this.#resource);
      this.#failures = 0;
      this.#next(this.#resource === undefined ? 0 : this.#beatMs);
    } catch (error) {
      const wait = Math.min(this.#limits.mostWaitMs, this.#limits.firstWaitMs * 2 ** Math.min(this.#failures, 20));
      this.#failures += 1;
      this.#told({ kind: 'failed', detail: error instanceof Error ? error.message : String(error) });
      this.#next(wait);
    }
  }

  async #register(): Promise<void> {
    const body = JSON.stringify(this.#settings.profile);
    const answer = await this.#ask({ method: 'PUT', uri: this.#home, type: 'application/json', body });
    if (answer.status !== 200 && answer.status !== 201) throw new Error(`it refuses the registration: ${said(answer)}`);
    this.#resource = uriOf(answer.location, this.#home) ?? this.#home;
    this.#heed(answer);
    this.#told({ kind: 'registered', beatSeconds: this.#beatMs / 1_000 });
  }

  async #beat(resource: URL): Promise<void> {
    const answer = await this.#ask({ method: 'PATCH', uri: resource, type: 'application/json-patch+json', body: ALIVE });
    if (answer.status === 404) {
      // It has forgotten us: it was restarted, or we were silent for too long.
      this.#resource = undefined;
      return;
    }
    if (answer.status !== 200 && answer.status !== 204) throw new Error(`it refuses the sign of life: ${said(answer)}`);
    this.#heed(answer);
  }

  /** How often it wants to hear from us; a little earlier, for the way there. */
  #heed({ text }: NrfAnswer): void {
    const seconds = beatOf(text);
    if (seconds !== undefined) this.#beatMs = Math.max(500, seconds * 1_000 - Math.min(2_000, seconds * 100));
  }

  /** With its redirections followed: a permanent one holds for what comes later. */
  async #ask(request: Parameters<typeof askNrf>[0]): Promise<NrfAnswer> {
    let { uri } = request;
    for (let redirects = 0; ; redirects += 1) {
      const answer = await askNrf({ ...request, uri }, this.#settings.tls, this.#limits.answerMs);
      if (answer.status !== 307 && answer.status !== 308) return answer;
      const to = uriOf(answer.location, uri);
      if (to === undefined) throw new Error(`it redirects to ${answer.location ?? 'nowhere'}`);
      if (redirects === MOST_REDIRECTS) throw new Error(`it redirects more than ${MOST_REDIRECTS} times, last to ${to.href}`);
      uri = to;
      if (answer.status !== 308) continue;
      if (request.method === 'PUT') this.#home = to;
      else if (this.#resource !== undefined) this.#resource = to;
    }
  }
}

function uriOf(text: string | undefined, base: URL): URL | undefined {
  if (text === undefined || !URL.canParse(text, base.href)) return undefined;
  const uri = new URL(text, base);
  return uri.protocol === 'http:' || uri.protocol === 'https:' ? uri : undefined;
}

/** Undefined: it does not say, or nothing that could be meant. */
function beatOf(text: string): number | undefined {
  try {
    const body: unknown = JSON.parse(text);
    const seconds: unknown = typeof body === 'object' && body !== null && 'heartBeatTimer' in body ? body.heartBeatTimer : undefined;
    return typeof seconds === 'number' && seconds >= 1 && seconds <= MOST_BEAT_SECONDS ? seconds : undefined;
  } catch {
    return undefined;
  }
}

const said = ({ status, text }: NrfAnswer): string => `${status} ${text.slice(0, 200)}`.trim();
