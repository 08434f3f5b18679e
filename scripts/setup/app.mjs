// Starting the app itself.
import { withDisplay } from './display.mjs';
import { electronExecutable } from './electron-runtime.mjs';
import { prepare } from './prepare.mjs';
import { projectRoot } from './project.mjs';
import { runShown } from './run-command.mjs';
import { say } from './say.mjs';

/** What Chromium says on every system without a message bus, such as a container. */
const NO_MESSAGE_BUS = /ERROR:dbus\//;

/** An account that was linked a moment ago writes its login to disk before it ends, which can take this long. */
const APP_GRACE_MS = 75_000;

/** Builds when needed and runs the app with these flags until it ends; resolves with its exit code. */
export async function runApp(flags) {
  await prepare({ display: true, build: true });
  return withDisplay(async (env) => {
    const { ELECTRON_RUN_AS_NODE: _, ...appEnv } = env;
    const { code } = await runShown(electronExecutable(), [...sandboxFlags(), projectRoot, ...flags], {
      env: appEnv,
      hideErrors: NO_MESSAGE_BUS,
      graceMs: APP_GRACE_MS,
    });
    return code ?? 1;
  });
}

/** Chromium refuses to run with its sandbox as root. Only then is it switched off, and never in silence. */
function sandboxFlags() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return [];
  say('running as root: Chromium only starts without its sandbox (--no-sandbox)');
  return ['--no-sandbox'];
}
