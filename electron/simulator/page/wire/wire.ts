import type { NetworkFrame, PageFrame, PageRequestName, PageRequests } from '../../frames';

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

  constructor(url: string, handlers: WireHandlers) {
    this.#url = url;
    this.#handlers = handlers;
    addEventListener('online', () => this.connectNow());
  }

  connectNow(): void {
    clearTimeout(this.#retry);
    if (this.#socket !== undefined) return;
    const socket = new WebSocket(this.device === undefined ? this.#url : `${this.#url}?device=${this.device}`);
    this.#socket = socket;
    socket.onopen = () => {
      this.#attempts = 0;
      this.#handlers.opened();
    };
    socket.onmessage = (message: MessageEvent<string>) => {
      const frame = JSON.parse(message.data) as NetworkFrame;
      if (frame.op === 'reply') this.#settle(frame);
      else this.#handlers.received(frame);
    };
    socket.onclose = () => this.#lost();
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
    this.#socket?.send(JSON.stringify(frame));
  }

  /** The network knows who we are: requests may go out, and those that were left waiting go out again. */
  welcomed(): void {
    this.#ready = true;
    for (const { frame } of this.#pending.values()) this.say(frame);
  }

  request<N extends PageRequestName>(
    name: N,
    input: PageRequests[N]['input'],
    options: { readonly lasting?: boolean } = {},
  ): Promise<PageRequests[N]['output']> {
    const lasting = options.lasting === true;
    if (!this.#ready && !lasting) return Promise.reject(new Error(`${name}: the page is not connected`));
    this.#requests += 1;
    const frame: PageFrame = { op: 'request', req: this.#requests, name, input };
    return new Promise((resolve, reject) => {
      this.#pending.set(this.#requests, { frame, lasting, resolve: resolve as Pending['resolve'], reject });
      if (this.#ready) this.say(frame);
    });
  }

  #settle(reply: Extract<NetworkFrame, { op: 'reply' }>): void {
    const pending = this.#pending.get(reply.req);
    if (pending === undefined) return;
    this.#pending.delete(reply.req);
    if (reply.error === undefined) pending.resolve(reply.output);
    else pending.reject(new Error(reply.error));
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
