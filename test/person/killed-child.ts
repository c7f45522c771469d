/** Approves an order to erase, or makes an export, to be killed at it: `killed-child.ts <database url> <data folder> erase|export <order>`. */
import { createLog } from '#app/log.ts';
import { approveErasure } from '#app/person/erase.ts';
import { makeExport } from '#app/person/kept-exports.ts';
import { loadSettings } from '#app/settings.ts';
import { openDatabase } from '#storage/database.ts';

const [url = '', dataFolder = '', what = '', order = '0'] = process.argv.slice(2);
const database = openDatabase(url);
const { settings } = await loadSettings({}, { environment: {}, folder: '/' });
const home = { database, dataFolder, settings, log: createLog({ level: 'silent', format: 'json' }) };
if (what === 'export') await makeExport(home, BigInt(order), 'ann', 1n, () => undefined);
else await approveErasure(home, BigInt(order), 'ben');
await database.close();
