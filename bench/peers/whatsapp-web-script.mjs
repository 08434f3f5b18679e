// Plain whatsapp-web.js as its README shows it, N clients in one Node process, each with Debian's Chromium.
// Arguments: count, data folder, port of the practice network, "in turn" or "all at once". One JSON line per event.
import { join } from 'node:path';
import whatsapp from 'whatsapp-web.js';

const { Client, LocalAuth } = whatsapp;
const [count, dataPath, port, order] = [
  Number(process.argv[2]),
  process.argv[3],
  Number(process.argv[4]),
  process.argv[5],
];
const say = (event) => process.stdout.write(`${JSON.stringify(event)}\n`);

const clients = Array.from({ length: count }, (_, index) => {
  const client = new Client({
    authStrategy: new LocalAuth({ clientId: `peer-${index}`, dataPath: join(dataPath, 'auth') }),
    webVersionCache: { type: 'remote', remotePath: `http://127.0.0.1:${port}/page/{version}.html`, strict: true },
    puppeteer: {
      executablePath: '/usr/bin/chromium',
      // The first only because the stand-in's network is on loopback, the second only as root.
      args: ['--disable-features=LocalNetworkAccessChecks', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
    },
  });
  client.once('qr', (qr) => say({ type: 'qr', index, qr }));
  client.on('ready', () => say({ type: 'ready', index }));
  return client;
});

const end = async () => {
  await Promise.allSettled(clients.map((client) => client.destroy()));
  process.exit(0);
};
process.stdin.on('end', () => void end());
process.stdin.resume();

if (order === 'all at once') await Promise.all(clients.map((client) => client.initialize()));
else for (const client of clients) await client.initialize();
