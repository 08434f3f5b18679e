import type { IpcMain, IpcMainInvokeEvent, WebContents, WebFrameMain } from 'electron';
import type { Dispatch } from '../../application/dispatch';
import type { EventBus } from '../../application/event-bus';
import { ipcChannels } from '../../contract/bridge';
import { OperationError } from '../../contract/errors';
import type { Envelope } from '../../contract/operation';
import { createEventBatches } from './event-batches';
import { windowCaller } from './window-caller';

export interface WindowSurfaceOptions {
  readonly ipcMain: Pick<IpcMain, 'handle' | 'removeHandler'>;
  readonly dispatch: Dispatch;
  readonly events: Pick<EventBus, 'subscribe'>;
  /** Whether a frame is the top-level frame of our own window on our own origin. */
  readonly isOurFrame: (frame: WebFrameMain | null) => boolean;
}

export interface WindowSurface {
  /** Sends the event stream to a window until its contents are destroyed. */
  attach(contents: WebContents): void;
  close(): void;
}

const refused = (code: 'FORBIDDEN' | 'VALIDATION_ERROR', message: string): Envelope<never> => ({
  ok: false,
  error: new OperationError(code, message).toShape(),
});

/** The window's way to the operations: one channel in, one channel out, both only for our own frame. */
export const createWindowSurface = ({ ipcMain, dispatch, events, isOurFrame }: WindowSurfaceOptions): WindowSurface => {
  const endings = new Set<() => void>();

  const invoke = (event: IpcMainInvokeEvent, ...parameters: readonly unknown[]): Promise<Envelope<unknown>> => {
    if (!isOurFrame(event.senderFrame))
      return Promise.resolve(refused('FORBIDDEN', 'Only the window of Switchboard may call.'));
    const [name, input] = parameters;
    if (parameters.length !== 2 || typeof name !== 'string') {
      return Promise.resolve(refused('VALIDATION_ERROR', 'A call takes the name of an operation and its input.'));
    }
    return dispatch(windowCaller, name, input);
  };
  ipcMain.handle(ipcChannels.invoke, invoke);

  return {
    attach(contents) {
      const batches = createEventBatches((batch) => {
        // A frame that is not ours (a failed load, a navigation under way) gets nothing; ours takes a snapshot when it is back.
        if (!contents.isDestroyed() && isOurFrame(contents.mainFrame)) contents.send(ipcChannels.events, batch);
      });
      const unsubscribe = events.subscribe((event) => batches.add(event));
      const end = (): void => {
        unsubscribe();
        batches.close();
        endings.delete(end);
      };
      endings.add(end);
      contents.once('destroyed', end);
    },
    close() {
      ipcMain.removeHandler(ipcChannels.invoke);
      for (const end of endings) end();
    },
  };
};
