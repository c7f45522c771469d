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

/** All Result-Codes that a node gives (RFC 6733 §7.1) and those of credit control (RFC 8506 §9). */
export const resultCodes = {
  DIAMETER_SUCCESS: 2001,
  DIAMETER_LIMITED_SUCCESS: 2002,
  DIAMETER_UNABLE_TO_DELIVER: 3002,
  DIAMETER_REALM_NOT_SERVED: 3003,
  DIAMETER_TOO_BUSY: 3004,
  DIAMETER_LOOP_DETECTED: 3005,
  DIAMETER_UNKNOWN_PEER: 3010,
  DIAMETER_ELECTION_LOST: 4003,
  DIAMETER_END_USER_SERVICE_DENIED: 4010,
  DIAMETER_CREDIT_CONTROL_NOT_APPLICABLE: 4011,
  DIAMETER_CREDIT_LIMIT_REACHED: 4012,
  DIAMETER_UNKNOWN_SESSION_ID: 5002,
  DIAMETER_AUTHORIZATION_REJECTED: 5003,
  DIAMETER_RESOURCES_EXCEEDED: 5006,
  DIAMETER_CONTRADICTING_AVPS: 5007,
  DIAMETER_UNABLE_TO_COMPLY: 5012,
  DIAMETER_NO_COMMON_SECURITY: 5017,
  DIAMETER_USER_UNKNOWN: 5030,
  DIAMETER_RATING_FAILED: 5031,
  ...protocolErrors,
} as const;
export type ResultName = keyof typeof resultCodes;

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
