/** Reports that a mail was not delivered, or not yet: multipart/report with message/delivery-status (RFC 3464). */
import PostalMime, { type Email } from 'postal-mime';

export interface BouncedRecipient {
  readonly recipient: string;
  readonly action: 'failed' | 'delayed';
  /** RFC 3463. */
  readonly status: string;
  readonly diagnostic: string;
}

export interface BounceReport {
  /** Message-IDs that the report names; ours is among them when the mail was ours. */
  readonly messageIds: readonly string[];
  readonly recipients: readonly BouncedRecipient[];
}

/** Undefined when the message is no such report: an answer of a person, an absence, a report of success. */
export async function readBounce(message: Uint8Array): Promise<BounceReport | undefined> {
  // Kept as attachments: both parts of a report are needed as they are.
  const email = await PostalMime.parse(message, { attachmentEncoding: 'utf8', forceRfc822Attachments: true });
  const parts = email.attachments.map(({ mimeType, content }) => ({ mimeType, text: textOf(content) }));
  const status = parts.find(({ mimeType }) => mimeType === 'message/delivery-status');
  if (status === undefined) return undefined;
  const [whole = {}, ...each] = groupsOf(status.text);
  const recipients = each.flatMap(recipientOf);
  if (recipients.length === 0) return undefined;
  const original = parts.filter(({ mimeType }) => mimeType === 'message/rfc822' || mimeType === 'text/rfc822-headers');
  return { messageIds: [...new Set([...idsOf(email, original), ...envelopeId(whole)])], recipients };
}

function textOf(content: string | ArrayBuffer | Uint8Array): string {
  return typeof content === 'string' ? content : new TextDecoder().decode(content);
}

type Group = Readonly<Record<string, string>>;

/** Groups of fields between empty lines; what is folded is one line; names in lower case. */
function groupsOf(text: string): Group[] {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/\n[ \t]+/g, ' ')
    .split(/\n\n+/)
    .map((group) =>
      Object.fromEntries(
        group.split('\n').flatMap((line) => {
          const colon = line.indexOf(':');
          return colon < 1 ? [] : [[line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()] as const];
        }),
      ),
    )
    .filter((group) => Object.keys(group).length > 0);
}

function recipientOf(group: Group): BouncedRecipient[] {
  const action = group.action?.toLowerCase();
  if (action !== 'failed' && action !== 'delayed') return [];
  const said = group['original-recipient'] ?? group['final-recipient'] ?? '';
  return [
    {
      recipient: said.replace(/^[^;]*;/, '').trim(),
      action,
      status: /\d\.\d{1,3}\.\d{1,3}/.exec(group.status ?? '')?.[0] ?? (action === 'failed' ? '5.0.0' : '4.0.0'),
      diagnostic: (group['diagnostic-code'] ?? '').replace(/^[^;]*;/, '').trim(),
    },
  ];
}

function idsOf(email: Email, original: readonly { readonly text: string }[]): string[] {
  const named = original.flatMap(({ text }) => /^message-id:\s*(<[^>\s]+>)/im.exec(text)?.[1] ?? []);
  const answered = [email.inReplyTo ?? '', email.references ?? ''].flatMap((text) => text.match(/<[^>\s]+>/g) ?? []);
  return [...named, ...answered];
}

/** The envelope's id is the Message-ID without its brackets; xtext (RFC 3461 §4) writes `+` and `=` in hexadecimal. */
function envelopeId(whole: Group): string[] {
  const id = whole['original-envelope-id']?.replace(/\+([0-9A-F]{2})/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
  return id === undefined ? [] : [`<${id}>`];
}
