import type { Installation } from '../installation.ts';

/** What commands about usage need of an installation. */
export type UsageHome = Pick<Installation, 'database' | 'dataFolder' | 'log'>;
