import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from 'whatsapp-web.js';
import { OperationError } from '../../contract/errors';
import type { Launch } from '../../contract/frames';
import { DeadlineError, within } from '../deadline';
import { reasonOf } from './page-access';

/** What the built-in browser keeps in its profile as long as its window is on the screen. */
const shownMark = 'switchboard-window-shown';
/** Keys that the built-in browser takes for a word from whoever holds its pipe. */
const signals = { show: { key: 'F24', code: 135 }, hide: { key: 'F23', code: 134 } } as const;
const allModifiers = 1 | 2 | 8;

const showLimitMs = 5_000;
const screenshotLimitMs = 8_000;
const lookEveryMs = 100;
/** How often to see whether the person has closed the window. */
const watchEveryMs = 1_000;

export interface OwnWindowDeps {
  readonly accountId: string;
  readonly launch: Launch;
  readonly client: Client;
  changed(shown: boolean): void;
}

type CDPSession = Awaited<ReturnType<NonNullable<Client['pupPage']>['createCDPSession']>>;

/** A hidden window paints nothing by itself and waits for ever when it is asked for its picture; asked for its frames, it paints. */
const pictureOf = async (session: CDPSession): Promise<string> => {
  const frame = new Promise<string>((resolve) => {
    session.once('Page.screencastFrame', ({ data }) => resolve(data));
  });
  await session.send('Page.startScreencast', { format: 'png' });
  try {
    return await frame;
  } finally {
    await session.send('Page.stopScreencast').catch(() => undefined);
  }
};

/** The account's own window: the very page that is being driven, for a person to look at and to use. */
export class OwnWindow {
  readonly #deps: OwnWindowDeps;
  #shown = false;
  #watch: NodeJS.Timeout | undefined;

  constructor(deps: OwnWindowDeps) {
    this.#deps = deps;
  }

  async set(shown: boolean): Promise<void> {
    const { accountId, launch } = this.#deps;
    if (launch.browser.kind === 'installed') {
      throw new OperationError(
        'SESSION_NOT_READY',
        `Account ${accountId} runs in an installed browser, which has no window to show. Choose the built-in browser in its settings and restart it.`,
      );
    }
    try {
      await within(this.#signal(shown), showLimitMs, shown ? 'Showing the window' : 'Hiding the window');
    } catch (error) {
      const code = error instanceof DeadlineError ? 'SESSION_TIMEOUT' : 'SESSION_NOT_READY';
      throw new OperationError(
        code,
        `Account ${accountId} could not ${shown ? 'show' : 'hide'} its window: ${reasonOf(error)}.`,
        { cause: error },
      );
    }
    this.#note(shown);
  }

  async screenshot(): Promise<Uint8Array> {
    const { accountId, client } = this.#deps;
    try {
      const session = await client.pupPage?.createCDPSession();
      if (session === undefined) throw new Error('the page is not open');
      try {
        return Buffer.from(await within(pictureOf(session), screenshotLimitMs, 'The picture'), 'base64');
      } finally {
        await session.detach().catch(() => undefined);
      }
    } catch (error) {
      const code = error instanceof DeadlineError ? 'SESSION_TIMEOUT' : 'SESSION_NOT_READY';
      throw new OperationError(code, `Account ${accountId} gave no picture of its page: ${reasonOf(error)}.`, {
        cause: error,
      });
    }
  }

  close(): void {
    clearInterval(this.#watch);
  }

  async #signal(shown: boolean): Promise<void> {
    const session = await this.#deps.client.pupPage?.createCDPSession();
    if (session === undefined) throw new Error('the page is not open');
    const { key, code } = signals[shown ? 'show' : 'hide'];
    try {
      await session.send('Input.dispatchKeyEvent', {
        type: 'rawKeyDown',
        modifiers: allModifiers,
        key,
        code: key,
        windowsVirtualKeyCode: code,
      });
      await session.send('Input.dispatchKeyEvent', { type: 'keyUp', key, code: key, windowsVirtualKeyCode: code });
    } finally {
      await session.detach().catch(() => undefined);
    }
    const endMs = Date.now() + showLimitMs;
    while ((await this.#isShown()) !== shown) {
      if (Date.now() > endMs) throw new Error('the browser did not answer');
      await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
    }
  }

  #isShown(): Promise<boolean> {
    return access(join(this.#deps.launch.profileDir, shownMark)).then(
      () => true,
      () => false,
    );
  }

  #note(shown: boolean): void {
    clearInterval(this.#watch);
    if (shown) {
      this.#watch = setInterval(() => {
        void this.#isShown().then((still) => {
          if (!still && this.#shown) this.#note(false);
        });
      }, watchEveryMs);
    }
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#deps.changed(shown);
  }
}
