/** The network a subscriber was in: from MCC and MNC, an IMSI of it, or a TADIG code. */
import type { MobileNetworks } from '../numbering/mobile-networks.ts';

export interface VisitedNetwork {
  /** MCC and MNC, `26201`. */
  readonly network: string | undefined;
  readonly tadig: string | undefined;
}

const MOST_REMEMBERED = 50_000;
const IMSI_DIGITS = 15;

export class VisitedNetworks {
  readonly #networks: MobileNetworks;
  readonly #byTadig: ReadonlyMap<string, string>;
  readonly #tadigOf: ReadonlyMap<string, string>;
  readonly #remembered = new Map<string, VisitedNetwork>();

  constructor(networks: MobileNetworks, tadig: readonly { readonly tadig: string; readonly network: string }[]) {
    this.#networks = networks;
    this.#byTadig = new Map(tadig.map((row) => [row.tadig.toUpperCase(), row.network]));
    this.#tadigOf = new Map(tadig.map((row) => [row.network, row.tadig]));
  }

  /** Both undefined for a text that is neither in the list of E.212 nor in the table of TADIG codes. */
  find(text: string): VisitedNetwork {
    // An IMSI is remembered by its network: MCC and MNC are its first six digits at most.
    const key = text.length === IMSI_DIGITS ? text.slice(0, 6) : text;
    let found = this.#remembered.get(key);
    if (found === undefined) {
      const digits = text.replaceAll('-', '');
      found = /^\d{5,15}$/.test(digits) ? this.#byDigits(digits) : this.#byCode(text.trim().toUpperCase());
      if (this.#remembered.size < MOST_REMEMBERED) this.#remembered.set(key, found);
    }
    return found;
  }

  #byDigits(digits: string): VisitedNetwork {
    const known = this.#networks.ofImsi(digits);
    const network = known === undefined ? undefined : known.mcc + known.mnc;
    return { network, tadig: network === undefined ? undefined : this.#tadigOf.get(network) };
  }

  #byCode(code: string): VisitedNetwork {
    const network = this.#byTadig.get(code);
    return { network, tadig: network === undefined ? undefined : code };
  }
}
