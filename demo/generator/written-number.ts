/** How each trunk writes numbers; the trunks of `examples/demo-operator` have the rules that undo it. */
import type { TrunkOwner } from './call.ts';

/** Technical prefix that Andina dials before each number. */
const ANDINA_PREFIX = '7788#';

export function writtenCalled(owner: TrunkOwner, digits: string): string {
  switch (owner) {
    case 'atlantic':
      return digits.startsWith('1') ? digits.slice(1) : `011${digits}`;
    case 'rheinland':
      return `00${digits}`;
    case 'andina':
      return `${ANDINA_PREFIX}${digits}`;
    case 'own':
    case 'nobody':
      return `+${digits}`;
  }
}

export function writtenCaller(owner: TrunkOwner, digits: string | undefined): string {
  if (digits === undefined) return 'anonymous';
  return owner === 'atlantic' && digits.startsWith('1') ? digits.slice(1) : `+${digits}`;
}
