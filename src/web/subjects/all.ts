/** All subjects, in the order of the navigation. */
import { overview } from './overview/subject.ts';
import { partners } from './partners/subject.ts';
import { signIn } from './sign-in/subject.ts';

export const subjects = [overview, partners, signIn] as const;
