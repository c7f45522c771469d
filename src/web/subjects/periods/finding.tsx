/** What is open of a period, in the language of the reader; where it was told without pieces, what was checked and the case as it was told. */
import { useLanguage } from '../../shell/language.ts';
import { Told } from '../refusals/refusals.tsx';
import { Pieces, type Said } from '../said/said.tsx';
import { useWord } from '../words/words.ts';

/** As the API tells it. */
export interface Open {
  readonly check: string;
  readonly detail: string;
  readonly said?: Said;
}

export function Finding({ check, detail, said }: Open) {
  const word = useWord();
  const isEnglish = useLanguage() === 'en';
  if (said !== undefined) return <Pieces said={said} />;
  return isEnglish ? (
    detail
  ) : (
    <>
      {word(`check ${check}`)} <Told>{detail}</Told>
    </>
  );
}
