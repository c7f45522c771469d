/** Ports that processes under test listen at, again after a kill: below those that systems give to outgoing connections (32768 and up on Linux). */
import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

const FIRST = 20_000;
const BEHIND_LAST = 32_000;

/** So many ports in a row where nobody listens now, by TCP or UDP; other processes begin to look elsewhere. */
export async function portsInARow(count: number): Promise<readonly number[]> {
  for (let base = FIRST + ((process.pid * 8) % (BEHIND_LAST - FIRST)); ; base = base + count < BEHIND_LAST ? base + count : FIRST) {
    const row = Array.from({ length: count }, (_, index) => base + index);
    const free = await Promise.all(row.flatMap((port) => [isFreeForTcp(port), isFreeForUdp(port)]));
    if (!free.includes(false)) return row;
  }
}

function isFreeForTcp(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

function isFreeForUdp(port: number): Promise<boolean> {
  const socket = createSocket('udp4');
  return new Promise((resolve) => {
    socket.once('error', () => resolve(false));
    socket.bind(port, '127.0.0.1', () => socket.close(() => resolve(true)));
  });
}
