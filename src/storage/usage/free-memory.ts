/**
 * Frees the memory of a buffer that nobody looks at any more, unless it shares it with others. Memory outside V8's heap that waits to be
 * collected makes V8 look through the whole heap for every 64 MB of it: that was a seventh of all processor time of a load.
 */
export function freeMemory({ buffer }: Buffer): void {
  // Small buffers are cut from a pool.
  if (buffer instanceof ArrayBuffer && buffer.byteLength > Buffer.poolSize) buffer.transfer(0);
}
