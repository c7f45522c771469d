/** Protocol errors that a message itself can earn, with their Result-Code (RFC 6733 §7.1.3, §7.1.5). */
export const protocolErrors = {
  DIAMETER_COMMAND_UNSUPPORTED: 3001,
  DIAMETER_APPLICATION_UNSUPPORTED: 3007,
  DIAMETER_INVALID_HDR_BITS: 3008,
  DIAMETER_INVALID_AVP_BITS: 3009,
  DIAMETER_AVP_UNSUPPORTED: 5001,
  DIAMETER_INVALID_AVP_VALUE: 5004,
  DIAMETER_MISSING_AVP: 5005,
  DIAMETER_AVP_NOT_ALLOWED: 5008,
  DIAMETER_AVP_OCCURS_TOO_MANY_TIMES: 5009,
  DIAMETER_NO_COMMON_APPLICATION: 5010,
  DIAMETER_UNSUPPORTED_VERSION: 5011,
  DIAMETER_INVALID_AVP_LENGTH: 5014,
  DIAMETER_INVALID_MESSAGE_LENGTH: 5015,
} as const;
export type ProtocolError = keyof typeof protocolErrors;

export interface DiameterFault {
  readonly error: ProtocolError;
  /** False: a peer should do otherwise, and the message can be used. */
  readonly fatal: boolean;
  /** Of the octet, from the start of the message. */
  readonly offset: number;
  /** Names of the groups and the AVP: `Multiple-Services-Credit-Control > Rating-Group`; empty for the header. */
  readonly path: string;
  readonly message: string;
  /** Offsets of the headers of the AVPs that lead to it, from the outermost; empty for the header, or a missing AVP of the message. */
  readonly chain: readonly number[];
  /** Of DIAMETER_MISSING_AVP. */
  readonly missing?: { readonly code: number; readonly vendor: number; readonly zeros: number };
}
