import { diameterDictionary, dictionaryData } from '../../src/app/diameter.ts';
import { protocolErrors } from '../../src/codecs/diameter/results.ts';

/** docs/reference/diameter-avps.md: every command and AVP of the dictionary. */
export function renderDiameterAvps(): string {
  const { commands, avps, applications } = dictionaryData();
  const dictionary = diameterDictionary();
  const commandRows = commands.flatMap(({ code, name, short, application, request, answer }) => [
    `| ${short}R | ${name}-Request | ${code} | ${applications[application] ?? application} | ${rules(request)} |`,
    `| ${short}A | ${name}-Answer | ${code} | ${applications[application] ?? application} | ${rules(answer)} |`,
  ]);
  const vendors = [...new Set(avps.map(({ vendor = 0 }) => vendor))].sort((a, b) => a - b);
  const sections = vendors.map((vendor) => {
    const rows = avps
      .filter((avp) => (avp.vendor ?? 0) === vendor)
      .map(({ code, name, type, form, mandatory, values, members }) => {
        const meaning =
          members !== undefined
            ? rules(members)
            : values !== undefined
              ? cell(
                  Object.entries(values)
                    .map(([value, label]) => `${value} ${label}`)
                    .join(', '),
                )
              : '';
        return `| ${code} | ${name} | ${type}${form === undefined ? '' : ` (${form})`} | ${mandatory === 'must' ? 'M' : mandatory === 'mustNot' ? 'no' : 'may'} | ${meaning} |`;
      });
    return `## ${vendor === 0 ? 'IETF' : `${dictionary.vendorName(vendor) ?? 'Vendor'} (${vendor})`}\n\n| code | name | type | M bit | values or members |\n|---|---|---|---|---|\n${rows.join('\n')}\n`;
  });
  return `# Diameter: commands and AVPs

What [\`carillon diameter decode\`](diameter.md) and the codec know: ${commands.length} commands and ${avps.length} AVPs. Members are in the notation of RFC 6733 §3.2:
\`{required}\`, \`[optional]\`, \`<in its place>\`, \`*\` several, \`*[AVP]\` any others. Sources are in [data sources](../data-sources.md).

<!-- Made from data/diameter/dictionary.json by npm run generate; change tools/diameter/standards.ts. -->

## Commands

| short | name | code | application | members |
|---|---|---|---|---|
${commandRows.join('\n')}

An answer with the E bit has ${rules(dictionaryData().errorAnswer)} (RFC 6733 §7.2).

## Faults and their results

| name | Result-Code |
|---|---|
${Object.entries(protocolErrors)
  .map(([name, code]) => `| ${name} | ${code} |`)
  .join('\n')}

${sections.join('\n')}`;
}

const rules = (text: string): string => `\`${text}\``;
const cell = (text: string): string => text.replaceAll('|', '\\|');
