/** Every list of the API that grows with the business, with its filters, orders and pages: the first, one in the depth, what is rare, and what is not there. */
import { calledOf, FIRST_DAY } from './write-usage.ts';

export interface AskedList {
  readonly name: string;
  /** Whose key asks: the house's, or that of a partner, who sees its own rows. */
  readonly as: 'house' | 'partner';
  readonly path: string;
  /** Entries that must come; -1: none may. */
  readonly least: number;
}

export interface SeededSizes {
  readonly records: number;
  readonly days: number;
  readonly destinations: number;
  /** Of each other kind. */
  readonly others: number;
}

const cursor = (...keys: readonly (string | number)[]): string => `cursor=${Buffer.from(JSON.stringify(keys)).toString('base64url')}`;

export function listsOf({ records, days, destinations, others }: SeededSizes): readonly AskedList[] {
  const middle = Math.floor(records / 2);
  const half = Math.floor(others / 2);
  const called = calledOf(middle, destinations);
  const dayOf = (at: number): string => new Date(Date.parse(FIRST_DAY) + at * 86_400_000).toISOString();
  const dateOf = (at: number): string => dayOf(at).slice(0, 10);
  const deep = cursor(dateOf(Math.floor((days - 1) / 2)), middle);
  const house = (name: string, path: string, least: number): AskedList => ({ name, as: 'house', path, least });
  const usage = (name: string, query: string, least: number): AskedList => house(`usage${name}`, `/v1/usage/records?${query}`, least);
  const partner = (name: string, path: string, least: number): AskedList => ({
    name: `partner_${name}`,
    as: 'partner',
    path: `/v1/${path}`,
    least,
  });
  return [
    usage('', '', 50),
    usage('_deep', deep, 50),
    usage('_number', `called=${called}&exact=true`, 1),
    usage('_number_unknown', 'number=999912345678&exact=true', -1),
    usage('_prefix', 'called=20', 50),
    usage('_prefix_deep', `called=20&${deep}`, 50),
    usage('_prefix_rare', `called=${called.slice(0, 9)}`, 1),
    usage('_call', `callId=call-${middle}`, 1),
    usage('_call_unknown', 'callId=nowhere', -1),
    usage('_trunk', 'trunk=trunk-7', 50),
    usage('_trunk_unknown', 'trunk=nowhere', -1),
    usage('_partner', 'partner=partner-3', 50),
    usage('_agreement', 'agreement=partner-3', 50),
    usage('_agreement_deep', `agreement=partner-3&${deep}`, 50),
    usage('_agreement_destination', `agreement=partner-3&destination=${encodeURIComponent(`Destination ${destinations - 7}`)}`, 1),
    usage('_destination_rare', `destination=${encodeURIComponent(`Destination ${destinations - 1}`)}`, 1),
    usage('_destination_unknown', 'destination=Atlantis', -1),
    usage('_day', `from=${dayOf(days - 10)}&to=${dayOf(days - 9)}`, 50),
    usage('_hour', `from=${dayOf(3).slice(0, 11)}07:00:00Z&to=${dayOf(3).slice(0, 11)}08:00:00Z`, 50),
    usage('_hour_number', `number=999912345678&from=${dayOf(3).slice(0, 11)}07:00:00Z&to=${dayOf(3).slice(0, 11)}08:00:00Z`, -1),
    usage('_answered_destination', `answered=true&destination=${encodeURIComponent('Destination 1')}`, 1),
    usage('_unanswered', 'answered=false', 50),
    usage('_service_unknown', 'service=sms', -1),
    usage('_file', 'file=seeded-3.csv', 50),
    usage('_held', 'status=held', 50),
    usage('_held_deep', `status=held&${cursor(dateOf(3), 2 * records)}`, 50),
    usage('_held_reason', 'status=held&reason=no-rate', 50),
    usage('_held_reason_unknown', 'status=held&reason=nowhere', -1),
    usage('_held_trunk', 'status=held&trunk=trunk-7', 50),
    usage('_duplicate', 'status=duplicate', 50),
    usage('_duplicate_file', 'status=duplicate&file=seeded-3.csv', 50),
    usage('_rejected', 'status=rejected', 0),
    house('suspense', '/v1/usage/suspense', 1),
    house('held_groups', '/v1/usage/suspense/groups', 1),
    house('usage_files', '/v1/usage/files', 50),
    house('usage_files_name', '/v1/usage/files?file=seeded-3.csv', 1),
    house('jobs', '/v1/jobs', 50),
    house('jobs_deep', `/v1/jobs?${cursor(half)}`, 50),
    house('jobs_state_rare', '/v1/jobs?state=failed', 1),
    house('jobs_state_none', '/v1/jobs?state=cancelled', -1),
    house('jobs_kind_none', '/v1/jobs?kind=rerate-usage', -1),
    house('audit_trail', '/v1/audit-trail', 50),
    house('audit_trail_deep', `/v1/audit-trail?${cursor(String(half))}`, 50),
    house('audit_trail_who', '/v1/audit-trail?who=user-7', 50),
    house('audit_trail_name', '/v1/audit-trail?who=clerk-7', 50),
    house('audit_trail_name_rare', '/v1/audit-trail?who=rarely@house.example', 1),
    house('audit_trail_name_none', '/v1/audit-trail?who=nobody@house.example', -1),
    house('audit_trail_subject', '/v1/audit-trail?subjectKind=dispute&subject=dispute-77', 50),
    house('audit_trail_subject_none', '/v1/audit-trail?subject=dispute-nowhere', -1),
    house('audit_trail_stage_rare', '/v1/audit-trail?stage=refused', 1),
    house('audit_trail_operation_rare', '/v1/audit-trail?operation=closePeriod', 1),
    house('audit_trail_past', '/v1/audit-trail?from=2026-10-02T00:00:00Z&to=2026-10-02T01:00:00Z', 1),
    house('audit_trail_past_who_none', '/v1/audit-trail?from=2026-10-02T00:00:00Z&to=2026-10-02T01:00:00Z&who=nobody', -1),
    house('ledger', '/v1/ledger/entries', 50),
    house('ledger_deep', `/v1/ledger/entries?${cursor(half)}`, 50),
    house('ledger_account', '/v1/ledger/entries?account=partner-3', 50),
    house('ledger_account_deep', `/v1/ledger/entries?account=partner-3&${cursor(half)}`, 50),
    house('ledger_document', `/v1/ledger/entries?document=D-${half}`, 1),
    house('ledger_ledger_account_rare', '/v1/ledger/entries?ledgerAccount=write-off', 1),
    house('ledger_kind_rare', '/v1/ledger/entries?kind=write-off', 1),
    house('ledger_days', '/v1/ledger/entries?from=2026-06-01&to=2026-06-02', 50),
    house('ledger_days_none', '/v1/ledger/entries?from=2029-06-01', -1),
    house('documents', '/v1/documents', 50),
    house('documents_latest', '/v1/documents?sort=-issueDay', 50),
    house('documents_deep', `/v1/documents?${cursor('2025-10-01', half)}`, 50),
    house('documents_account', '/v1/documents?account=partner-3&sort=-issueDay', 50),
    house('documents_kind_rare', '/v1/documents?kind=debit-note', 1),
    house('documents_number', `/v1/documents?number=D-${half}`, 1),
    house('documents_number_none', '/v1/documents?number=nowhere', -1),
    house('documents_days', '/v1/documents?from=2026-06-01&to=2026-06-30&sort=-issueDay', 50),
    house('webhook_messages', '/v1/webhook-messages', 50),
    house('webhook_messages_failed', '/v1/webhook-messages?state=failed', 1),
    house('accounts_charging', '/v1/charging/accounts', 0),
    partner('calls', `portal/calls?from=${dateOf(0)}&to=${dateOf(days - 1)}`, 50),
    partner('calls_day', `portal/calls?from=${dateOf(9)}&to=${dateOf(9)}`, 50),
    partner(
      'calls_deep',
      `portal/calls?from=${dateOf(0)}&to=${dateOf(days - 1)}&${cursor(Date.parse(dayOf(14)) * 1_000 + 40_000_000_000, '0', 'in')}`,
      50,
    ),
    partner('calls_none', 'portal/calls?from=2029-01-01&to=2029-12-31', -1),
    partner('documents', 'documents', 50),
    partner('documents_latest', 'documents?sort=-issueDay', 50),
    partner('documents_deep', `documents?${cursor('2025-10-01', half)}`, 50),
    partner('documents_foreign', `documents?number=D-${half - (half % 20) + 4}`, -1),
    partner('statements', 'portal/statements', 0),
    partner('disputes', 'disputes', 0),
  ];
}
