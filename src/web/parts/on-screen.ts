/** Refusals speak to whoever asks, also at a command line; on a screen what is said of commands and addresses helps nobody. */
export const ELSEWHERE = /`?\bcarillon [a-z]|(?<![\w-])--[a-z]|\b(?:GET|POST|PUT|DELETE) \/|\/openapi\.json|\/reference\b|percent-encoded/;
/** A form that a schema asks for, as people cannot read it. */
const PATTERN = /must match pattern .*$/;

/** Without the sentences, or parts of them behind a semicolon, that name a command, an option of one, or an address of the API. */
export function onScreen(text: string, patternWords: string): string {
  const kept = text
    .replace(PATTERN, patternWords)
    .split(/(?<=[.!?]) +/)
    .map((sentence) => {
      const parts = sentence.split(/(?<=[;:]) +/);
      const rest = parts.filter((part) => !ELSEWHERE.test(part));
      return rest.length === parts.length ? sentence : rest.join(' ').replace(/[;:,]$/, '.');
    })
    .filter((sentence) => sentence !== '');
  return kept.join(' ');
}
