/** From the record batches of a fetch to the messages that count (KIP-98: transactions; control batches are none). */

export interface FetchedRecord {
  readonly offsetDelta: number;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
}

export interface FetchedBatch {
  readonly firstOffset: bigint;
  readonly lastOffsetDelta: number;
  readonly attributes: number;
  readonly producerId: bigint;
  readonly records: readonly FetchedRecord[];
}

export interface AbortedTransaction {
  readonly producerId: bigint;
  readonly firstOffset: bigint;
}

const IS_TRANSACTIONAL = 0x10;
const IS_CONTROL = 0x20;
const ABORT_MARKER = 0;

export interface Messages {
  readonly values: readonly Buffer[];
  /** The offset behind the last one looked at. */
  readonly next: bigint;
}

/** Messages at `from` or behind it, before `before`, and at most so many. A message without a value (a tombstone) is none. */
export function messagesOf(
  batches: readonly FetchedBatch[],
  aborted: readonly AbortedTransaction[],
  from: bigint,
  { messages, before }: { readonly messages: number; readonly before?: bigint },
): Messages {
  const open = [...aborted].sort((a, b) => (a.firstOffset < b.firstOffset ? -1 : 1));
  const abortedProducers = new Set<bigint>();
  const values: Buffer[] = [];
  let next = from;
  for (const batch of batches) {
    const last = batch.firstOffset + BigInt(batch.lastOffsetDelta);
    while (open[0] !== undefined && open[0].firstOffset <= last) abortedProducers.add(open.shift()?.producerId ?? -1n);
    const isControl = (batch.attributes & IS_CONTROL) !== 0;
    if (isControl && isAbort(batch)) abortedProducers.delete(batch.producerId);
    const counts = !isControl && !((batch.attributes & IS_TRANSACTIONAL) !== 0 && abortedProducers.has(batch.producerId));
    for (const { offsetDelta, value } of counts ? batch.records : []) {
      const offset = batch.firstOffset + BigInt(offsetDelta);
      if (offset < from) continue;
      if (before !== undefined && offset >= before) return { values, next: before };
      if (values.length >= messages) return { values, next };
      if (value !== null) values.push(value);
      next = offset + 1n;
    }
    if (before !== undefined && last >= before) return { values, next: before };
    if (last >= next) next = last + 1n;
  }
  return { values, next };
}

/** The key of a control record is a version and a type, both of two bytes. */
function isAbort({ records }: FetchedBatch): boolean {
  const key = records[0]?.key;
  return key != null && key.length >= 4 && key.readInt16BE(2) === ABORT_MARKER;
}
