/** What a command or a group may have, in the notation of RFC 6733 §3.2: `<Session-Id> {Origin-Host} *[Proxy-Info] *[AVP]`. */
import type { AvpDefinition } from './dictionary.ts';

export interface Member {
  readonly avp: AvpDefinition;
  readonly least: number;
  /** Infinity: no limit. */
  readonly most: number;
  /** `<…>`: has its place. */
  readonly fixed: boolean;
}

export interface Members {
  readonly list: readonly Member[];
  readonly byAvp: ReadonlyMap<AvpDefinition, Member>;
  /** Those that must be there. */
  readonly required: readonly Member[];
  /** More AVPs than those named are allowed. */
  readonly open: boolean;
}

const MEMBER = /^(?:(\d*)(\*)(\d*)|(\d+))?(?:<([\w-]+)>|\{([\w-]+)\}|\[([\w-]+)\])$/;

/** Throws a TypeError for a text that is none, or that names an AVP that is not there. */
export function readMembers(text: string, names: ReadonlyMap<string, AvpDefinition>): Members {
  const list: Member[] = [];
  let open = false;
  for (const part of text.split(' ').filter((word) => word !== '')) {
    const found = MEMBER.exec(part);
    if (found === null) throw new TypeError(`${part} is no rule of an AVP`);
    const [, least = '', star, most = '', , fixed, required, optional] = found;
    const name = fixed ?? required ?? optional ?? '';
    if (name === 'AVP') {
      open = true;
      continue;
    }
    const avp = names.get(name);
    if (avp === undefined) throw new TypeError(`a rule names ${name}, which is not in the dictionary`);
    list.push({
      avp,
      least: least !== '' ? Number(least) : optional === undefined ? 1 : 0,
      most: star === undefined ? 1 : most === '' ? Infinity : Number(most),
      fixed: fixed !== undefined,
    });
  }
  return { list, byAvp: new Map(list.map((member) => [member.avp, member])), required: list.filter(({ least }) => least > 0), open };
}
