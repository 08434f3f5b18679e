// A screen where there is none: Xvfb, for as long as the work takes.
import { spawn } from 'node:child_process';
import { SetupError, say } from './say.mjs';
import { findProgram, hasDisplay } from './system-packages.mjs';

const SCREEN = '1600x1000x24';
const START_TIMEOUT_MS = 15_000;
const STOP_TIMEOUT_MS = 5_000;

/** Calls `work` with the environment that a program with windows needs. The display ends with it, whatever happens. */
export async function withDisplay(work) {
  if (process.platform !== 'linux' || hasDisplay()) return work(process.env);
  const display = await startXvfb();
  say(`no display here: using Xvfb ${display.name} (${SCREEN})`);
  try {
    // GTK would look for a Wayland session first.
    return await work({ ...process.env, DISPLAY: display.name, GDK_BACKEND: 'x11' });
  } finally {
    await display.stop();
  }
}

async function startXvfb() {
  const server = findProgram('Xvfb');
  if (server === undefined) throw new SetupError('Xvfb is not installed. On Debian: sudo apt-get install xvfb');
  const args = ['-displayfd', '3', '-screen', '0', SCREEN, '-nolisten', 'tcp', '-noreset'];
  // setpriv ends the server with us even when we are killed without a chance to clean up.
  const guard = findProgram('setpriv');
  const [command, commandArgs] =
    guard === undefined ? [server, args] : [guard, ['--pdeathsig', 'TERM', server, ...args]];
  // Detached: Ctrl-C belongs to the program on the display, which must be able to close its windows.
  const child = spawn(command, commandArgs, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'], detached: true });
  const ended = new Promise((resolve) => {
    child.once('exit', resolve);
    child.once('error', resolve);
  });
  const stop = async () => {
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
    await ended;
    clearTimeout(timer);
  };
  const number = await readDisplayNumber(child, ended);
  if (number === undefined) {
    await stop();
    throw new SetupError('Xvfb did not start. Try it by hand: Xvfb :99 -screen 0 1600x1000x24');
  }
  return { name: `:${number}`, stop };
}

function readDisplayNumber(child, ended) {
  return new Promise((resolve) => {
    let text = '';
    const timer = setTimeout(() => resolve(undefined), START_TIMEOUT_MS);
    const settle = (value) => {
      clearTimeout(timer);
      resolve(value);
    };
    void ended.then(() => settle(undefined));
    child.stdio[3].setEncoding('utf8').on('data', (chunk) => {
      text += chunk;
      const line = /^(\d+)\n/.exec(text);
      if (line !== null) settle(line[1]);
    });
  });
}
