/** The taxes of the places of the model, as the tax offices publish them: what a supplier adds, and what a buyer accounts for itself. */
export interface TaxesDue {
  /** Per cent, one for each tax. */
  readonly added: readonly string[];
  readonly selfAssessed: readonly string[];
}

const RATES: Readonly<Record<string, readonly string[]>> = {
  // Ireland: 23 % at home; services from abroad are accounted for by the buyer (Articles 44 and 196 Directive 2006/112/EC).
  'IE>IE': ['23'],
  // Canada: place of supply is the buyer's province (GST, HST, PST of British Columbia, QST).
  'CA-QC>CA-QC': ['5', '9.975'],
  'CA-QC>CA-ON': ['13'],
  'CA-QC>CA-BC': ['5', '7'],
  'CA-QC>CA-AB': ['5'],
  'CA-ON>CA-QC': ['5', '9.975'],
  'CA-BC>CA-QC': ['5', '9.975'],
  'CA-AB>CA-QC': ['5', '9.975'],
  // India: halves within a state, IGST between states.
  'IN-KA>IN-KA': ['9', '9'],
  'IN-KA>IN-MH': ['18'],
  'IN-MH>IN-KA': ['18'],
};

/** What our own legal entity accounts for itself when it buys abroad. */
const OWN_ACCOUNT: Readonly<Record<string, readonly string[]>> = { IE: ['23'], 'IN-KA': ['18'], 'CA-QC': [] };

export function taxesDue(seller: string, buyer: string): TaxesDue {
  if (seller.slice(0, 2) !== buyer.slice(0, 2)) return { added: [], selfAssessed: OWN_ACCOUNT[buyer] ?? [] };
  return { added: RATES[`${seller}>${buyer}`] ?? [], selfAssessed: [] };
}
