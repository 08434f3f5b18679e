import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { FastifyInstance, FastifyReply } from 'fastify';

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
};

/**
 * Only files of its own run, load and are called; `data:` pictures are the QR codes. Text can never become markup, and no other
 * page may hold it in a frame or a window of its own.
 */
const pageHeaders: Readonly<Record<string, string>> = {
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; '),
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
  'X-Frame-Options': 'DENY',
};

/**
 * The web console: a page at `/` and its files below `/console/`. Open like the description of the calls, as it holds nothing:
 * whatever it shows it asks for with the key that the person types. The files are read once, so that no path of a request ever
 * reaches the disk.
 *
 * @param folder The built page. Throws when it is not there.
 */
export const serveWebConsole = (scope: FastifyInstance, folder: string): void => {
  for (const name of readdirSync(folder)) {
    const contentType = contentTypes[extname(name)];
    if (contentType === undefined) continue;
    const body = readFileSync(join(folder, name));
    const isPage = name === 'index.html';
    scope.get(isPage ? '/' : `/console/${name}`, { config: { open: true } }, async (_request, reply: FastifyReply) =>
      reply
        .headers(isPage ? pageHeaders : {})
        .type(contentType)
        .send(body),
    );
  }
};
