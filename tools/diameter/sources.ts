/** Reads the dictionaries of freeDiameter (JSON, CSV) and go-diameter (XML) into one plain form. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface SourceAvp {
  readonly code: number;
  readonly vendor: number;
  readonly name: string;
  readonly type: string;
  readonly must: string;
  readonly mustNot: string;
  /** Value to name. */
  readonly values: ReadonlyMap<number, string>;
}

export interface SourceRule {
  readonly name: string;
  readonly required: boolean;
  /** Infinity: no limit. */
  readonly most: number;
}

export interface Source {
  readonly avps: readonly SourceAvp[];
  readonly groups: readonly { readonly name: string; readonly rules: readonly SourceRule[] }[];
}

interface FreeDiameterJson {
  readonly AVPs?: readonly {
    readonly Code: number;
    readonly Vendor?: number;
    readonly Name: string;
    readonly Type: string;
    readonly Flags?: { readonly Must: string; readonly MustNot: string };
    readonly EnumValues?: readonly { readonly Code: number; readonly Name: string }[];
  }[];
  readonly AVPRules?: readonly {
    readonly AVP: string;
    readonly Content: readonly { readonly AVP: string; readonly Min?: number; readonly Max?: number }[];
  }[];
}

const JSON_PARTS = ['freediameter_base', 'nasreq', 'dcca', 'dcca_3gpp', 'dcca_3gpp_sy'];

export function freeDiameter(folder: string): readonly Source[] {
  const parts = JSON_PARTS.map((part): Source => {
    const { AVPs = [], AVPRules = [] }: FreeDiameterJson = JSON.parse(
      readFileSync(join(folder, `freeDiameter/contrib/dict_json/dictionary_${part}.json`), 'utf8'),
    );
    return {
      avps: AVPs.map(({ Code, Vendor = 0, Name, Type, Flags, EnumValues = [] }) => ({
        code: Code,
        vendor: Vendor,
        name: Name,
        type: Type,
        must: Flags?.Must ?? '',
        mustNot: Flags?.MustNot ?? '',
        values: new Map(EnumValues.map((value) => [value.Code, value.Name])),
      })),
      // Its JSON leaves out what is required but in the Sy part.
      groups: AVPRules.map(({ AVP, Content }) => ({
        name: AVP,
        rules: Content.map((rule) => ({ name: rule.AVP, required: (rule.Min ?? 0) > 0, most: rule.Max ?? Infinity })),
      })),
    };
  });
  return [...parts, starent(folder)];
}

/** `Name,code,section,type,must,…`; a comma in quotes stands between flags only. */
function starent(folder: string): Source {
  const text = readFileSync(join(folder, 'freeDiameter/extensions/dict_dcca_starent/dict_dcca_starent.csv'), 'utf8');
  const avps = [...text.matchAll(/^(SN-[\w-]+),(\d+),[^,]*,(\w+),"?([MV,]+?)"?,/gm)].map(
    ([, name = '', code = '', type = '', must = '']): SourceAvp => ({
      code: Number(code),
      vendor: 8164,
      name,
      type,
      must: must.replaceAll(',', ''),
      mustNot: '',
      values: new Map(),
    }),
  );
  return { avps, groups: [] };
}

const XML_PARTS = ['base', 'credit_control', 'network_access_server', 'tgpp_ro_rf', 'gx_credit_control', 'tgpp_rx'];

export function goDiameter(folder: string): readonly Source[] {
  return XML_PARTS.map((part) => {
    const xml = readFileSync(join(folder, `go-diameter/diam/dict/testdata/${part}.xml`), 'utf8').replace(/<!--[\s\S]*?-->/g, '');
    const found = [...xml.matchAll(/<avp\s([^>]*[^/])>([\s\S]*?)<\/avp>/g)].map(([, head = '', body = '']) => ({
      head: attributes(head),
      body,
    }));
    const avps = found.map(
      ({ head, body }): SourceAvp => ({
        code: Number(head.code),
        vendor: Number(head['vendor-id'] ?? 0),
        name: head.name ?? '',
        type: /<data\s+type="(\w+)"/.exec(body)?.[1] ?? '',
        must: (head.must ?? '').replace(/[^MV]/g, ''),
        mustNot: (head['must-not'] ?? '').replace(/[^MV]/g, ''),
        values: new Map(
          [...body.matchAll(/<item\s([^>]*)\/>/g)].map(([, item = '']) => [Number(attributes(item).code), attributes(item).name ?? '']),
        ),
      }),
    );
    const groups = found
      .filter(({ body }) => body.includes('<rule'))
      .map(({ head, body }) => ({
        name: head.name ?? '',
        rules: [...body.matchAll(/<rule\s([^>]*)\/>/g)].map(([, text = '']) => {
          const rule = attributes(text);
          return {
            name: rule.avp ?? '',
            required: rule.required?.toLowerCase() === 'true',
            most: rule.max === undefined ? Infinity : Number(rule.max),
          };
        }),
      }));
    return { avps, groups };
  });
}

function attributes(text: string): Record<string, string | undefined> {
  return Object.fromEntries([...text.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name, value]) => [name, value]));
}
