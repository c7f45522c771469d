/** What came of taking records up, or of writing them off. */
import { formatFigure } from '../../parts/figures.ts';
import type { useTexts } from './texts.ts';

export function summaryOf(result: Readonly<Record<string, unknown>>, t: ReturnType<typeof useTexts>, language: string): string {
  const count = (name: string): string => formatFigure(String(result[name] ?? 0), { language });
  if ('writtenOff' in result) return t('writtenOff', { count: count('writtenOff') });
  return t('result', { rated: count('rated'), held: count('held'), rejected: count('rejected'), duplicate: count('duplicate') });
}
