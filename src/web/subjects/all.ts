/** All subjects, in the order of the navigation. */

import { account } from './account/subject.ts';
import { charging } from './charging/subject.ts';
import { disputes } from './disputes/subject.ts';
import { dunning } from './dunning/subject.ts';
import { invoices } from './invoices/subject.ts';
import { jobs } from './jobs/subject.ts';
import { ledger } from './ledger/subject.ts';
import { netting } from './netting/subject.ts';
import { overview } from './overview/subject.ts';
import { partners } from './partners/subject.ts';
import { payments } from './payments/subject.ts';
import { periods } from './periods/subject.ts';
import { portal, portalPlaces } from './portal/subject.ts';
import { rateSheets } from './rate-sheets/subject.ts';
import { reconciliation } from './reconciliation/subject.ts';
import { reports } from './reports/subject.ts';
import { settings } from './settings/subject.ts';
import { signIn } from './sign-in/subject.ts';
import { sources } from './sources/subject.ts';
import { statements } from './statements/subject.ts';
import { suspense } from './suspense/subject.ts';
import { usage } from './usage/subject.ts';

export const subjects = [
  overview,
  partners,
  rateSheets,
  usage,
  suspense,
  periods,
  statements,
  invoices,
  reconciliation,
  disputes,
  payments,
  dunning,
  netting,
  ledger,
  charging,
  reports,
  sources,
  jobs,
  settings,
  portal,
  ...portalPlaces,
  account,
  signIn,
] as const;
