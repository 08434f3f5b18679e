import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';

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
        staticCSP: true,
        uiConfig: { docExpansion: 'none', deepLinking: true },
      });
    });
  }
};
