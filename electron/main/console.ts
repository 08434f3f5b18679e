import { join } from 'node:path';
import { app, type BrowserWindow, nativeTheme } from 'electron';
import type { EventBody } from '../contract/events';
import { openAppProtocol } from '../platform/app-protocol';
import { usualBrowser } from '../platform/installed-browsers';
import { answerKnocks, knock } from '../platform/knock';
import { bringToFront, createMainWindow, isOurFrame, lockDownWebContents } from '../platform/main-window';
import { type DataPaths, dataPaths } from '../platform/paths';
import { holdDataFolder } from '../store/data-folder-lock';
import { serveWindow } from '../surfaces/ipc';
import { composeConsole } from './compose';
import { prepareDemo } from './demo';
import { type Flags, parseFlags } from './flags';
import { reportUsable } from './report-usable';
import { saveScreenshot } from './screenshot';
import { serve } from './serve';
import { endOnUncaughtError } from './uncaught-errors';

/** The built program; bundling moves this file, so its own place says nothing. */
const outDir = join(app.getAppPath(), 'out');
const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Builds the whole program, in the order in which the parts need each other, and takes it apart in the other. */
export const runConsole = async (): Promise<void> => {
  const flags = readFlags();
  if (flags === undefined) return app.exit(2);
  app.setName('Switchboard');
  const paths = dataPaths(
    flags.dataDir ?? join(app.getPath('appData'), flags.demo ? 'Switchboard Demo' : 'Switchboard'),
  );
  app.setPath('userData', paths.root);
  app.setPath('sessionData', paths.window);
  // Inherited by the workers.
  process.env['SWITCHBOARD_CODE_CACHE'] = paths.codeCache;
  const otherwise = enterDataFolder(paths);
  if (otherwise !== undefined) return app.exit(otherwise);
  openAppProtocol.register();
  await app.whenReady();
  openAppProtocol.serve(join(outDir, 'renderer'));
  lockDownWebContents();

  const { application, settingsFile, localApi, log, close } = composeConsole(paths, flags, outDir);
  const { dispatch, events } = application;

  let window: BrowserWindow | undefined;
  const surface = serveWindow({ dispatch, events, isOurFrame: (frame) => isOurFrame(window, frame) });
  events.subscribe(({ body }) => {
    if (body.type !== 'settings.updated') return;
    nativeTheme.themeSource = body.settings.theme;
    if (flags.serve === undefined) void localApi.apply(body.settings.api);
  });
  if (flags.serve === undefined) events.subscribe(({ body }) => tellOfLocalApi(body, say));

  const stopAnswering = answerKnocks(paths.knock, log, () => {
    if (window !== undefined) bringToFront(window);
  });
  let ending = false;
  let exitCode = 0;
  app.on('before-quit', (event) => {
    if (ending) return;
    event.preventDefault();
    ending = true;
    stopAnswering();
    window?.hide();
    void (async () => {
      surface.close();
      await close();
    })().finally(() => app.exit(exitCode));
  });
  app.on('window-all-closed', () => app.quit());
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => app.quit());

  if (flags.serve !== undefined) {
    endOnUncaughtError({
      program: process,
      log,
      say: (line) => void process.stderr.write(`${line}\n`),
      endInOrder() {
        exitCode = 1;
        app.quit();
      },
      endNow: () => app.exit(1),
    });
    try {
      await application.restore();
      await serve(application, localApi, flags.serve, usualBrowser, say);
    } catch (error) {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      exitCode = 1;
      app.quit();
    }
    return;
  }

  window = createMainWindow({
    preload: join(outDir, 'preload/index.cjs'),
    theme: flags.theme ?? settingsFile.settings.get().theme,
    bounds: settingsFile.windowBounds.get(),
    boundsChanged: settingsFile.windowBounds.set,
    ...(flags.size === undefined ? {} : { size: flags.size }),
  });
  surface.attach(window.webContents);
  if (flags.reportUsable) void reportUsable(window, say);
  await application.restore();
  await localApi.apply(settingsFile.settings.get().api);
  // The webhook of a server's command line goes with the server.
  await application.webhooks.fromCommandLine(undefined);
  if (flags.demo) await prepareDemo(dispatch, events, log);
  if (flags.screenshot !== undefined) void takePicture(window, flags.screenshot);

  async function takePicture(shown: BrowserWindow, file: string): Promise<void> {
    try {
      await saveScreenshot(shown, dispatch, file);
      say(`The window was saved to ${file}`);
    } catch (error) {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      exitCode = 1;
    }
    app.quit();
  }
};

/**
 * Two copies on one folder would open every profile twice, and WhatsApp answers that by logging out.
 *
 * @returns With which code to end at once, if this copy may not open the folder.
 */
const enterDataFolder = (paths: DataPaths): number | undefined => {
  try {
    if (holdDataFolder(paths.lock)) return undefined;
    say('Switchboard is already open with this data folder: its window comes to the front.');
    knock(paths.knock);
    return 0;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    process.stderr.write(`The data folder ${paths.root} cannot be used (${reason}): check that you may write in it.\n`);
    return 1;
  }
};

/** Whoever started the program in a terminal sees there, too, where programs reach it, or why they do not. */
const tellOfLocalApi = (body: EventBody, tell: (line: string) => void): void => {
  if (body.type !== 'api.changed') return;
  const { address, problem } = body.api;
  if (problem !== undefined) tell(problem);
  else if (address !== undefined) tell(`The local API listens at ${address} (keys are made in Settings)`);
};

const readFlags = (): Flags | undefined => {
  try {
    return parseFlags(process.argv);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return undefined;
  }
};
