import { ipcMain } from 'electron';
import { createWindowSurface, type WindowSurface, type WindowSurfaceOptions } from './window-surface';

export { windowCaller } from './window-caller';
export type { WindowSurface } from './window-surface';

/** Serves this process's windows; once per process, each window is then attached. */
export const serveWindow = (options: Omit<WindowSurfaceOptions, 'ipcMain'>): WindowSurface =>
  createWindowSurface({ ...options, ipcMain });
