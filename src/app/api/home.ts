import type { UploadBooks } from '#operations/uploads/ports.ts';
import type { Aside } from '../aside/aside.ts';
import type { Installation } from '../installation.ts';

/** What operations of the business need of an installation. */
export interface ApiHome extends Pick<Installation, 'database' | 'dataFolder' | 'log' | 'settings'> {
  readonly uploads: UploadBooks;
}

/** With threads for what costs much. */
export interface AskedHome extends ApiHome {
  readonly aside: Aside;
}
