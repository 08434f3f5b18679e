import { packFrame, unpackFrame } from '../../bytes-frame';
import type { NetworkFrame, PageFrame, PageRequestName, PageRequests } from '../../frames';
import { ServerStatusCodeError } from './server-status-code-error';

export interface WireHandlers {
  /** A socket is open: introduce yourself. */
  opened(): void;
  received(frame: NetworkFrame): void;
  closed(): void;
}

interface Pending {
  readonly frame: PageFrame;
  /** Kept over a lost connection and handed over again with the same content; everything else fails then. */
  readonly lasting: boolean;
  readonly resolve: (output: unknown) => void;
  readonly reject: (error: Error) => void;
}

const FIRST_RETRY_MS = 150;
const LONGEST_RETRY_MS = 2000;

/** The page's one connection to the network. Nothing else talks to it. */
export class Wire {
  readonly #url: string;
  readonly #handlers: WireHandlers;
  /** Appended to the address: lets the network refuse a device before a socket exists. */
  device: string | undefined;
  #socket: WebSocket | undefined;
  #ready = false;
  #pending = new Map<number, Pending>();
  #requests = 0;
  #attempts = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #held = false;

  constructor(url: string, handlers: WireHandlers) {
    this.#url = url;
    this.#handlers = handlers;
    addEventListener('online', () => this.connectNow());
  }

  connectNow(): void {
    clearTimeout(this.#retry);
    if (this.#socket !== undefined || this.#held) return;
    // Replies with bytes are binary messages, everything else is text.
    const socket = new WebSocket(this.device === undefined ? this.#url : `${this.#url}?device=${this.device}`);
    this.#socket = socket;
    socket.onopen = () => {
      this.#attempts = 0;
      this.#handlers.opened();
    };
    socket.binaryType = 'arraybuffer';
    socket.onmessage = (message: MessageEvent<string | ArrayBuffer>) => {
      const frame =
        typeof message.data === 'string' ? (JSON.parse(message.data) as NetworkFrame) : unpack(message.data);
      if (frame.op === 'reply') this.#settle(frame);
      else this.#handlers.received(frame);
    };
    socket.onclose = () => this.#lost();
  }

  /** Somebody else has taken over: no connection until `release`. */
  hold(): void {
    this.#held = true;
    clearTimeout(this.#retry);
  }

  release(): void {
    this.#held = false;
    this.reconnect();
  }

  /** Drops the connection and opens a new one at once. */
  reconnect(): void {
    const socket = this.#socket;
    if (socket !== undefined) {
      socket.onclose = null;
      socket.close();
      this.#lost();
    }
    this.connectNow();
  }

  say(frame: PageFrame): void {
    this.#socket?.send(pack(frame));
  }

  /** The network knows who we are: requests may go out, and those that were left waiting go out again. */
  welcomed(): void {
    this.#ready = true;
    for (const { frame } of this.#pending.values()) this.say(frame);
  }

  request<N extends PageRequestName>(
    name: N,
    input: PageRequests[N]['input'],
    options: { readonly lasting?: boolean; readonly early?: boolean } = {},
  ): Promise<PageRequests[N]['output']> {
    const lasting = options.lasting === true;
    const canSend = this.#ready || (options.early === true && this.#socket?.readyState === WebSocket.OPEN);
    if (!canSend && !lasting) return Promise.reject(new Error(`${name}: the page is not connected`));
    this.#requests += 1;
    const frame: PageFrame = { op: 'request', req: this.#requests, name, input };
    return new Promise((resolve, reject) => {
      this.#pending.set(this.#requests, { frame, lasting, resolve: resolve as Pending['resolve'], reject });
      if (canSend) this.say(frame);
    });
  }

  #settle(reply: Extract<NetworkFrame, { op: 'reply' }>): void {
    const pending = this.#pending.get(reply.req);
    if (pending === undefined) return;
    this.#pending.delete(reply.req);
    if (reply.error === undefined) pending.resolve(reply.output);
    else if (reply.status === undefined) pending.reject(new Error(reply.error));
    else pending.reject(new ServerStatusCodeError(reply.status, reply.error));
  }

  #lost(): void {
    this.#socket = undefined;
    this.#ready = false;
    for (const [req, pending] of this.#pending) {
      if (pending.lasting) continue;
      this.#pending.delete(req);
      pending.reject(new Error('The connection was lost'));
    }
    this.#handlers.closed();
    const wait = Math.min(FIRST_RETRY_MS * 2 ** this.#attempts, LONGEST_RETRY_MS);
    this.#attempts += 1;
    clearTimeout(this.#retry);
    // Up to half more, so that twenty pages do not knock at the same moment.
    this.#retry = setTimeout(() => this.connectNow(), wait * (1 + Math.random() / 2));
  }
}

/** Input with bytes travels as one binary message. */
function pack(frame: PageFrame): string | Uint8Array<ArrayBuffer> {
  if (frame.op !== 'request') return JSON.stringify(frame);
  const { bytes, ...input } = frame.input as { readonly bytes?: Uint8Array };
  if (bytes === undefined) return JSON.stringify(frame);
  return packFrame(new TextEncoder().encode(JSON.stringify({ ...frame, input })), bytes);
}

function unpack(packed: ArrayBuffer): NetworkFrame {
  const { json, bytes } = unpackFrame(new Uint8Array(packed));
  const reply = JSON.parse(new TextDecoder().decode(json)) as Extract<NetworkFrame, { op: 'reply' }>;
  return { ...reply, output: { ...(reply.output as object), bytes } };
}
