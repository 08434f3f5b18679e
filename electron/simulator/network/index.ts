import { runAsChild } from './run-as-child';
import { runFromCommandLine } from './run-from-command-line';

/** Electron's port to the parent; only a utility process has one. */
const { parentPort } = process as NodeJS.Process & { readonly parentPort?: Parameters<typeof runAsChild>[0] };

if (parentPort === undefined || parentPort === null) await runFromCommandLine(process.argv.slice(2));
else runAsChild(parentPort);
