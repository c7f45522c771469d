/**
 * Waits for all of them, also where one fails, so that nothing goes on behind the caller's back; then throws what failed first. Of use where
 * they are written in one transaction: what goes on behind its end would be in no transaction.
 */
export async function together<T extends readonly unknown[]>(...works: { readonly [K in keyof T]: Promise<T[K]> }): Promise<T> {
  const failed: unknown[] = [];
  for (const work of works) work.catch((error: unknown) => failed.push(error));
  await Promise.allSettled(works);
  if (failed.length > 0) throw failed[0];
  return (await Promise.all(works)) as unknown as T; // of the same places
}
