/** What is said of an address of console or portal, role by role: a letter stands for a role, a dot for one that has nothing of it. */
export const letters = {
  A: 'administrator',
  I: 'interconnect-manager',
  F: 'finance',
  N: 'network-engineer',
  P: 'product-manager',
  S: 'support',
  U: 'auditor',
  T: 'partner',
  C: 'customer',
} as const;
export type Letter = keyof typeof letters;

/** Something that is done here: its button, or its item in a menu. */
export interface Act {
  readonly who: string;
  /** As the closed list of permissions calls what it takes, all of them. */
  readonly may: string;
  /** It is in this menu. */
  readonly menu?: string;
  /** Its form is on the page, or it asks nothing first; otherwise a dialog opens. */
  readonly here?: true;
}

export interface Row {
  readonly path: string;
  readonly title: string;
  /** Who reads it; all others are told that it is not for their role. */
  readonly sees: string;
  /** The permission to read it; left out: everybody's. */
  readonly may?: string;
  /** Whose navigation has it, by its address. */
  readonly nav?: string;
  /** Of the demonstration's month; it stands on the page of who reads it. */
  readonly shows?: string;
  /** Headings, figures and tables that not all of them have. */
  readonly parts?: Readonly<Record<string, string>>;
  readonly acts?: Readonly<Record<string, Act>>;
  /** Who sees numbers of subscribers whole, in the column or pair of this name. */
  readonly whole?: string;
  /** Where this address leads who has nothing of it: the first of these rows that they read. */
  readonly instead?: readonly string[];
  /** Among the tabs of its area, where that is not its title. */
  readonly tab?: string;
}

export const manage = (who: string, may: string, more: Partial<Act> = {}): Act => ({ who, may, ...more });
