import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { protocol } from 'electron';

const scheme = 'app';
const host = 'switchboard';
/** The window's origin. IPC from anywhere else is refused. */
export const appOrigin = `${scheme}://${host}`;

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

/** Nothing but what this application ships may run, load or be called. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
].join('; ');

/** Our own protocol for the window. `register` must run before the app is ready, `serve` after it. */
export const openAppProtocol = {
  register: (): void =>
    protocol.registerSchemesAsPrivileged([
      { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
    ]),

  /** Serves the built renderer under `app://switchboard/`, and nothing outside its folder. */
  serve: (rendererDir: string): void => protocol.handle(scheme, (request) => answer(request.url, rendererDir)),
};

const answer = async (address: string, rendererDir: string): Promise<Response> => {
  const url = new URL(address);
  const wanted = decoded(url.pathname);
  if (url.host !== host || wanted === undefined || wanted.includes('\0')) return notFound();
  const file = normalize(join(rendererDir, wanted === '/' ? 'index.html' : wanted));
  const contentType = contentTypes[extname(file)];
  if (!file.startsWith(rendererDir + sep) || contentType === undefined) return notFound();
  const body = await readFile(file).catch(() => undefined);
  if (body === undefined) return notFound();
  return new Response(new Uint8Array(body), {
    headers: {
      'content-type': contentType,
      'content-security-policy': contentSecurityPolicy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    },
  });
};

const notFound = (): Response => new Response('Not found', { status: 404, headers: { 'content-type': 'text/plain' } });

const decoded = (path: string): string | undefined => {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
};
