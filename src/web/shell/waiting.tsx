/** While a page is on its way: grey lines where its title and its table will be. */
import { Skeleton } from '@mantine/core';

export function Waiting() {
  return (
    <div className="page" aria-busy="true">
      <Skeleton height={32} width={240} />
      <Skeleton height={32} />
      <Skeleton height={320} />
    </div>
  );
}
