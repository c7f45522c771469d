/** Which case a job is about: the names, days and numbers in what it is called, as the kind of work is told in the language of the reader. */
const SHAPES: Readonly<Record<string, RegExp>> = {
  'close-periods': /^Close (?:what is due|(.+?))(?: of (.+))?$/,
  accrue: /^Accrue what is not billed$/,
  'verify-statement': /^Verify (.+)$/,
  reconcile: /^Reconcile (.+)$/,
  'settle-dispute': /^Settle dispute (\S+): .*$/,
  'verify-documents': /^Verify documents(?: of (.+))?$/,
  'deliver-documents': /^Deliver documents$/,
  'run-dunning': /^Dunning of (?:today|(.+))$/,
  'verify-ledger': /^Verify the ledger$/,
  'check-tax': /^Look for gaps in the data of tax$/,
  'import-tax-table': /^Take rates of tax into (.+)$/,
  'import-numbers': /^Take numbers into (.+)$/,
  'run-retention': /^Delete what is due$/,
  'erase-person': /^Erase a person, order (.+)$/,
  'export-person': /^Export what is held of a person, order (.+)$/,
  'usage.retry': /^Take up (?:what is held|(\d+) records|(\S+))(?: of (.+))?$/,
  'usage.write-off': /^Write off (?:what is held|(\d+) records|(\S+))(?: of (.+))?$/,
  'usage.load': /^Load a file of (.+)$/,
  'usage.send': /^Load records of (.+) that were sent$/,
  'usage.roll-back': /^Take file (.+) out of the books$/,
  'usage.rerate': /^Price (?:charges|(.+)) again$/,
  'usage.release': /^Release what screening holds(?: by (.+))?$/,
  'usage.join': /^Join late parts to their calls$/,
};

/** Undefined: it is called otherwise than any that is known, and all of what it is called is to be shown. */
export function caseOf(kind: string, title: string): string | undefined {
  const found = SHAPES[kind]?.exec(title);
  return found
    ?.slice(1)
    .filter((part) => part !== undefined)
    .join(' · ');
}
