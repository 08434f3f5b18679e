import type { ChildProcess, StartProcess } from '../../electron/supervisor/child-process';

/** A process that the test plays: it says what the test says and dies when the test lets it. */
export class PlayedProcess {
  readonly name: string;
  readonly posted: unknown[] = [];
  killed = false;
  readonly #messageListeners: ((message: unknown) => void)[] = [];
  readonly #exitListeners: ((code: number) => void)[] = [];
  #exitCode: number | undefined;

  constructor(name: string) {
    this.name = name;
  }

  say(message: unknown): void {
    for (const listener of this.#messageListeners) listener(message);
  }

  exit(code: number): void {
    this.#exitCode = code;
    for (const listener of this.#exitListeners.splice(0)) listener(code);
  }

  get handle(): ChildProcess {
    return {
      pid: 4242,
      post: (message) => void this.posted.push(message),
      onMessage: (listener) => void this.#messageListeners.push(listener),
      onExit: (listener) => {
        if (this.#exitCode === undefined) this.#exitListeners.push(listener);
        else listener(this.#exitCode);
      },
      kill: () => {
        this.killed = true;
        this.exit(137);
      },
      errorOutput: () => '',
    };
  }
}

/** Starts played processes and keeps them in order of their start. */
export const createPlayedProcesses = (): { readonly started: PlayedProcess[]; readonly startProcess: StartProcess } => {
  const started: PlayedProcess[] = [];
  return {
    started,
    startProcess: async ({ name }) => {
      const played = new PlayedProcess(name);
      started.push(played);
      return played.handle;
    },
  };
};

/** Lets everything run that waits for nothing but its turn. */
export const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
