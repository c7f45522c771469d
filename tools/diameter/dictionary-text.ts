/** Joins the sources with the standards' corrections into the one compact data file. */
import type { Source, SourceAvp, SourceRule } from './sources.ts';
import {
  addedAvps,
  addedMembers,
  addedValues,
  applications,
  commands,
  corrections,
  errorAnswer,
  experimentalResultNames,
  forms,
  groups,
  resultNames,
  vendors,
} from './standards.ts';

/** Of go-diameter's AVPs that freeDiameter has not: load control (RFC 7683), priority (RFC 7944), and those of Ro. */
const FROM_GO = new Set([
  '0/301',
  '0/621',
  '0/622',
  '0/623',
  '0/624',
  '0/625',
  '0/626',
  '0/627',
  '10415/2315',
  '10415/3006',
  '10415/3007',
  '10415/3010',
]);

const keyOf = ({ vendor, code }: { readonly vendor?: number; readonly code: number }): string => `${vendor ?? 0}/${code}`;

/** The text of data/diameter/dictionary.json: one AVP or command a line. freeDiameter's word counts before go-diameter's. */
export function dictionaryText(free: readonly Source[], go: readonly Source[]): string {
  const avps = joinAvps(free, go);
  const byName = new Map([...avps.values()].map((avp) => [avp.name, avp]));
  const grouped = joinGroups(free, go, avps);
  const lines = [...avps.values()]
    .sort((a, b) => a.vendor - b.vendor || a.code - b.code)
    .map(({ code, vendor, name, type, must, mustNot, values }) =>
      JSON.stringify({
        code,
        ...(vendor === 0 ? {} : { vendor }),
        name,
        type,
        ...(must.includes('M') ? { mandatory: 'must' } : mustNot.includes('M') ? { mandatory: 'mustNot' } : {}),
        ...(forms[name] === undefined ? {} : { form: forms[name] }),
        ...(values.size === 0 ? {} : { values: Object.fromEntries([...values].sort(([a], [b]) => a - b)) }),
        ...(type === 'Grouped' ? { members: grouped.get(name) ?? '*[AVP]' } : {}),
      }),
    );
  for (const name of [
    ...commands.flatMap(({ request, answer }) => namesIn(`${request} ${answer}`)),
    ...[...grouped.values()].flatMap(namesIn),
  ]) {
    if (name !== 'AVP' && !byName.has(name)) throw new Error(`a rule names ${name}, which is no AVP of the dictionary`);
  }
  const list = (items: readonly string[]): string => `[\n${items.join(',\n')}\n]`;
  return `{"vendors":${JSON.stringify(vendors)},
"applications":${JSON.stringify(applications)},
"errorAnswer":${JSON.stringify(errorAnswer)},
"commands":${list(commands.map((command) => JSON.stringify(command)))},
"avps":${list(lines)}}
`;
}

const namesIn = (rules: string): string[] => [...rules.matchAll(/[<{[]([\w-]+)/g)].map(([, name = '']) => name);

function joinAvps(free: readonly Source[], go: readonly Source[]): Map<string, SourceAvp> {
  const avps = new Map<string, SourceAvp>();
  for (const avp of free.flatMap((source) => source.avps)) {
    const before = avps.get(keyOf(avp));
    // freeDiameter also writes special octets as values.
    if (avp.type === 'OctetString') avps.set(keyOf(avp), { ...avp, values: new Map() });
    else avps.set(keyOf(avp), before === undefined ? avp : { ...before, values: new Map([...before.values, ...avp.values]) });
  }
  for (const avp of go.flatMap((source) => source.avps)) {
    const known = avps.get(keyOf(avp));
    if (known === undefined) {
      if (FROM_GO.has(keyOf(avp))) avps.set(keyOf(avp), avp);
    } else if (known.values.size === 0 && avp.type === 'Enumerated') avps.set(keyOf(avp), { ...known, values: avp.values });
  }
  for (const avp of addedAvps) {
    const { vendor = 0, must = '', mustNot = '', values = {} } = avp;
    const numbered = new Map(Object.entries(values).map(([value, name]) => [Number(value), name]));
    if (avps.has(keyOf(avp))) throw new Error(`${avp.name} is in the sources: it need not be added`);
    avps.set(keyOf(avp), { ...avp, vendor, must, mustNot, values: numbered });
  }
  for (const [key, correction] of Object.entries({ ...corrections })) {
    const avp = avps.get(key);
    if (avp === undefined) throw new Error(`a correction of ${key}, which is in no source`);
    avps.set(key, { ...avp, ...correction });
  }
  const names = { ...addedValues, 'Result-Code': resultNames, 'Experimental-Result-Code': experimentalResultNames };
  for (const [name, added] of Object.entries(names)) {
    const avp = [...avps.values()].find((known) => known.name === name);
    if (avp === undefined) throw new Error(`values of ${name}, which is in no source`);
    const values = Object.entries(added).map(([value, label]) => [Number(value), label] as const);
    avps.set(keyOf(avp), { ...avp, values: new Map([...avp.values, ...values]) });
  }
  return avps;
}

/** Members of each group by name. What only the sources say of a group leaves it open for more. */
function joinGroups(free: readonly Source[], go: readonly Source[], avps: ReadonlyMap<string, SourceAvp>): Map<string, string> {
  const joined = new Map<string, Map<string, SourceRule>>();
  for (const { name, rules } of free.flatMap((source) => source.groups)) {
    const members = joined.get(name) ?? new Map<string, SourceRule>();
    for (const rule of rules) members.set(rule.name, widest(rule, members.get(rule.name)));
    joined.set(name, members);
  }
  // go-diameter names some AVPs otherwise: they are found by their code.
  const ours = new Map<string, string>();
  for (const avp of go.flatMap((source) => source.avps)) {
    const known = avps.get(keyOf(avp));
    if (known !== undefined && !ours.has(avp.name)) ours.set(avp.name, known.name);
  }
  for (const { name, rules } of go.flatMap((source) => source.groups)) {
    const group = ours.get(name);
    if (group === undefined || joined.has(group)) continue;
    const members = rules.flatMap((rule) => {
      const member = ours.get(rule.name);
      return member === undefined ? [] : [[member, { ...rule, required: false, name: member }] as const];
    });
    joined.set(group, new Map(members));
  }
  const texts = new Map<string, string>();
  const known = new Set([...avps.values()].map(({ name }) => name));
  for (const [name, members] of joined) {
    const text = [...members.values()].filter((rule) => known.has(rule.name)).map(ruleText);
    texts.set(name, [...text, ...(addedMembers[name] === undefined ? [] : [addedMembers[name]]), '*[AVP]'].join(' '));
  }
  for (const [name, text] of Object.entries(groups)) texts.set(name, text);
  return texts;
}

const widest = (rule: SourceRule, other: SourceRule | undefined): SourceRule =>
  other === undefined ? rule : { name: rule.name, required: rule.required && other.required, most: Math.max(rule.most, other.most) };

/** RFC 6733 §3.2. */
function ruleText({ name, required, most }: SourceRule): string {
  const count = most === 1 ? '' : most === Infinity ? (required ? '1*' : '*') : `*${most}`;
  return required ? `${count}{${name}}` : `${count}[${name}]`;
}
