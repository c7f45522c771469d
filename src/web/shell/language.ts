/** Texts: one catalogue for each subject and language, loaded when its subject is opened. */
import i18next, { type BackendModule } from 'i18next';
import { useCallback } from 'react';
import { initReactI18next, useTranslation } from 'react-i18next';

export const languages = { en: 'English', de: 'Deutsch', ar: 'العربية' } as const;
/** In each of these customers are told, by mail and SMS. */
export const messageLanguages = { ...languages, fr: 'Français', es: 'Español', pt: 'Português' } as const;
export type Language = keyof typeof languages;

const KEPT = 'carillon.language';
const rightToLeft: readonly string[] = ['ar'];

type Catalogue = Readonly<Record<string, string>>;
const files = import.meta.glob<Catalogue>(['../subjects/*/texts/*.json', './texts/*.json'], { import: 'default' });

const backend: BackendModule = {
  type: 'backend',
  init: () => undefined,
  read(language, name, done) {
    const load = files[name === 'shell' ? `./texts/${language}.json` : `../subjects/${name}/texts/${language}.json`];
    if (load === undefined) done(new Error(`there is no catalogue ${name} in ${language}`), null);
    else
      load().then(
        (texts) => done(null, texts),
        (error: unknown) => done(error instanceof Error ? error : new Error(String(error)), null),
      );
  },
};

/**
 * What pages may say when an answer of the server has come. They are there before a page is: one that waited for them later gave way to grey lines, and who was typing in it lost
 * the field and the letters.
 */
const everywhere = ['said', 'words'];

export function useTextsEverywhere(): void {
  useTranslation(everywhere);
}

export async function startTexts(): Promise<void> {
  i18next.on('languageChanged', (language) => {
    document.documentElement.lang = language;
    document.documentElement.dir = directionOf(language);
  });
  await i18next
    .use(initReactI18next)
    .use(backend)
    .init({
      lng: chosenLanguage(),
      fallbackLng: 'en',
      supportedLngs: Object.keys(languages),
      ns: ['shell'],
      defaultNS: 'shell',
      keySeparator: false,
      nsSeparator: false,
      // React escapes. From right to left what is put into a sentence keeps its own order: a day beside Arabic letters would be read from its end.
      interpolation: { escape: (value: string) => (i18next.dir() === 'rtl' ? `\u2068${value}\u2069` : value) },
    });
  // Beside what else the first page needs.
  void i18next.loadNamespaces(everywhere);
  // `{{service, word}}`: a word of a closed list; `{{mode, rounding}}`: the word `rounding half-even` of it.
  i18next.services.formatter?.add('word', wordOf);
  for (const list of ['rounding', 'direction', 'alarm'])
    i18next.services.formatter?.add(list, (value) => wordOf(`${list} ${value}`, String(value)));
}

function wordOf(value: unknown, otherwise: unknown = value): string {
  return i18next.t(String(value), { ns: 'words', defaultValue: typeof otherwise === 'string' ? otherwise : String(value) });
}

export function isLanguage(text: string): text is Language {
  return Object.hasOwn(languages, text);
}

export function directionOf(language: string): 'ltr' | 'rtl' {
  return rightToLeft.includes(language) ? 'rtl' : 'ltr';
}

function chosenLanguage(): Language {
  const wanted = [localStorage.getItem(KEPT) ?? '', ...navigator.languages.map((each) => each.slice(0, 2))];
  return wanted.find(isLanguage) ?? 'en';
}

export async function changeLanguage(language: Language): Promise<void> {
  localStorage.setItem(KEPT, language);
  await i18next.changeLanguage(language);
}

export function useLanguage(): Language {
  const { i18n } = useTranslation('shell');
  const now = i18n.resolvedLanguage ?? 'en';
  return isLanguage(now) ? now : 'en';
}

/** Without the ending by which i18next tells one from many. */
type KeyOf<T> = keyof T extends infer K
  ? K extends `${infer Base}_${'zero' | 'one' | 'two' | 'few' | 'many' | 'other'}`
    ? Base
    : K
  : never;
export type Texts<T> = (key: KeyOf<T> & string, values?: Readonly<Record<string, string | number>>) => string;

/** The texts of a subject: `export const useTexts = () => useCatalogue<typeof en>('partners')`, typed by its English catalogue. */
export function useCatalogue<T extends Catalogue>(name: string): Texts<T> {
  const { t } = useTranslation(name);
  return useCallback((key, values = {}) => t(key as string, values as Record<string, string>), [t]); // checked by Texts; i18next reads more into keys
}
