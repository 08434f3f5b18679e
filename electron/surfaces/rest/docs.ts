import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';

const contentSecurityPolicy = [
  "default-src 'self'",
  "base-uri 'self'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "style-src 'self'",
  "script-src 'self'",
  "script-src-attr 'none'",
  "object-src 'none'",
  "form-action 'self'",
  "frame-ancestors 'self'",
].join('; ');

/**
 * The description at `/api-docs/openapi.json` and a page that shows it, which loads nothing from elsewhere, below each of the
 * prefixes. Open: neither holds a secret.
 */
export const serveDocs = async (
  scope: FastifyInstance,
  description: Record<string, unknown>,
  prefixes: readonly string[],
): Promise<void> => {
  for (const prefix of prefixes) {
    await scope.register(async (docs) => {
      docs.addHook('onRoute', (route) => {
        route.config = { ...route.config, open: true };
      });
      await docs.register(swagger, { mode: 'static', specification: { document: description as never } });
      docs.get(`${prefix}/api-docs/openapi.json`, async () => description);
      await docs.register(swaggerUi, {
        routePrefix: `${prefix}/api-docs`,
        // The library's own lets in other hosts, and `upgrade-insecure-requests` leaves a page without styles and scripts on a
        // computer that is reached by plain HTTP.
        staticCSP: contentSecurityPolicy,
        // Its badge would tell a website where this console is.
        uiConfig: { docExpansion: 'none', deepLinking: true, validatorUrl: null },
      });
    });
  }
};
