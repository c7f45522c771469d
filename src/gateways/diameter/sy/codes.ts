/** Codes of Sy (TS 29.219 §5). */

/** Its application. */
export const SY = 16_777_302;
export const SPENDING_LIMIT = 8_388_635;
export const SESSION_TERMINATION = 275;
export const VENDOR_3GPP = 10_415;

/** Experimental-Result-Code (§5.5). */
export const experimentalResults = {
  DIAMETER_ERROR_NO_AVAILABLE_POLICY_COUNTERS: 4241,
  DIAMETER_ERROR_UNKNOWN_POLICY_COUNTERS: 5570,
} as const;

/** SL-Request-Type (§5.3.4). */
export const requestTypes = { initial: 0, intermediate: 1 } as const;

/** Bits of SN-Request-Type (§5.3.7); without the AVP it is a normal request. */
export const ABORT_SESSION = 2;
