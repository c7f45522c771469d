/** What a table of the database holds, in words of people: the report of an erasure names tables. */

const kinds = [
  ['calls', /^(usage_|number_|rollup|screening_)/],
  ['charging', /^(charging_|voucher|credit_alarm|account_hold)/],
  ['notices', /^notification/],
  ['sign-in', /^(sign_in\.|api_)/],
  ['trail', /^audit_/],
  ['books', /^(ledger_|invoice|statement_|text_block|late_refused|payment|bank_file|netting|exchange_rate|card_|tax_|delivery|closing_)/],
  ['partners', /^(dispute|partner_invoice|declaration|kept_file|dunning_|sent_rate_sheet|rate_)/],
  ['jobs', /^(job|upload|person_|report_|collect|kafka_)/],
  ['webhooks', /^webhook_/],
  ['configuration', /^(config_version|knowledge)$/],
  ['retention', /^retention_/],
] as const;

export type HeldKind = (typeof kinds)[number][0];

/** Undefined: a table that no kind has; it is told by its name alone. */
export function heldKind(table: string): HeldKind | undefined {
  return kinds.find(([, names]) => names.test(table))?.[0];
}
