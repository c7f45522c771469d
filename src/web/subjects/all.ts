/** All subjects, in the order of the navigation. */

import { charging } from './charging/subject.ts';
import { disputes } from './disputes/subject.ts';
import { invoices } from './invoices/subject.ts';
import { ledger } from './ledger/subject.ts';
import { netting } from './netting/subject.ts';
import { overview } from './overview/subject.ts';
import { partners } from './partners/subject.ts';
import { payments } from './payments/subject.ts';
import { periods } from './periods/subject.ts';
import { portal, portalPlaces } from './portal/subject.ts';
import { reconciliation } from './reconciliation/subject.ts';
import { settings } from './settings/subject.ts';
import { signIn } from './sign-in/subject.ts';
import { statements } from './statements/subject.ts';

export const subjects = [
  overview,
  partners,
  periods,
  statements,
  invoices,
  reconciliation,
  disputes,
  payments,
  netting,
  ledger,
  charging,
  settings,
  portal,
  ...portalPlaces,
  signIn,
] as const;
