/** Networks that settings name. */
import type { BlockList } from 'node:net';
import { listOf } from '#gateways/webhooks/addresses.ts';
import type { Settings } from '../settings.ts';

/** Where webhooks may go besides public addresses. */
export function allowedNetworks({ webhooks }: Pick<Settings, 'webhooks'>): BlockList {
  return networksOf(webhooks.allow);
}

/** As a setting lists them. */
export function networksOf(text: string): BlockList {
  return listOf(text.split(',').filter((each) => each !== ''));
}
