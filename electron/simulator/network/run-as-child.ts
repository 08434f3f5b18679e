import { type RunningNetwork, type StartOptions, startPracticeNetwork } from './start';

/** The part of Electron's parent port that is needed here. */
export interface ParentPort {
  on(event: 'message', listener: (message: { readonly data: unknown }) => void): unknown;
  postMessage(message: ChildMessage): void;
}

export type ParentMessage = ({ readonly type: 'start' } & StartOptions) | { readonly type: 'stop' };

export type ChildMessage =
  | { readonly type: 'listening'; readonly port: number }
  | { readonly type: 'failed'; readonly message: string };

/** Serves as a utility process: one start message in, one answer out, gone when told or when the parent is gone. */
export function runAsChild(port: ParentPort): void {
  let running: Promise<RunningNetwork> | undefined;
  const end = async () => {
    await (await running?.catch(() => undefined))?.stop();
    process.exit(0);
  };
  port.on('message', ({ data }) => {
    const message = data as ParentMessage;
    if (message.type === 'stop') void end();
    if (message.type !== 'start' || running !== undefined) return;
    running = startPracticeNetwork(message);
    running.then(
      (network) => {
        port.postMessage({ type: 'listening', port: network.port });
        void network.stopped.then(() => process.exit(0));
      },
      (error: unknown) => {
        port.postMessage({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
        // Leaves the answer a moment to get out.
        setTimeout(() => process.exit(1), 100);
      },
    );
  });
  process.on('SIGTERM', () => void end());
}
