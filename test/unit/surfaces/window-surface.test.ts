import { EventEmitter } from 'node:events';
import type { IpcMain, IpcMainInvokeEvent, WebContents, WebFrameMain } from 'electron';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Caller } from '../../../electron/application/caller';
import type { Dispatch } from '../../../electron/application/dispatch';
import { createEventBus, type EventBus } from '../../../electron/application/event-bus';
import { ipcChannels } from '../../../electron/contract/bridge';
import type { ConsoleEvent, EventBody } from '../../../electron/contract/events';
import { createWindowSurface, type WindowSurface } from '../../../electron/surfaces/ipc/window-surface';
import { accountId } from '../../fakes/entities';
import { createManualClock } from '../../fakes/manual-clock';
import { createMemoryLog } from '../../fakes/memory-log';

// Electron itself is met in the end-to-end tests; here it is what this surface sees of it.
const ourFrame = { name: 'ours' } as unknown as WebFrameMain;
const foreignFrame = { name: 'foreign' } as unknown as WebFrameMain;
const removed: EventBody = { type: 'account.removed', accountId: accountId('support') };

type Invoke = (event: IpcMainInvokeEvent, ...parameters: readonly unknown[]) => unknown;

class Contents extends EventEmitter {
  mainFrame = ourFrame;
  readonly sent: (readonly [string, readonly ConsoleEvent[]])[] = [];
  destroyed = false;
  isDestroyed(): boolean {
    return this.destroyed;
  }
  send(channel: string, events: readonly ConsoleEvent[]): void {
    if (this.destroyed) throw new Error('Object has been destroyed');
    this.sent.push([channel, events]);
  }
}

let channels: Map<string, Invoke>;
let calls: { readonly caller: Caller; readonly name: string; readonly input: unknown }[];
let events: EventBus;
let surface: WindowSurface;

const attach = (): Contents => {
  const contents = new Contents();
  surface.attach(contents as unknown as WebContents);
  return contents;
};
const invoke = (frame: WebFrameMain | null, ...parameters: readonly unknown[]): unknown =>
  channels.get(ipcChannels.invoke)?.({ senderFrame: frame } as unknown as IpcMainInvokeEvent, ...parameters);

beforeEach(() => {
  vi.useFakeTimers();
  channels = new Map();
  calls = [];
  events = createEventBus({ clock: createManualClock(0), log: createMemoryLog().log, epoch: 'run' });
  const ipcMain: Pick<IpcMain, 'handle' | 'removeHandler'> = {
    handle: (channel, listener) => void channels.set(channel, listener),
    removeHandler: (channel) => void channels.delete(channel),
  };
  const dispatch = (async (caller: Caller, name: string, input: unknown) => {
    calls.push({ caller, name, input });
    return { ok: true, data: {} };
  }) as unknown as Dispatch;
  surface = createWindowSurface({ ipcMain, dispatch, events, isOurFrame: (frame) => frame === ourFrame });
});
afterEach(() => {
  surface.close();
  vi.useRealTimers();
});

describe('the window’s way to the operations', () => {
  it('is one channel, and the caller is derived, whatever the window says', async () => {
    expect([...channels.keys()]).toEqual([ipcChannels.invoke]);
    expect(await invoke(ourFrame, 'accounts.list', { caller: { kind: 'api' } })).toEqual({ ok: true, data: {} });
    expect(calls).toEqual([
      {
        caller: { kind: 'window', name: 'window', scopes: ['read', 'send', 'control', 'admin'] },
        name: 'accounts.list',
        input: { caller: { kind: 'api' } },
      },
    ]);
  });

  it.each([
    ['a foreign frame', foreignFrame],
    ['a frame that is gone', null],
  ] as const)('is closed to %s', async (_who, frame) => {
    expect(await invoke(frame, 'accounts.list', {})).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } });
    expect(calls).toEqual([]);
  });

  it.each([[[]], [['accounts.list']], [[7, {}]], [[{ name: 'accounts.list' }, {}]], [['accounts.list', {}, 'more']]])(
    'takes a name and an input, nothing else: %j',
    async (parameters) => {
      expect(await invoke(ourFrame, ...parameters)).toMatchObject({ ok: false, error: { code: 'VALIDATION_ERROR' } });
      expect(calls).toEqual([]);
    },
  );

  it('is gone when the surface is closed', () => {
    surface.close();
    expect(channels.size).toBe(0);
  });
});

describe('the event stream to a window', () => {
  it('carries all events in order, in at most one message per 16 ms', () => {
    const contents = attach();
    for (let count = 0; count < 5; count += 1) events.publish(removed);
    expect(contents.sent).toEqual([]);
    vi.advanceTimersByTime(16);
    events.publish(removed);
    vi.advanceTimersByTime(15);
    expect(contents.sent).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(contents.sent.map(([channel]) => channel)).toEqual([ipcChannels.events, ipcChannels.events]);
    expect(contents.sent.map(([, batch]) => batch.map((event) => event.sequence))).toEqual([[1, 2, 3, 4, 5], [6]]);
  });

  it('sends nothing while nothing happens', () => {
    const contents = attach();
    vi.advanceTimersByTime(1_000);
    expect(contents.sent).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('ends with the window, also with events on their way', () => {
    const contents = attach();
    const other = attach();
    events.publish(removed);
    contents.destroyed = true;
    contents.emit('destroyed');
    events.publish(removed);
    vi.advanceTimersByTime(100);
    expect(contents.sent).toEqual([]);
    expect(other.sent).toHaveLength(1);
  });

  it('says nothing to a page that is not ours', () => {
    const contents = attach();
    contents.mainFrame = foreignFrame;
    events.publish(removed);
    vi.advanceTimersByTime(100);
    expect(contents.sent).toEqual([]);
  });
});
