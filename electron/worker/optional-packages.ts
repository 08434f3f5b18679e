import { registerHooks } from 'node:module';

/** Only for `RemoteAuth`, which nobody uses here. The library calls them optional and goes on without them. */
const refused: ReadonlySet<string> = new Set(['archiver', 'fs-extra', 'unzipper']);
/** Asked for on the way to `node-fetch`, for a Node that has no URL of its own; the built-in module has the same two names. */
const builtIn: Readonly<Record<string, string>> = { 'whatwg-url': 'node:url' };

/**
 * Loads without the packages that whatsapp-web.js takes along and never uses here. Measured for each worker: 60 ms of
 * processor time and 5 MiB.
 */
export const withoutOptionalPackages = async <Loaded>(load: () => Promise<Loaded>): Promise<Loaded> => {
  const hooks = registerHooks({
    resolve: (specifier, context, next) => {
      if (refused.has(specifier)) throw new Error(`${specifier} is not loaded in a worker`);
      return next(builtIn[specifier] ?? specifier, context);
    },
  });
  try {
    return await load();
  } finally {
    hooks.deregister();
  }
};
