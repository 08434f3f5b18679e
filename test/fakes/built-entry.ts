import { join } from 'node:path';
import { build } from 'vite';
import { temporaryFolder } from './temporary-folder';

/** Bundles an entry of the project as the build does, for tests that start it as a thread or process; answers with its path. */
export const buildEntry = async (entry: string): Promise<string> => {
  const outDir = temporaryFolder();
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: entry,
      outDir,
      target: 'node24',
      rolldownOptions: { output: { format: 'es', entryFileNames: 'entry.mjs' } },
    },
    ssr: { noExternal: true },
  });
  return join(outDir, 'entry.mjs');
};
