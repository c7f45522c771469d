/** Whether a user is who it says: password (PAP, CHAP, MS-CHAP), address of the station, or the NAS vouches. */
import { createHmac, randomBytes } from 'node:crypto';
import { attributeOf, octetsOf, type RadiusPacket } from '#codecs/radius/packet.ts';
import { textOf } from '#codecs/radius/values.ts';
import type { Identity } from '#core/charging/request.ts';
import { identityKey } from '#engine/ports.ts';
import { attribute } from './attribute-codes.ts';
import { authenticatorOf, shownPassword } from './authenticators.ts';
import { type MsChap, msChapOf, msChapProved, msChapRefused, type Said } from './ms-chap-attributes.ts';
import { isChap, isPassword, pretend, readPassword } from './passwords.ts';
import type { RadiusBooks, StoredPassword } from './ports.ts';
import { identitiesOf, stationOf } from './read-request.ts';
import type { RadiusClient } from './settings.ts';

/** `identities`: what was proved, or vouched for. `said`: what the way of proving wants in the answer. `busy`: too many passwords are being checked. */
export type Proof =
  | { readonly kind: 'proved'; readonly identities: readonly Identity[]; readonly said?: readonly Said[] }
  | { readonly kind: 'refused'; readonly detail: string; readonly said?: readonly Said[] }
  | { readonly kind: 'busy' };

/** A password that was right is believed for so long without being computed again; a changed one within as long. */
const BELIEVED_MS = 60_000;
const MOST_BELIEVED = 10_000;

export class Authenticator {
  readonly #books: RadiusBooks;
  readonly #passwordKey: Uint8Array | undefined;
  readonly #most: number;
  #checking = 0;
  /** Sums under a key of this process, so that no password is kept in memory. */
  readonly #key = randomBytes(32);
  readonly #believed = new Map<string, number>();

  /** `passwordKey`: of encrypted passwords; undefined: there are none. `most`: passwords checked at a time. */
  constructor(books: RadiusBooks, passwordKey: Uint8Array | undefined, most: number) {
    this.#books = books;
    this.#passwordKey = passwordKey;
    this.#most = most;
  }

  async prove(packet: RadiusPacket, client: RadiusClient): Promise<Proof> {
    const { authentication } = client;
    const identities = identitiesOf(packet, client);
    const eap = attributeOf(packet, attribute.eapMessage);
    if (eap !== undefined) return { kind: 'refused', detail: 'EAP is not spoken here', said: eapFailure(octetsOf(packet, eap)) };
    if (authentication.includes('mac')) {
      const station = stationOf(textOf(packet, attribute.userName) ?? '');
      const calling = textOf(packet, attribute.callingStation);
      const isStation = station !== undefined && (calling === undefined || stationOf(calling)?.value === station.value);
      if (isStation) return { kind: 'proved', identities: [station] };
    }
    if (authentication.includes('password')) {
      const isGiven = [attribute.userPassword, attribute.chapPassword].some((code) => attributeOf(packet, code) !== undefined);
      const msChap = msChapOf(packet);
      if (typeof msChap === 'string') return { kind: 'refused', detail: msChap };
      if (msChap !== undefined) return this.#password(packet, client, identities, msChap);
      if (isGiven || !authentication.includes('none')) return this.#password(packet, client, identities);
    }
    if (authentication.includes('none')) return { kind: 'proved', identities };
    return { kind: 'refused', detail: 'the user name is no address of a station' };
  }

  async #password(packet: RadiusPacket, client: RadiusClient, identities: readonly Identity[], msChap?: MsChap): Promise<Proof> {
    if (this.#checking >= this.#most) return { kind: 'busy' };
    this.#checking += 1;
    try {
      const kept = await this.#books.passwords(identities.map(identityKey));
      const identity = identities.find((each) => kept.some((password) => password.identity === identityKey(each)));
      const stored = identity && kept.find((password) => password.identity === identityKey(identity));
      const checked = await this.#check(packet, client, stored, msChap);
      if (typeof checked !== 'string' && identity !== undefined) return { kind: 'proved', identities: [identity], said: checked };
      const detail = typeof checked === 'string' ? checked : 'the name is none';
      return { kind: 'refused', detail, ...(msChap === undefined ? {} : { said: msChapRefused(msChap) }) };
    } finally {
      this.#checking -= 1;
    }
  }

  /** What the NAS is told beside; a text: why not. `stored`: undefined where there is no password. */
  async #check(
    packet: RadiusPacket,
    { secret, name }: RadiusClient,
    stored: StoredPassword | undefined,
    msChap: MsChap | undefined,
  ): Promise<readonly Said[] | string> {
    const chap = attributeOf(packet, attribute.chapPassword);
    const pap = attributeOf(packet, attribute.userPassword);
    const given = pap && shownPassword(octetsOf(packet, pap), authenticatorOf(packet), secret);
    if (stored === undefined) {
      if (given !== undefined) await pretend(given);
      return `client ${name}: no password is kept for the name`;
    }
    if (msChap !== undefined || chap !== undefined) {
      const password = readPassword(stored, this.#passwordKey);
      if (password === undefined) return `${stored.identity} has a password that CHAP cannot be checked with`;
      if (msChap !== undefined) return msChapProved(packet, msChap, password, secret) ?? 'MS-CHAP does not fit';
      const octets = chap && octetsOf(packet, chap);
      if (octets?.length !== 17) return 'CHAP-Password has not 17 octets';
      const challenge = attributeOf(packet, attribute.chapChallenge);
      const isRight = isChap(password, octets, challenge === undefined ? authenticatorOf(packet) : octetsOf(packet, challenge));
      return isRight ? [] : 'CHAP does not fit';
    }
    if (given === undefined) return 'no password is given';
    const token = createHmac('sha256', this.#key).update(stored.secret).update(given).digest('base64');
    const now = performance.now();
    const isBelieved = (this.#believed.get(token) ?? 0) > now;
    if (!isBelieved && !(await isPassword(stored, given, this.#passwordKey))) return 'the password is wrong';
    if (this.#believed.size >= MOST_BELIEVED) this.#believed.clear();
    if (!isBelieved) this.#believed.set(token, now + BELIEVED_MS);
    return [];
  }
}

/** EAP-Failure with the identifier of what came (RFC 3579 §2.6.3, RFC 3748 §4.2), so that a station hears at once that it is of no use. */
function eapFailure(message: Uint8Array): readonly Said[] {
  return message.length < 4 ? [] : [{ name: 'EAP-Message', octets: Uint8Array.of(4, message[1] ?? 0, 0, 4) }];
}
