import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerCall, decodePart } from './control/routes';
import type { Network } from './network';
import { Refusal } from './refusal';

/** Room for a file of 48 MB in base64. */
const LARGEST_BODY_BYTES = 64 * 1024 * 1024;

/** The control interface: JSON over HTTP for programs on this machine that know the token, and for nobody else. */
export class ControlServer {
  readonly #network: Network;
  readonly #token: Buffer;

  constructor(network: Network, token: string) {
    this.#network = network;
    this.#token = Buffer.from(token);
  }

  async handle(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    try {
      const answer = await this.#answer(request, url);
      send(response, 200, answer ?? {});
    } catch (error) {
      const refusal = error instanceof Refusal ? error : undefined;
      if (refusal === undefined) process.stderr.write(`practice network: ${String(error)}\n`);
      send(response, refusal?.status ?? 500, { error: refusal?.message ?? 'The practice network failed at this call' });
    }
  }

  async #answer(request: IncomingMessage, url: URL): Promise<unknown> {
    // A browser always names the page it calls from; programs do not.
    if (request.headers.origin !== undefined) throw new Refusal(403, 'Web pages may not control the practice network');
    this.#authorise(request.headers.authorization);
    const path = url.pathname
      .split('/')
      .slice(2)
      .filter((part) => part !== '')
      .map(decodePart);
    const body = request.method === 'GET' ? undefined : await readJson(request);
    return answerCall(this.#network, request.method ?? '', path, url.searchParams, body);
  }

  #authorise(header: string | undefined): void {
    const given = Buffer.from(header?.replace(/^Bearer /, '') ?? '');
    if (given.length !== this.#token.length || !timingSafeEqual(given, this.#token)) {
      throw new Refusal(401, 'Give the token of this practice network: Authorization: Bearer <token>');
    }
  }
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const tooBig = () => new Refusal(413, `A body has at most ${LARGEST_BODY_BYTES} bytes`);
  if (Number(request.headers['content-length'] ?? 0) > LARGEST_BODY_BYTES) throw tooBig();
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > LARGEST_BODY_BYTES) throw tooBig();
    parts.push(part);
  }
  if (size === 0) return undefined;
  const type = request.headers['content-type'] ?? 'application/json';
  if (!/^application\/json\b/i.test(type)) {
    throw new Refusal(415, `A body is JSON: send it with the header "content-type: application/json", not ${type}`);
  }
  try {
    return JSON.parse(Buffer.concat(parts).toString('utf8')) as unknown;
  } catch {
    throw new Refusal(400, 'The body is not JSON');
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}
