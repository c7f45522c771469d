/**
 * Operations of the API that neither console nor portal asks, each with the reason: a sentence. `operations.test.ts` demands that every other one is asked, so that a
 * new operation gets its page, panel or dialog, or a reason.
 */
const NETWORK = 'A network element asks it; people see the session and what it cost.';
const LISTED = 'Its list, or the page of what it belongs to, shows the same already.';
const SENT = 'A file that is sent is used at once by what it was sent for.';

export const unseen: Readonly<Record<string, string>> = {
  authorise: NETWORK,
  commitSession: NETWORK,
  debit: NETWORK,
  enquirePrice: NETWORK,
  getBalances: NETWORK,
  refund: NETWORK,
  releaseSession: NETWORK,
  reserveSession: NETWORK,
  updateSession: NETWORK,
  getAccount: LISTED,
  getAllocation: 'What an allocation settled is said where it is made, and its entries are in the ledger.',
  getApiKey: LISTED,
  getDeclaration: LISTED,
  getDraft: LISTED,
  getLegalEntity: LISTED,
  getNumberTable: LISTED,
  getPaymentOrder: LISTED,
  getPortalKey: LISTED,
  getPortalUser: LISTED,
  getRateSheet: LISTED,
  getSavedReport: LISTED,
  getVoucherBatch: LISTED,
  getWaitingEntry: LISTED,
  reconcile: 'It compares without keeping what came of it; the console keeps each comparison and shows that.',
  sendUsage: 'A system sends records one a line, as they arise; people load a file.',
  getUpload: SENT,
  removeUpload: SENT,
};
