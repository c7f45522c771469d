/** Settings of how long what is kept. */
import type { SettingKey } from './settings.ts';

export interface RetentionSettings {
  /** Days; 0: for ever. */
  readonly retention: {
    /** Events of usage with their charges. */
    readonly usageDays: number;
    /** Raw files of sources that do not say it themselves (archiveDays). */
    readonly archiveDays: number;
    /** The journal of balances of online charging. */
    readonly journalDays: number;
    /** Commands and transfers of online charging that are over. */
    readonly commandsDays: number;
    /** What sights in the audit trail tell. */
    readonly sightsDays: number;
    /** What other entries of the audit trail tell. */
    readonly auditDays: number;
    /** Sessions, links and attempts of signing in, after they are over. */
    readonly signInDays: number;
    /** Long work, after it ended. */
    readonly jobsDays: number;
    /** What was told to systems of others, with its attempts, after it was over. */
    readonly webhooksDays: number;
    /** Answers of the API that are kept for repetitions; one at least, as clients rely on it. */
    readonly answersDays: number;
    /** When `carillon serve` deletes, UTC; empty: it does not. */
    readonly at: string;
  };
}

type Kind = SettingKey['kind'];

const time: Kind = {
  expected: 'empty, or a time of the day such as 03:00',
  parse: (value) => (value === '' || /^([01]\d|2[0-3]):[0-5]\d$/.test(value) ? value : undefined),
};

/** `whole`: of the settings that share it. */
export function retentionSettingKeys({ whole }: { whole: (least: number, most: number) => Kind }): readonly SettingKey[] {
  const days = (name: string, environment: string, fallback: number): SettingKey => ({
    ...{ key: `retention.${name}`, environment: `CARILLON_RETENTION_${environment}`, kind: whole(0, 36_500), fallback },
  });
  return [
    days('usageDays', 'USAGE_DAYS', 0),
    days('archiveDays', 'ARCHIVE_DAYS', 0),
    days('journalDays', 'JOURNAL_DAYS', 0),
    days('commandsDays', 'COMMANDS_DAYS', 0),
    days('sightsDays', 'SIGHTS_DAYS', 0),
    days('auditDays', 'AUDIT_DAYS', 0),
    days('signInDays', 'SIGN_IN_DAYS', 90),
    days('jobsDays', 'JOBS_DAYS', 0),
    days('webhooksDays', 'WEBHOOKS_DAYS', 90),
    { ...days('answersDays', 'ANSWERS_DAYS', 1), kind: whole(1, 365) },
    { key: 'retention.at', environment: 'CARILLON_RETENTION_AT', kind: time, fallback: '03:00' },
  ];
}
