import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron';
import { ipcChannels, type WindowApi } from '../contract/bridge';

const api: WindowApi = {
  invoke: (operation, input) => ipcRenderer.invoke(ipcChannels.invoke, operation, input),
  subscribe: (listener) => {
    const relay = (_event: IpcRendererEvent, events: readonly unknown[]): void => listener(events);
    ipcRenderer.on(ipcChannels.events, relay);
    return () => ipcRenderer.off(ipcChannels.events, relay);
  },
};

contextBridge.exposeInMainWorld('api', api);
