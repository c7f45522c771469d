import { type AvpNode, type Decoded, type DecodedMessage, type DiameterFault, diameterDictionary } from '#app/diameter.ts';
import { headerFlagsText, REQUEST } from '#codecs/diameter/header.ts';
import { protocolErrors } from '#codecs/diameter/results.ts';
import { visibleText } from '#core/refusals.ts';

/** One message as a tree of lines, with its faults below, or a fault of the input. */
export function decodedText(decoded: Decoded, number: number): string {
  if (decoded.kind === 'fault') {
    const { from, frame, message } = decoded.fault;
    return `! ${[from, frame === undefined ? undefined : `frame ${frame}`].filter((part) => part !== undefined).join(', ')}: ${visibleText(message)}\n\n`;
  }
  const { found, tree, faults } = decoded.message;
  const lines = [titleOf(decoded.message, number)];
  if (found.from !== undefined) lines.push(`  ${found.from}, frame ${found.frame}`);
  const walk = (nodes: readonly AvpNode[], indent: string): void => {
    for (const node of nodes) {
      lines.push(
        `${String(node.offset).padStart(6)} ${indent}${nameOf(node)} [${node.flags === '' ? '-' : node.flags}]${node.value === undefined ? '' : ` ${visibleText(node.value)}`}`,
      );
      walk(node.members, `${indent}  `);
    }
  };
  walk(tree?.avps ?? [], ' ');
  if (tree?.cut === true) lines.push('       … more AVPs than are shown');
  for (const fault of faults) lines.push(`     ${fault.fatal ? '!' : '~'} ${faultText(fault)}`);
  return `${lines.join('\n')}\n\n`;
}

function titleOf({ found, tree }: DecodedMessage, number: number): string {
  if (tree === undefined) return `${number}. ${found.bytes.length} octets, no header`;
  const { command, application, flags, hopByHop, endToEnd, length } = tree.header;
  const dictionary = diameterDictionary();
  const request = (flags & REQUEST) !== 0;
  const short = dictionary.commandShort(command, request);
  const name = `${dictionary.commandName(command, request)}${short === undefined ? '' : ` (${short})`}`;
  const about = dictionary.applicationName(application) ?? 'unknown';
  return `${number}. ${name} [${headerFlagsText(flags)}], ${about} (${application}), hop-by-hop ${hex32(hopByHop)}, end-to-end ${hex32(endToEnd)}, ${length} octets`;
}

const hex32 = (number: number): string => `0x${number.toString(16).padStart(8, '0')}`;

function nameOf({ code, vendor, definition }: AvpNode): string {
  if (definition !== undefined) return definition.name;
  const owner = vendor === 0 ? '' : ` of vendor ${diameterDictionary().vendorName(vendor) ?? vendor}`;
  return `AVP ${code}${owner}`;
}

function faultText({ error, offset, path, message }: DiameterFault): string {
  return `octet ${offset}${path === '' ? '' : `, ${path}`}: ${message} (${error} ${protocolErrors[error]})`;
}

/** One line of JSON. */
export function decodedJson(decoded: Decoded): string {
  if (decoded.kind === 'fault') return `${JSON.stringify({ inputFault: decoded.fault })}\n`;
  const { found, tree, faults } = decoded.message;
  const dictionary = diameterDictionary();
  const avps = (nodes: readonly AvpNode[]): object[] =>
    nodes.map(({ offset, code, vendor, flags, length, definition, value, members }) => ({
      offset,
      code,
      ...(vendor === 0 ? {} : { vendor }),
      ...(definition === undefined ? {} : { name: definition.name, type: definition.type }),
      flags,
      length,
      ...(value === undefined ? { members: avps(members) } : { value }),
    }));
  const header = tree?.header;
  const request = header !== undefined && (header.flags & REQUEST) !== 0;
  const named =
    header === undefined
      ? {}
      : {
          command: dictionary.commandShort(header.command, request) ?? null,
          name: dictionary.commandName(header.command, request),
          request,
        };
  const place = found.from === undefined ? {} : { from: found.from, frame: found.frame };
  const wrong = faults.map(({ error, fatal, offset, path, message }) => ({
    error,
    result: protocolErrors[error],
    fatal,
    offset,
    path,
    message,
  }));
  return `${JSON.stringify({ ...place, ...named, octets: found.bytes.length, header: header ?? null, avps: avps(tree?.avps ?? []), faults: wrong })}\n`;
}
