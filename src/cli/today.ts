/** The machine's local day, for documents that are not given another. */
export function today(): string {
  return Temporal.Now.plainDateISO().toString();
}
