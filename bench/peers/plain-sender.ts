// One account of plain whatsapp-web.js in a process of its own, on the browser that our workers use: for each line {"count"} on
// standard input it sends so many texts, each `await`ed before the next, and keeps nothing. One JSON line per event.
// Arguments: port of the practice network, data folder, place of the account, customers separated by commas.
import { createInterface } from 'node:readline';
import wwebjs, { type Message } from 'whatsapp-web.js';
import { classicElectron, clientOptions } from '../../test/fixtures/browser-target';

const [port = '', folder = '', place = '', customers = ''] = process.argv.slice(2);
const chats = customers.split(',').map((number) => `${number}@c.us`);
const say = (event: object): void => void process.stdout.write(`${JSON.stringify(event)}\n`);

const client = new wwebjs.Client({
  authStrategy: new wwebjs.LocalAuth({ clientId: `peer-${place}`, dataPath: folder }),
  ...clientOptions(classicElectron, Number(port)),
});
client.once('qr', (qr: string) => say({ type: 'qr', qr }));
client.once('ready', () => say({ type: 'ready' }));

let acked = new Set<string>();
let allAcked: () => void = () => {};
let wanted = Number.POSITIVE_INFINITY;
client.on('message_ack', (message: Message, ack: number) => {
  if (ack < 1) return;
  acked.add(message.id.id);
  if (acked.size >= wanted) allAcked();
});

const send = async (count: number): Promise<void> => {
  acked = new Set();
  wanted = count;
  const through = new Promise<void>((resolve) => {
    allAcked = resolve;
  });
  const startedAtMs = Date.now();
  for (let number = 0; number < count; number += 1) {
    await client.sendMessage(chats[number % chats.length] ?? '', `message ${number}`);
  }
  await through;
  say({ type: 'sent', startedAtMs, endedAtMs: Date.now() });
};

await client.initialize();
for await (const line of createInterface({ input: process.stdin })) {
  await send((JSON.parse(line) as { readonly count: number }).count);
}
await client.destroy();
process.exit(0);
