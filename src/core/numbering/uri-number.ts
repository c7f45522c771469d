/**
 * `tel:+4930123;phone-context=…`, `sip:+4930123@ims.example.net` and `+4930123` as digits without separators (RFC 3966 §5.1.1,
 * RFC 3261 §19.1.6); undefined for what has no number.
 */
export function numberOfUri(address: string | undefined): string | undefined {
  const found = /^(?:tel:|sips?:)?\+?([0-9*#][0-9*#().-]*)(?:[@;].*)?$/i.exec(address ?? '');
  return found?.[1]?.replace(/[().-]/g, '');
}
