import type { DeliverySecret } from '#core/parties/delivery.ts';
import { type Refusal, RefusedError } from '#core/refusals.ts';
import { dropFiles } from '#gateways/sftp/sftp-drop.ts';
import type { Patience } from '#operations/collecting/ports.ts';
import type { Dropper } from '#operations/delivery/ports.ts';

/** `secret` reads a reference when a delivery needs it. A server that does not answer is asked again; what people must mend is not. */
export function sftpDropper(secret: (reference: DeliverySecret | undefined) => Promise<string | undefined>, patience?: Patience): Dropper {
  return {
    async drop(route, files) {
      try {
        const [password, privateKey, passphrase] = [
          await secret(route.password),
          await secret(route.privateKey),
          await secret(route.passphrase),
        ];
        return { outcome: 'sent', answer: await dropFiles({ ...route, password, privateKey, passphrase }, files, patience) };
      } catch (error) {
        if (error instanceof RefusedError && !error.refusals.some(isOfNow)) throw error;
        return { outcome: 'deferred', answer: error instanceof Error ? error.message : String(error) };
      }
    },
  };
}

function isOfNow({ code }: Refusal): boolean {
  return code === 'collect.place-unreachable';
}
