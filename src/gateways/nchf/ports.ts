/** What the gateway needs from charging. */
import type { ChargingAnswer } from '#core/charging/answer.ts';
import type { ChargingRequest } from '#core/charging/request.ts';

export interface ChargingService {
  /** Resolves when what the answer says is durable. */
  handle(request: ChargingRequest): Promise<ChargingAnswer>;
}
