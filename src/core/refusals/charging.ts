import type { RefusalMeaning } from '../refusals.ts';

/** Accounts of online charging, their balances and plans. */
export const chargingRefusals = {
  'charging.account-closed': {
    meaning: 'The account is closed; its balances stay as they are.',
    http: 409,
    remedy: 'Open a new account.',
  },
  'charging.account-exists': {
    meaning: 'Charging has an account of this name already, or an account with this identity.',
    http: 409,
    remedy: 'Choose another name, or look at the account with `carillon charge account`.',
  },
  'charging.key-used': {
    meaning: 'Another command was given under this key, or it begins with `transfer:`, `voucher:` or `open:`, as Carillon’s own do.',
    http: 409,
    remedy: 'Choose another key, or none.',
  },
  'charging.not-in-time': {
    meaning: 'No engine came to the command in time. It is kept, and will be done.',
    http: 503,
    remedy: 'Give the same command with the same key again to see what became of it.',
  },
  'charging.voucher-over': {
    meaning: 'The voucher’s validity has ended, or its batch was stopped.',
    http: 409,
    remedy: 'Use another voucher.',
  },
  'charging.voucher-unknown': {
    meaning: 'No voucher has this code, or no batch this number.',
    http: 404,
    remedy: 'Look at the digits again.',
  },
  'charging.voucher-used': {
    meaning: 'The voucher was used.',
    http: 409,
    remedy: 'Use another voucher; the history of the account that used it names its serial.',
  },
  'charging.add-on-unknown': {
    meaning: 'No add-on has this name, or the account does not have it.',
    http: 404,
    remedy: 'Correct the name; the configuration lists the add-ons.',
  },
  'charging.allowance-unknown': {
    meaning: 'No allowance has this name.',
    http: 404,
    remedy: 'Correct the name; the configuration lists the allowances.',
  },
  'charging.amount-wrong': {
    meaning: 'The amount is zero, negative, too large, or no multiple of what can be converted.',
    http: 422,
    remedy: 'Write the amount as 10.00, or in whole units.',
  },
  'charging.balance-too-low': {
    meaning: 'The account has less than that, besides what running sessions have set aside.',
    http: 409,
    remedy: 'Look at the account with `carillon charge account`, and take at most what is free.',
  },
  'charging.bucket-unknown': {
    meaning: 'The account has no such bucket in this unit.',
    http: 404,
    remedy: '`carillon charge account` lists the buckets with their numbers.',
  },
  'charging.control-fixed': {
    meaning: 'The plan does not let the customer go beyond this control.',
    http: 409,
    remedy: 'Set `mayAgree` on the control, or leave it.',
  },
  'charging.control-unknown': {
    meaning: 'The account’s plan has no control of spending with this name.',
    http: 404,
    remedy: 'Correct the name; the plan lists its controls.',
  },
  'charging.conversion-unknown': {
    meaning: 'The allowance is not converted into that.',
    http: 409,
    remedy: 'Add the conversion to the allowance.',
  },
  'charging.currency-differs': {
    meaning: 'An account keeps its money in one currency, and this is another.',
    http: 422,
    remedy: 'Name the amount in the account’s currency.',
  },
  'charging.limit-out-of-bounds': {
    meaning: 'The plan does not let the customer set this limit: it is below its `leastLimit`, or above its `mostLimit`.',
    http: 422,
    remedy: 'Set one in between; `carillon charge control <account>` shows them.',
  },
  'charging.limit-too-low': {
    meaning: 'The account owes more, or has more set aside, than the new credit limit would allow.',
    http: 409,
    remedy: 'Top the account up first, or set a higher limit.',
  },
  'charging.plan-unknown': {
    meaning: 'No plan has this name, or none of its versions is in force.',
    http: 404,
    remedy: 'Correct the name, or apply a version that is valid now.',
  },
  'charging.pool-of-itself': {
    meaning: 'An account cannot be a member of itself.',
    http: 422,
    remedy: 'Name the account of the pool.',
  },
  'charging.transfer-to-itself': {
    meaning: 'A transfer is between two accounts.',
    http: 422,
    remedy: 'Name another account.',
  },
  'charging.credit-exhausted': {
    meaning: 'There is nothing left that this use could be paid from.',
    http: 402,
    remedy: 'Top the account up, or use a voucher.',
  },
  'charging.limit-reached': {
    meaning: 'A control of spending, of the plan or the customer’s own, stops the use; there may be money.',
    http: 402,
    remedy:
      'Raise the limit or let the customer agree to go beyond (`carillon charge control`), or wait for its next period. A top-up does not help.',
  },
  'charging.no-price': {
    meaning: 'No price could be found for the use.',
    http: 422,
    remedy: 'Look at the numbers and facts sent, and at the rates of the plan’s tariff.',
  },
  'charging.out-of-order': {
    meaning: 'A later request of the session has been answered already, or its reference was used by a session that is over.',
    http: 409,
    remedy: 'Number the updates of a session upwards, and take a new reference for each session.',
  },
  'charging.service-denied': {
    meaning: 'The plan does not have the service, or the account or a control of spending blocks it.',
    http: 403,
    remedy: 'Look at the account’s status, plan and controls.',
  },
  'charging.units-not-fitting': {
    meaning: 'The units asked for or reported are not those in which the service is counted.',
    http: 422,
    remedy: 'Count voice in seconds, data in bytes, messages in events.',
  },
  'charging.session-unknown': {
    meaning: 'The account has no such running session.',
    http: 404,
    remedy: '`carillon charge account` lists the running sessions.',
  },
  'charging.validity-over': {
    meaning: 'What is added would have ended before it began.',
    http: 422,
    remedy: 'Name an instant in the future.',
  },
} as const satisfies Record<string, RefusalMeaning>;
