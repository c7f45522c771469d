/**
 * Closes what is due, in a process of its own: `node close-due.ts <data folder> <day> [<agreements a turn>]`; prints a line when it begins
 * and after each turn, then how long it took, its processor time and the most memory that it had.
 */
import { withInstallation } from '#app/installation.ts';
import { closeDue } from '#app/periods/closing.ts';

const [data = '', on = '', agreementsATurn] = process.argv.slice(2);
const settings = { data, database: { url: '' }, log: { level: 'warn' as const } };

await withInstallation({ settings, command: 'bench close' }, async (home) => {
  const before = process.cpuUsage();
  const start = process.hrtime.bigint();
  const request = { on, nowMicros: Date.parse(`${on}T08:00:00Z`) * 1000, by: 'bench' };
  console.log('begun');
  const closed = await closeDue(
    home,
    agreementsATurn === undefined ? request : { ...request, agreementsATurn: Number(agreementsATurn) },
    (lookedAt) => console.log(`looked at ${lookedAt}`),
  );
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  const { user, system } = process.cpuUsage(before);
  const states = Object.fromEntries([...Map.groupBy(closed, ({ state }) => state)].map(([state, each]) => [state, each.length]));
  const refused = closed.flatMap(({ refusals }) => refusals).slice(0, 3);
  console.log(JSON.stringify({ seconds, cpu: (user + system) / 1e6, peak: process.resourceUsage().maxRSS * 1024, states, refused }));
});
