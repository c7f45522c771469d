/** Approves an order to erase, to be killed at it: `approve-child.ts <database url> <data folder> <order>`. */
import { createLog } from '#app/log.ts';
import { approveErasure } from '#app/person/erase.ts';
import { loadSettings } from '#app/settings.ts';
import { openDatabase } from '#storage/database.ts';

const [url = '', dataFolder = '', order = '0'] = process.argv.slice(2);
const database = openDatabase(url);
const { settings } = await loadSettings({}, { environment: {}, folder: '/' });
await approveErasure({ database, dataFolder, settings, log: createLog({ level: 'silent', format: 'json' }) }, BigInt(order), 'ben');
await database.close();
