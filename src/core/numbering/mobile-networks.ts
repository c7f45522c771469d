import { PrefixTable } from './prefix-table.ts';

/** A mobile network of ITU-T E.212. */
export interface MobileNetwork {
  readonly mcc: string;
  /** Two or three digits; 01 and 001 are different networks. */
  readonly mnc: string;
  /** ISO 3166-1 alpha-2; several where a network serves several, none where the list names none. */
  readonly countries: readonly string[];
  readonly brand: string;
  readonly operator: string;
  /** As the list has it: Operational, Not operational, Unknown … */
  readonly status: string;
}

/**
 * Finds the network of an IMSI (ITU-T E.212 §4: MCC of 3 digits, MNC of 2 or 3). The length of the MNC is not in
 * the IMSI. Where a two-digit and a three-digit network both fit, the length that most networks of the MCC have
 * wins. Built from data handed in (data/mobile-networks.csv).
 */
export class MobileNetworks {
  readonly list: readonly MobileNetwork[];
  readonly #table: PrefixTable;
  /** MCCs most of whose networks have three digits. */
  readonly #long = new Set<string>();

  /** Throws RangeError when a network is given twice. */
  constructor(networks: readonly MobileNetwork[]) {
    this.list = networks;
    this.#table = PrefixTable.build(networks.map(({ mcc, mnc }, index) => [mcc + mnc, index]));
    for (const [mcc, group] of Map.groupBy(networks, (network) => network.mcc)) {
      if (group.filter(({ mnc }) => mnc.length === 3).length * 2 > group.length) this.#long.add(mcc);
    }
  }

  /** The network of an IMSI, or of MCC and MNC written together; undefined when it is not in the list. */
  ofImsi(imsi: string): MobileNetwork | undefined {
    const longest = this.list[this.#table.longest(imsi)];
    if (longest === undefined || this.#long.has(longest.mcc)) return longest;
    return this.list[this.#table.longest(imsi.slice(0, 5))] ?? longest;
  }
}
