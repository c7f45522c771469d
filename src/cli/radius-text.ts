import type { RadiusSendEvent } from '#app/radius-send.ts';
import { visibleText } from '#core/refusals.ts';

/** A packet as lines: its name, then an attribute each. */
export function packetText({ kind, packet, milliseconds }: Extract<RadiusSendEvent, { readonly packet: unknown }>): string {
  const time = milliseconds === undefined ? '' : `, after ${milliseconds.toFixed(1)} ms`;
  const lines = packet.attributes.map(({ name, value }) => `  ${name} = ${visibleText(value)}`);
  return `${kind === 'sent' ? '→' : '←'} ${packet.name}${time}, ${packet.octets} octets\n${lines.join('\n')}${lines.length === 0 ? '' : '\n'}\n`;
}
