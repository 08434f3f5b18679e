/** One process of ours, whatever kind it is. Tests put their own behind it. */
export interface ChildProcess {
  readonly pid: number | undefined;
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, also when the process was gone before somebody asked. */
  onExit(listener: (code: number) => void): void;
  kill(): void;
  /** The end of what it wrote to its error output before it could report anything by itself. */
  errorOutput(): string;
}

export interface ChildProcessOptions {
  /** Absolute path of the bundle to run. */
  readonly entry: string;
  /** What the process is called in the system's list of processes. */
  readonly name: string;
  /** Nobody looks at it: twenty of them starting must not make the window stutter. What it starts itself inherits this. */
  readonly inBackground?: boolean;
}

/** Resolves when the process runs; rejects when there is none. */
export type StartProcess = (options: ChildProcessOptions) => Promise<ChildProcess>;
