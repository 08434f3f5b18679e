import { spawn } from 'node:child_process';
import os from 'node:os';
import { createInterface } from 'node:readline';
import { projectRoot } from './project.mjs';

const OUTPUT_LIMIT_CHARS = 400_000;
const GRACE_MS = 10_000;

/** Somebody pressed Ctrl-C or sent a signal: everything unwinds, and run.mjs ends with this exit code. */
export class Interrupted extends Error {
  constructor(signal) {
    super(`ended by ${signal}`);
    this.exitCode = 128 + os.constants.signals[signal];
  }
}

let interruptedBy;
const stopChild = new Set();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    interruptedBy ??= signal;
    for (const stop of stopChild) stop(signal);
  });
}

/**
 * Runs a command to its end with its output captured. A failing command does not throw: the caller reads `code`
 * (undefined when it could not be started or took longer than `timeoutMs`) and `output`.
 */
export function runCaptured(command, args, options = {}) {
  return run(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
}

/**
 * The same with the output shown as it comes. `keyboard` lets the program read keys; `hideErrors` is an expression
 * for lines of its standard error that tell nobody anything; `graceMs` is how long it may take to end when it is asked to.
 */
export function runShown(command, args, options = {}) {
  const { keyboard = false, hideErrors } = options;
  return run(command, args, {
    ...options,
    stdio: [keyboard ? 'inherit' : 'ignore', 'inherit', hideErrors === undefined ? 'inherit' : 'pipe'],
  });
}

/**
 * Every child leads a process group. It is asked to end first, alone, so that it can close what it opened; after a
 * grace period, and once it is gone, nothing of its group stays. Programs at the keyboard stay in the terminal's group.
 */
function run(command, args, options) {
  const { cwd = projectRoot, env = process.env, timeoutMs, graceMs = GRACE_MS, stdio, keyboard = false } = options;
  const { hideErrors } = options;
  return new Promise((resolve, reject) => {
    if (interruptedBy !== undefined) {
      reject(new Interrupted(interruptedBy));
      return;
    }
    let output = '';
    let timedOut = false;
    let killTimer;
    const ownGroup = process.platform !== 'win32' && !keyboard;
    const child = spawn(command, args, { cwd, env, stdio, detached: ownGroup });
    const killAll = () => {
      try {
        if (ownGroup && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
        else child.kill('SIGKILL');
      } catch {
        // Already gone.
      }
    };
    const stop = (signal) => {
      child.kill(signal);
      killTimer ??= setTimeout(killAll, graceMs);
    };
    stopChild.add(stop);
    const onTimeOut = () => {
      timedOut = true;
      stop('SIGTERM');
    };
    const limit = timeoutMs === undefined ? undefined : setTimeout(onTimeOut, timeoutMs);
    const collect = (chunk) => {
      output = (output + chunk).slice(-OUTPUT_LIMIT_CHARS);
    };
    child.stdout?.setEncoding('utf8').on('data', collect);
    if (hideErrors === undefined) child.stderr?.setEncoding('utf8').on('data', collect);
    else showErrors(child.stderr, hideErrors);
    const settle = (code) => {
      clearTimeout(limit);
      clearTimeout(killTimer);
      stopChild.delete(stop);
      if (interruptedBy === undefined) resolve({ code, output, timedOut });
      else reject(new Interrupted(interruptedBy));
    };
    child.on('error', (error) => {
      output += error.message;
      settle(undefined);
    });
    child.on('exit', killAll);
    child.on('close', (code, signal) => {
      if (timedOut) settle(undefined);
      else settle(code ?? 128 + (os.constants.signals[signal] ?? 0));
    });
  });
}

function showErrors(stream, hidden) {
  createInterface({ input: stream }).on('line', (line) => {
    if (!hidden.test(line)) process.stderr.write(`${line}\n`);
  });
}

/** npm as a command: through the npm that runs us when there is one, so that the same npm serves throughout. */
export function npmCommand(...args) {
  const cli = process.env.npm_execpath;
  return cli?.endsWith('.js') ? [process.execPath, [cli, ...args]] : ['npm', args];
}

/** The last line that says something, for a one-line reason. */
export function lastLine(output) {
  const lines = output.split('\n').map((line) => line.trim());
  return lines.findLast((line) => line !== '') ?? 'no output';
}

/** The end of a long output. */
export function tail(output, lines = 30) {
  return output.trimEnd().split('\n').slice(-lines).join('\n');
}
