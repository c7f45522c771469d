/** What access needs of storage. */
/** A key as it is kept: its secret only as a hash. */
export interface ApiKey {
  /** Part of the key itself, for people and logs. */
  readonly id: string;
  readonly name: string;
  /** Of the list in `permissions.ts`; one that a later release took out of it allows nothing. */
  readonly permissions: readonly string[];
  readonly createdMicros: number;
  readonly createdBy: string;
  readonly expiresMicros: number | undefined;
  readonly revokedMicros: number | undefined;
  /** To the minute. */
  readonly lastUsedMicros: number | undefined;
}

export type NewApiKey = Pick<ApiKey, 'id' | 'name' | 'permissions' | 'createdBy' | 'expiresMicros'>;

export interface KeyBooks {
  insert(key: NewApiKey, secretHash: Buffer): Promise<void>;
  /** By the time of their making. */
  all(): Promise<readonly ApiKey[]>;
  find(id: string): Promise<{ readonly key: ApiKey; readonly secretHash: Buffer } | undefined>;
  /** False: no key has this id. Revoking twice leaves the first time. */
  revoke(id: string): Promise<boolean>;
  /** It was used now. */
  used(id: string): Promise<void>;
}
