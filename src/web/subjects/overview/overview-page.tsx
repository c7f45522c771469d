/** The overview. */
import { Page } from '../../parts/page.tsx';
import { useTexts } from './texts.ts';

export function OverviewPage() {
  const t = useTexts();
  return <Page title={t('title')}>{null}</Page>;
}
