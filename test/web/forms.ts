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
  /** What sending it uses up, made before each time that it is opened. */
  readonly before?: { readonly path: string; readonly body: object };
}

/** A form that needs something before it, and the journey that fills it. */
export interface FormElsewhere {
  readonly journey: string;
}

const finance = (path: string, send: string, ...open: readonly string[]): FormRow => ({ role: 'finance', path, send, open });
const administrator = (path: string, send: string, ...open: readonly string[]): FormRow => ({ role: 'administrator', path, send, open });
const support = (path: string, send: string, ...open: readonly string[]): FormRow => ({ role: 'support', path, send, open });
const partner = (path: string, send: string, ...open: readonly string[]): FormRow => ({ role: 'partner', path, send, open });

/** A form of one field for a reason, of what the demonstration does not have. */
export interface FormUnreached {
  readonly unreached: string;
}

const ofAccount = (label: string): FormRow => support('/charging/dana', label, 'More', label);

/** As many for a file as it has forms. */
export const forms: Readonly<Record<string, readonly (FormRow | FormElsewhere | FormUnreached)[]>> = {
  'parts/sign-in-form.tsx': [{ journey: 'shell' }],
  'parts/table/toolbar.tsx': [{ ...finance('/invoices', 'Keep this view', 'Views'), stays: true }],
  'subjects/account/passkeys.tsx': [{ journey: 'account' }],
  'subjects/account/password.tsx': [{ ...support('/account', 'Change the password'), stays: true }],
  'subjects/account/second-factor.tsx': [support('/account', 'Next', 'Set up'), { journey: 'account' }],
  'subjects/charging/account-asks.ts': [
    ofAccount('Redeem a voucher'),
    ofAccount('Adjust a balance'),
    ofAccount('Transfer money'),
    ofAccount('Add an identity'),
    {
      ...ofAccount('Remove an identity'),
      before: { path: '/v1/charging/accounts/dana/identities', body: { identity: 'msisdn:49301234' } },
    },
    ofAccount('Join a pool'),
    { unreached: 'nobody of the demonstration is in a pool' },
  ],
  'subjects/charging/accounts-page.tsx': [{ ...support('/charging', 'Open'), stays: true }],
  'subjects/charging/offer-asks.ts': [
    ofAccount('Change the plan'),
    ofAccount('Buy an add-on'),
    ofAccount('Stop an add-on'),
    ofAccount('Give an allowance'),
    { unreached: 'the plan of the demonstration turns nothing into something else' },
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
  'subjects/ledger/waiting.tsx': [{ unreached: 'the demonstration asks for no second person' }],
  'subjects/ledger/write-off-dialog.tsx': [{ journey: 'dialogs' }],
  'subjects/netting/netting-page.tsx': [{ unreached: 'no netting waits in the demonstration' }],
  'subjects/netting/nettings-page.tsx': [finance('/netting', 'Propose', 'Propose')],
  'subjects/payments/asks.ts': [
    { unreached: 'every payment of the demonstration is settled by its journeys' },
    { unreached: 'every payment of the demonstration is settled by its journeys' },
  ],
  'subjects/payments/enter-dialog.tsx': [finance('/payments', 'Enter a payment', 'Enter a payment')],
  'subjects/payments/payment-page.tsx': [{ journey: 'month' }],
  'subjects/periods/close-dialog.tsx': [{ journey: 'month' }],
  'subjects/portal/account-page.tsx': [{ journey: 'portal' }, { journey: 'portal' }],
  'subjects/portal/dispute-page.tsx': [{ journey: 'portal' }],
  'subjects/portal/documents-page.tsx': [{ journey: 'portal' }],
  'subjects/portal/keys-page.tsx': [partner('/portal/keys', 'Make a key', 'Make a key')],
  'subjects/portal/people-page.tsx': [partner('/portal/users', 'Invite a colleague', 'Invite a colleague')],
  'subjects/portal/rates-page.tsx': [{ journey: 'portal' }],
  'subjects/portal/send-page.tsx': [{ ...partner('/portal/send', 'Read it'), stays: true }],
  'subjects/reconciliation/partner-invoice-page.tsx': [{ unreached: 'no partner has sent an invoice in the demonstration' }],
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
    { unreached: 'nothing is held back in the demonstration' },
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
    { unreached: 'the demonstration has no webhook' },
  ],
  'subjects/sign-in/invitation-page.tsx': [{ journey: 'account' }],
  'subjects/sign-in/recovery-page.tsx': [{ ...support('/recovery', 'Send the link'), stays: true }],
  'subjects/sources/numbers.tsx': [
    { unreached: 'the demonstration has no number tables' },
    { unreached: 'the demonstration has no number tables' },
  ],
  'subjects/statements/statements-page.tsx': [{ ...finance('/statements', 'Show'), stays: true }],
  'subjects/suspense/add-rate.tsx': [{ ...administrator('/suspense', 'Show what it changes', 'Add a rate'), stays: true }],
  'subjects/suspense/suspense-page.tsx': [administrator('/suspense', 'Write off', 'Write off')],
  'subjects/talk/talk.tsx': [{ ...finance('/disputes/1', 'Send'), stays: true }],
  'subjects/usage/asks.tsx': [
    administrator('/sources', 'Load a file', 'Load a file'),
    administrator('/sources?tab=files', 'Take it out of the books', 'More', 'Take it out of the books'),
    administrator('/sources?tab=files', 'Join late parts', 'More', 'Join late parts'),
    { unreached: 'the demonstration screens nothing' },
    administrator('/usage', 'Price again', 'Price again'),
    administrator('/usage/1', 'Correct a field', 'More', 'Correct a field'),
  ],
  'subjects/usage/usage-page.tsx': [{ ...support('/usage', 'Search'), stays: true }],
};
