/** Letters that the documents' fonts do not have; a PDF shows boxes for them. */
const SOURCE_SANS = /[^\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Common}\p{Script=Inherited}]/gu;
const WITH_ARABIC = /[^\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Common}\p{Script=Inherited}]/gu;

/** Each once. Invoices and letters also have a font for Arabic. */
export function lettersLacking(text: string, fonts: 'source-sans' | 'with-arabic'): readonly string[] {
  return [...new Set(text.match(fonts === 'source-sans' ? SOURCE_SANS : WITH_ARABIC) ?? [])];
}
