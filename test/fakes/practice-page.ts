import { WebSocket } from 'ws';
import type {
  AccountEvent,
  Login,
  NetworkFrame,
  PageFrame,
  PageRequestName,
  PageRequests,
} from '../../electron/simulator/frames';

type Frame<Op extends NetworkFrame['op']> = Extract<NetworkFrame, { op: Op }>;

/** Speaks the wire of a practice page without a browser: for what can only be said below the library. */
export class PracticePage {
  readonly page: string;
  readonly frames: NetworkFrame[] = [];
  readonly #socket: WebSocket;
  /** Told of every event as it comes. */
  heard: ((event: AccountEvent) => void) | undefined;
  #requests = 0;

  private constructor(socket: WebSocket, page: string) {
    this.#socket = socket;
    this.page = page;
    socket.on('message', (data: Buffer) => {
      const frame = JSON.parse(data.toString()) as NetworkFrame;
      this.frames.push(frame);
      if (frame.op === 'event') this.heard?.(frame.event);
    });
  }

  static async open(
    port: number,
    options: { readonly origin?: string; readonly page?: string } = {},
  ): Promise<PracticePage> {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/wire`, {
      origin: options.origin ?? 'https://web.whatsapp.com',
    });
    const page = new PracticePage(socket, options.page ?? crypto.randomUUID());
    await new Promise<void>((resolve, reject) => {
      socket.once('open', () => resolve());
      socket.once('error', reject);
    });
    return page;
  }

  hello(login?: Login, since?: number): void {
    this.#say({
      op: 'hello',
      page: this.page,
      qrTail: 'noise,identity,adv,1',
      ...(login === undefined ? {} : { login }),
      ...(since === undefined ? {} : { since }),
    });
  }

  /** The first frame of a kind, waited for. */
  async next<Op extends NetworkFrame['op']>(op: Op): Promise<Frame<Op>> {
    const deadline = Date.now() + 5000;
    while (Date.now() < deadline) {
      const index = this.frames.findIndex((frame) => frame.op === op);
      if (index >= 0) return this.frames.splice(index, 1)[0] as Frame<Op>;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    throw new Error(`No frame "${op}" came within 5 s`);
  }

  async request<N extends PageRequestName>(
    name: N,
    input: PageRequests[N]['input'],
  ): Promise<PageRequests[N]['output']> {
    this.#requests += 1;
    this.#say({ op: 'request', req: this.#requests, name, input });
    const reply = await this.next('reply');
    if (reply.error !== undefined) throw new Error(reply.error);
    return reply.output as PageRequests[N]['output'];
  }

  events(): readonly AccountEvent[] {
    return this.frames.filter((frame) => frame.op === 'event').map((frame) => frame.event);
  }

  async close(): Promise<void> {
    if (this.#socket.readyState === WebSocket.CLOSED) return;
    const closed = new Promise((resolve) => this.#socket.once('close', resolve));
    this.#socket.terminate();
    await closed;
  }

  #say(frame: PageFrame): void {
    this.#socket.send(JSON.stringify(frame));
  }
}
