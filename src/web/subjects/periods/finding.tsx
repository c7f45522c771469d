/** What is open of a period: the case as it was told, and in other languages than English what was checked before it. */
import { useLanguage } from '../../shell/language.ts';
import { Told } from '../refusals/refusals.tsx';
import { useWord } from '../words/words.ts';

export function Finding({ check, detail }: { readonly check: string; readonly detail: string }) {
  const word = useWord();
  return useLanguage() === 'en' ? (
    detail
  ) : (
    <>
      {word(`check ${check}`)} <Told>{detail}</Told>
    </>
  );
}
