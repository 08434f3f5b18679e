import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { HelloFrame, PageFrame, PageRequestName, PageRequests } from '../frames';
import { digitsOf, isGroupId, numberOf } from './ids';
import type { Network } from './network';
import { tell } from './page-sessions';
import { Refusal } from './refusal';
import { contactRow, messageRow } from './rows';
import type { Phone } from './state';

const PAGE_ORIGIN = 'https://web.whatsapp.com';
const LARGEST_FRAME_BYTES = 32 * 1024 * 1024;

interface Linked {
  readonly phone: Phone;
  readonly device: string;
  readonly page: string;
}

type Answers = {
  readonly [N in PageRequestName]: (
    page: Linked,
    input: PageRequests[N]['input'],
    answer: (output: PageRequests[N]['output']) => void,
  ) => void;
};

/** The pages' end of the network: who connects, what a page may ask, and the answers. */
export class WireServer {
  readonly #network: Network;
  readonly #sockets = new WebSocketServer({ noServer: true, maxPayload: LARGEST_FRAME_BYTES });
  readonly #answers: Answers;

  constructor(network: Network) {
    this.#network = network;
    this.#answers = answersOf(network);
  }

  /** Takes over an HTTP upgrade; a foreign origin or a device that is held off never gets a socket. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (request.headers.origin !== PAGE_ORIGIN) {
      refuse(socket, '403 Forbidden');
      return;
    }
    const device = new URL(request.url ?? '/', 'http://127.0.0.1').searchParams.get('device') ?? undefined;
    const owner = device === undefined ? undefined : this.#ownerOf(device);
    if (this.#network.faults.find('socket-down', owner?.number) !== undefined) {
      refuse(socket, '503 Service Unavailable');
      return;
    }
    this.#sockets.handleUpgrade(request, socket, head, (opened) => this.#opened(opened));
  }

  stop(): void {
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#sockets.close();
  }

  #opened(socket: WebSocket): void {
    let linked: Linked | undefined;
    socket.on('error', () => socket.terminate());
    socket.on('close', () => this.#network.desk.close(socket));
    socket.on('message', (data) => {
      const frame = parse((data as Buffer).toString());
      if (frame === undefined) return socket.terminate();
      if (frame.op === 'hello') {
        linked = this.#hello(socket, frame);
      } else if (linked !== undefined) {
        this.#request(socket, linked, frame);
      }
    });
  }

  #hello(socket: WebSocket, hello: HelloFrame): Linked | undefined {
    const { login } = hello;
    const { pages, world, desk, faults, habits } = this.#network;
    desk.close(socket);
    if (login === undefined) {
      desk.open(socket, hello.page, hello.qrTail);
      return undefined;
    }
    const phone = world.phones.get(login.phone);
    if (phone === undefined || phone.devices.get(login.device)?.secret !== login.secret) {
      tell(socket, { op: 'unknown-login' });
      return undefined;
    }
    const silent = faults.find('silent-resume', phone.number) !== undefined;
    const { page, since } = hello;
    pages.welcome(socket, { page, device: login.device, silent, ...(since === undefined ? {} : { since }) }, phone);
    desk.confirm(login.device);
    habits.linked(phone.number);
    return { phone, device: login.device, page };
  }

  #request(socket: WebSocket, linked: Linked, frame: Extract<PageFrame, { op: 'request' }>): void {
    const { req, name } = frame;
    const answer = (output: unknown) => tell(socket, { op: 'reply', req, output });
    try {
      const handler = this.#answers[name] as
        | ((page: Linked, input: unknown, answer: (output: unknown) => void) => void)
        | undefined;
      if (handler === undefined) throw new Refusal(404, `${name} is not offered by the practice network yet`);
      handler(linked, frame.input, answer);
    } catch (error) {
      const sentence = error instanceof Error ? error.message : String(error);
      tell(socket, { op: 'reply', req, error: sentence });
      if (!(error instanceof Refusal)) process.stderr.write(`practice network: ${name} failed: ${sentence}\n`);
    }
  }

  #ownerOf(device: string): Phone | undefined {
    for (const phone of this.#network.world.phones.values()) if (phone.devices.has(device)) return phone;
    return undefined;
  }
}

function answersOf({ world, pages, delivery }: Network): Answers {
  return {
    send: ({ phone, page }, draft, answer) => delivery.send(phone, draft, page, answer),
    seen: ({ phone, page }, { chatId }, answer) => {
      delivery.seen(phone, chatId, page);
      answer({});
    },
    typing: ({ phone }, { chatId, state }, answer) => {
      world.note('typing', { phone: phone.number, chatId, body: state });
      answer({});
    },
    presence: (_page, _input, answer) => answer({}),
    history: ({ phone }, { chatId, beforeId, limit }, answer) => {
      const messages = phone.chats.get(chatId)?.messages ?? [];
      const before = beforeId === undefined ? messages.length : messages.findIndex(({ id }) => id === beforeId);
      const end = Math.max(before, 0);
      answer({ messages: messages.slice(Math.max(0, end - limit), end).map(messageRow) });
    },
    messages: ({ phone }, { chatId, ids }, answer) => {
      const chat = phone.chats.get(chatId);
      const found = ids.map((id) => chat?.byId.get(id)).filter((message) => message !== undefined);
      answer({ messages: found.map(messageRow) });
    },
    exists: (_page, { id }, answer) => {
      const group = isGroupId(id) ? world.groups.get(id) : undefined;
      const number = digitsOf(numberOf(id));
      const contact = number === undefined ? undefined : contactRow(world, number);
      if (group !== undefined) answer({ contact: { id: group.id, pushname: '', name: group.subject } });
      else answer(contact === undefined ? {} : { contact });
    },
    logout: ({ phone, device }, _input, answer) => {
      world.commit({ c: 'device-gone', phone: phone.number, id: device });
      world.note('unlinked', { phone: phone.number, id: device });
      world.flush();
      answer({});
      pages.forgetDevice(device);
    },
  };
}

function parse(text: string): PageFrame | undefined {
  try {
    const frame: unknown = JSON.parse(text);
    return typeof frame === 'object' && frame !== null && 'op' in frame ? (frame as PageFrame) : undefined;
  } catch {
    return undefined;
  }
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
