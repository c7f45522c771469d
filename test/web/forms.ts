import * as before from './forms-before.ts';

/** Every form of the console and the portal, and how one comes to it: by the file that it is written in. */
export interface FormRow {
  readonly role: string;
  readonly path: string;
  /** Names of what is pressed until it is open, a link or a button each; none: it is on the page. */
  readonly open?: readonly string[];
  /** On the button that sends it. */
  readonly send: string;
  /** What it sends is shown on the page, and it stays; or it finds something and sends nothing. */
  readonly stays?: true;
  /** What is sent to the server where it is filled in whole: nothing, as the browser keeps it. */
  readonly sends?: 'nothing';
  /** What sending it uses up, made before each time that it is opened. */
  readonly before?: before.Before;
}

/** A form that needs something before it, and the journey that fills it. */
export interface FormElsewhere {
  readonly journey: string;
}

const finance = (path: string, send: string, ...open: readonly string[]): FormRow => ({ role: 'finance', path, send, open });
const administrator = (path: string, send: string, ...open: readonly string[]): FormRow => ({ role: 'administrator', path, send, open });
const support = (path: string, send: string, ...open: readonly string[]): FormRow => ({ role: 'support', path, send, open });
const partner = (path: string, send: string, ...open: readonly string[]): FormRow => ({ role: 'partner', path, send, open });

const ofAccount = (label: string): FormRow => support('/charging/dana', label, 'More', label);

