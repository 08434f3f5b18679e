import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { packFrame, unpackFrame } from '../bytes-frame';
import type { HelloFrame, PageFrame, PageRequests } from '../frames';
import { accountAnswers } from './accounts/account-answers';
import type { Answers, Linked } from './answers';
import { channelAnswers, postsFor, withPosts } from './channels/channel-answers';
import { groupAnswers } from './groups/group-answers';
import { isChannelId } from './ids';
import { messageAnswers } from './messages/message-answers';
import type { Network } from './network';
import { tell } from './page-sessions';
import { Refusal } from './refusal';
import { messageRow } from './rows';
import type { Phone } from './state';

const PAGE_ORIGIN = 'https://web.whatsapp.com';
/** The largest file and the JSON around it. */
const LARGEST_FRAME_BYTES = 101 * 1024 * 1024;

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
    const { faults, flapping } = this.#network;
    if (faults.find('socket-down', owner?.number) !== undefined || flapping.isDown(owner?.number)) {
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
    const setLinked = (now: Linked | undefined) => {
      linked = now;
    };
    socket.on('error', () => socket.terminate());
    socket.on('close', () => this.#network.desk.close(socket));
    socket.on('message', (data, isBinary) => {
      const frame = isBinary ? parseBytes(data as Buffer) : parse((data as Buffer).toString());
      if (frame === undefined) return socket.terminate();
      if (frame.op === 'hello') this.#hello(socket, frame, setLinked);
      else if (linked !== undefined) this.#request(socket, linked, frame);
      else this.#unlinkedRequest(socket, frame);
    });
  }

  #hello(socket: WebSocket, hello: HelloFrame, set: (linked: Linked | undefined) => void): void {
    const { login } = hello;
    const again = () => {
      if (socket.readyState === socket.OPEN) this.#hello(socket, hello, set);
    };
    if (this.#network.faults.stalls('link', login?.phone, again)) return;
    set(this.#introduced(socket, hello, again));
  }

  #introduced(socket: WebSocket, hello: HelloFrame, again: () => void): Linked | undefined {
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
    const blocked = faults.holds('blocked', phone.number, again);
    if (blocked !== undefined) {
      tell(socket, { op: 'blocked', state: blocked.state ?? 'TOS_BLOCK' });
      return undefined;
    }
    const silent = faults.find('silent-resume', phone.number) !== undefined;
    const { page, since } = hello;
    pages.welcome(socket, { page, device: login.device, silent, ...(since === undefined ? {} : { since }) }, phone);
    desk.confirm(login.device);
    habits.linked(phone.number);
    return { phone, device: login.device, page };
  }

  /** What a page may ask before it is linked: all of it is about linking. */
  #unlinkedRequest(socket: WebSocket, { req, name, input }: Extract<PageFrame, { op: 'request' }>): void {
    const { desk } = this.#network;
    try {
      if (!desk.isOpen(socket)) throw new Refusal(401, `${name}: this page is not linked`);
      if (name === 'pairing-code') {
        const { phone, notify } = input as PageRequests['pairing-code']['input'];
        tell(socket, { op: 'reply', req, output: desk.askForCode(socket, phone, notify) });
      } else if (name === 'cancel-pairing') {
        desk.codes.cancel(socket);
        tell(socket, { op: 'reply', req, output: {} });
      } else if (name === 'passkey') {
        const { ok } = input as PageRequests['passkey']['input'];
        // How it ends the page sees by itself: it is linked, or gets a new code.
        desk.answerPasskey({ socket }, ok).catch(() => undefined);
        tell(socket, { op: 'reply', req, output: {} });
      } else {
        throw new Refusal(401, `${name}: this page is not linked`);
      }
    } catch (error) {
      const sentence = error instanceof Error ? error.message : String(error);
      tell(socket, {
        op: 'reply',
        req,
        error: sentence,
        ...(error instanceof Refusal ? { status: error.status } : {}),
      });
    }
  }

  #request(socket: WebSocket, linked: Linked, frame: Extract<PageFrame, { op: 'request' }>): void {
    const { req, name } = frame;
    const answer = (output: unknown) => {
      const { bytes, ...rest } = output as { readonly bytes?: Uint8Array };
      if (bytes === undefined) tell(socket, { op: 'reply', req, output });
      else socket.send(packFrame(Buffer.from(JSON.stringify({ op: 'reply', req, output: rest })), bytes));
    };
    try {
      const handler = (this.#answers as Partial<Record<string, unknown>>)[name] as
        | ((page: Linked, input: unknown, answer: (output: unknown) => void) => void)
        | undefined;
      if (handler === undefined) throw new Error(`${name} is not offered by the practice network yet`);
      handler(linked, frame.input, answer);
    } catch (error) {
      const sentence = error instanceof Error ? error.message : String(error);
      tell(socket, {
        op: 'reply',
        req,
        error: sentence,
        ...(error instanceof Refusal ? { status: error.status } : {}),
      });
      if (!(error instanceof Refusal)) process.stderr.write(`practice network: ${name} failed: ${sentence}\n`);
    }
  }

  #ownerOf(device: string): Phone | undefined {
    for (const phone of this.#network.world.phones.values()) if (phone.devices.has(device)) return phone;
    return undefined;
  }
}

function answersOf(network: Network): Answers {
  const { world, pages, delivery } = network;
  const aboutMessages = messageAnswers(network);
  return {
    ...accountAnswers(network),
    ...channelAnswers(network),
    ...groupAnswers(network),
    ...aboutMessages,
    ...withPosts(network, aboutMessages),
    send: ({ phone, page }, draft, answer) => delivery.send(phone, draft, page, answer),
    seen: ({ phone, page }, { chatId }, answer) => {
      if (isChannelId(chatId)) network.channels.seen(chatId, phone.number);
      else delivery.seen(phone, chatId, page);
      answer({});
    },
    history: ({ phone }, { chatId, beforeId, limit }, answer) => {
      const chat = phone.chats.get(chatId);
      const messages =
        postsFor(world, chatId, phone.number) ?? chat?.messages.slice(chat.settings.keptBack).map(messageRow) ?? [];
      const before = beforeId === undefined ? messages.length : messages.findIndex(({ id }) => id === beforeId);
      const end = Math.max(before, 0);
      answer({ messages: messages.slice(Math.max(0, end - limit), end) });
    },
    messages: ({ phone }, { chatId, ids }, answer) => {
      const chat = phone.chats.get(chatId);
      const posts = postsFor(world, chatId, phone.number)?.filter((post) => ids.includes(post.id));
      const found = ids.map((id) => chat?.byId.get(id)).filter((message) => message !== undefined);
      answer({ messages: posts ?? found.map(messageRow) });
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

/** A request whose input has bytes; they are put where the input says nothing about them. */
function parseBytes(packed: Uint8Array): PageFrame | undefined {
  try {
    const { json, bytes } = unpackFrame(packed);
    const request = JSON.parse(Buffer.from(json).toString()) as Extract<PageFrame, { op: 'request' }>;
    return request.op === 'request' ? { ...request, input: { ...(request.input as object), bytes } } : undefined;
  } catch {
    return undefined;
  }
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
