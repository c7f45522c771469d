/** What the gateway needs from charging. */
import type { ChargingAnswer } from '#core/charging/answer.ts';
import type { ChargingRequest } from '#core/charging/request.ts';

export interface ChargingService {
  /** `answered` is called once, when what the answer says is durable: now or later. What throws does not call it. */
  ask(request: ChargingRequest, answered: (answer: ChargingAnswer) => void): void;
}
