// What most projects have: plain whatsapp-web.js behind a small HTTP server of Node's own, as leanly as it can be written. A send
// answers when `sendMessage` has; nothing is kept. The account runs on the same browser and page as ours. One JSON line per event.
// Arguments: port of the practice network, data folder.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import wwebjs from 'whatsapp-web.js';
import { classicElectron, clientOptions } from '../../test/fixtures/browser-target';

const [port = '', folder = ''] = process.argv.slice(2);
const say = (event: object): void => void process.stdout.write(`${JSON.stringify(event)}\n`);

const client = new wwebjs.Client({
  authStrategy: new wwebjs.LocalAuth({ clientId: 'peer-server', dataPath: folder }),
  ...clientOptions(classicElectron, Number(port)),
});
client.once('qr', (qr: string) => say({ type: 'qr', qr }));

const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
  try {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const { chatId, body } = JSON.parse(Buffer.concat(parts).toString()) as { chatId: string; body: string };
    const sent = await client.sendMessage(chatId, body);
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify({ success: true, data: { messageId: sent.id.id } }));
  } catch (error) {
    response.statusCode = 500;
    response.end(JSON.stringify({ success: false, error: String(error) }));
  }
};
const server = createServer((request, response) => void answer(request, response));
client.once('ready', () =>
  server.listen(0, '127.0.0.1', () => say({ type: 'ready', port: (server.address() as AddressInfo).port })),
);
process.stdin.on('end', () => {
  server.closeAllConnections();
  void client.destroy().then(() => process.exit(0));
});
process.stdin.resume();
await client.initialize();
