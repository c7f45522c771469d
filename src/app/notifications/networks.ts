/** Where webhooks may go besides public addresses. */
import type { BlockList } from 'node:net';
import { listOf } from '#gateways/webhooks/addresses.ts';
import type { Settings } from '../settings.ts';

export function allowedNetworks({ webhooks }: Pick<Settings, 'webhooks'>): BlockList {
  return listOf(webhooks.allow.split(',').filter((each) => each !== ''));
}