/** As many for a file as it has forms. */
export const forms: Readonly<Record<string, readonly (FormRow | FormElsewhere)[]>> = {
  'parts/sign-in-form.tsx': [{ journey: 'shell' }],
  'parts/table/toolbar.tsx': [{ ...finance('/invoices', 'Keep this view', 'Views'), stays: true, sends: 'nothing' }],
  'subjects/account/passkeys.tsx': [{ journey: 'account' }],
  'subjects/account/password.tsx': [{ ...support('/account', 'Change the password'), stays: true }],
  'subjects/account/second-factor.tsx': [support('/account', 'Next', 'Set up'), { journey: 'account' }],
  'subjects/charging/account-asks.ts': [
    ofAccount('Redeem a voucher'),
    ofAccount('Adjust a balance'),
    ofAccount('Transfer money'),
    ofAccount('Add an identity'),
    { ...ofAccount('Remove an identity'), before: before.identity },
    ofAccount('Join a pool'),
    { ...ofAccount('Leave a pool'), before: before.inPool },
  ],
  'subjects/charging/accounts-page.tsx': [{ ...support('/charging', 'Open'), stays: true }],
  'subjects/charging/offer-asks.ts': [
    ofAccount('Change the plan'),
    ofAccount('Buy an add-on'),
    ofAccount('Stop an add-on'),
    ofAccount('Give an allowance'),
    { ...ofAccount('Convert units'), before: before.points },
    ofAccount('Set a spending limit'),
  ],
  'subjects/charging/open-dialog.tsx': [support('/charging', 'Open an account', 'Open an account')],
  'subjects/charging/set-asks.ts': [
    ofAccount('Set the credit limit'),
    ofAccount('Activate, block or close'),
    ofAccount('Say whose it is'),
    ofAccount('How it is reached'),
  ],
  'subjects/charging/top-up.tsx': [{ journey: 'charging' }],
  'subjects/charging/vouchers-page.tsx': [support('/charging/all/vouchers', 'Make vouchers', 'Make vouchers')],
  'subjects/disputes/raise-dialog.tsx': [finance('/disputes', 'Raise a dispute', 'Raise a dispute')],
  'subjects/dunning/dialogs.tsx': [
    finance('/dunning', 'Pause letters', 'Pause letters'),
    finance('/dunning', 'Put on hold', 'Put on hold'),
  ],
  'subjects/dunning/dunning-page.tsx': [{ ...finance('/dunning', 'Make the letters of a day', 'Make the letters of a day'), stays: true }],
  'subjects/invoices/asks.tsx': [
    finance('/invoices', 'Write an invoice', 'More', 'Write an invoice'),
    finance('/invoices', 'Verify all documents', 'More', 'Verify all documents'),
    finance('/invoices', 'Send what is due', 'More', 'Send what is due'),
    { journey: 'operations' },
  ],
  'subjects/invoices/credit-dialog.tsx': [{ journey: 'month' }],
  'subjects/ledger/asks.tsx': [
    finance('/ledger/accounts/andina-usd', 'Move a deposit', 'More', 'Move a deposit'),
    finance('/ledger/accounts/andina-usd', 'Charge interest', 'More', 'Charge interest'),
    finance('/ledger', 'Book accruals', 'More', 'Book accruals'),
    finance('/ledger', 'Revalue balances', 'More', 'Revalue balances'),
    finance('/ledger/entries', 'Reverse', 'Reverse'),
  ],
  'subjects/ledger/close-dialog.tsx': [finance('/ledger', 'Close', 'Close or reopen')],
  'subjects/ledger/enter-dialog.tsx': [finance('/ledger', 'Enter an entry', 'Enter an entry')],
  'subjects/ledger/waiting.tsx': [{ ...finance('/ledger', 'Reject', 'Reject'), before: before.waitingEntry }],
  'subjects/ledger/write-off-dialog.tsx': [{ journey: 'dialogs' }],
  'subjects/netting/netting-page.tsx': [{ ...finance('/netting', 'Cancel the netting', 'Cancel the netting'), before: before.netting }],
  'subjects/netting/nettings-page.tsx': [finance('/netting', 'Propose', 'Propose')],
  'subjects/payments/asks.ts': [
    { ...finance('/payments', 'Say whose it is', 'More', 'Say whose it is'), before: before.payment },
    { ...finance('/payments', 'It is a return', 'More', 'It is a return'), before: before.payment },
  ],
  'subjects/payments/enter-dialog.tsx': [finance('/payments', 'Enter a payment', 'Enter a payment')],
  'subjects/payments/orders.tsx': [{ ...finance('/payments?tab=orders', 'Reject', 'Reject'), before: before.paymentOrder }],
  'subjects/payments/payment-page.tsx': [{ journey: 'month' }],
  'subjects/payments/uses.tsx': [{ journey: 'month' }],
  'subjects/periods/close-dialog.tsx': [{ journey: 'month' }],
  'subjects/portal/account-page.tsx': [{ journey: 'portal' }, { journey: 'portal' }],
  'subjects/portal/dispute-page.tsx': [{ journey: 'portal' }],
  'subjects/portal/documents-page.tsx': [{ journey: 'portal' }],
  'subjects/portal/keys-page.tsx': [partner('/portal/keys', 'Make a key', 'Make a key')],
  'subjects/portal/people-page.tsx': [partner('/portal/users', 'Invite a colleague', 'Invite a colleague')],
  'subjects/portal/rates-page.tsx': [{ journey: 'portal' }],
  'subjects/portal/send-page.tsx': [{ ...partner('/portal/send', 'Read it'), stays: true }],
  'subjects/reconciliation/partner-invoice-page.tsx': [
    { ...finance('/reconciliation', 'Refuse', 'Refuse'), before: before.partnerInvoice },
  ],
  'subjects/reconciliation/take-dialog.tsx': [{ ...finance('/reconciliation', 'Read it', 'Take in their figures'), stays: true }],
  'subjects/reconciliation/take-invoice-dialog.tsx': [
    { ...finance('/reconciliation?tab=invoices', 'Read it', 'Take in an invoice'), stays: true },
  ],
  'subjects/reports/reports-page.tsx': [administrator('/reports', 'Keep and mail', 'Keep and mail')],
  'subjects/settings/audit-page.tsx': [{ ...administrator('/settings/audit-trail', ''), stays: true }],
  'subjects/settings/currencies-page.tsx': [finance('/settings/currencies', 'Give a rate', 'Give a rate')],
  'subjects/settings/exchange-asks.tsx': [
    finance('/settings/currencies', 'Take a file in', 'Take a file in'),
    finance('/settings/currencies', 'What is it worth?', 'What is it worth?'),
  ],
  'subjects/settings/keys-page.tsx': [administrator('/settings/keys', 'Make a key', 'Make a key')],
  'subjects/settings/retention-page.tsx': [
    administrator('/settings/retention', 'Hold', 'Hold'),
    { ...administrator('/settings/retention', 'Release', 'Release'), before: before.hold },
  ],
  'subjects/settings/tax-asks.tsx': [
    finance('/settings/tax', 'Explain a tax', 'Explain a tax'),
    finance('/settings/tax', 'Look for gaps', 'Look for gaps'),
    finance('/settings/tax', 'Take a table in', 'Take a table in'),
    finance('/settings/tax', 'Record a certificate', 'Record a certificate'),
    { journey: 'operations' },
  ],
  'subjects/settings/templates-page.tsx': [finance('/settings/templates', 'Check and keep', 'Add a template')],
  'subjects/settings/users-page.tsx': [administrator('/settings', 'Invite', 'Invite')],
  'subjects/settings/webhooks-page.tsx': [
    administrator('/settings/webhooks', 'Add a webhook', 'Add a webhook'),
    { ...administrator('/settings/webhooks', 'Replay', 'Replay'), before: before.webhook },
  ],
  'subjects/sign-in/invitation-page.tsx': [{ journey: 'account' }],
  'subjects/sign-in/recovery-page.tsx': [{ ...support('/recovery', 'Send the link'), stays: true }],
  'subjects/sources/numbers.tsx': [
    { ...administrator('/sources?tab=numbers', 'Look up a number', 'Look up a number'), before: before.numberTable },
    { ...administrator('/sources?tab=numbers', 'Take a file in', 'Take a file in'), before: before.numberTable },
  ],
  'subjects/statements/statements-page.tsx': [{ ...finance('/statements', 'Show'), stays: true }],
  'subjects/suspense/add-rate.tsx': [{ ...administrator('/suspense', 'Show what it changes', 'Add a rate'), stays: true }],
  'subjects/suspense/suspense-page.tsx': [administrator('/suspense', 'Write off', 'Write off')],
  'subjects/talk/talk.tsx': [{ ...finance('/disputes/1', 'Send'), stays: true }],
  'subjects/usage/asks.tsx': [
    administrator('/sources', 'Load a file', 'Load a file'),
    administrator('/sources?tab=files', 'Take it out of the books', 'More', 'Take it out of the books'),
    administrator('/sources?tab=files', 'Join late parts', 'More', 'Join late parts'),
    { ...administrator('/sources?tab=screening', 'Let pass', 'Let pass'), before: before.screened },
    administrator('/usage', 'Price again', 'Price again'),
    administrator('/usage/1', 'Correct a field', 'More', 'Correct a field'),
  ],
  'subjects/usage/usage-page.tsx': [{ ...support('/usage', 'Search'), stays: true }],
};
