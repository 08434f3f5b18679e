// Who may import whom: the table of ARCHITECTURE.md as data. Enforced by .dependency-cruiser.mjs (files and packages)
// and by import-names.mjs (what is taken out of a package).

/** The only room whose types everybody in electron/ and renderer/ may use. */
export const FREE_TYPES_FROM = 'electron/contract';

/**
 * Room → the rooms, folders or files it may import values from, besides itself. A room that is missing here does not
 * exist: the check refuses files outside of all rooms.
 */
export const ROOMS = {
  'electron/contract': [],
  'electron/domain': ['electron/contract'],
  'electron/application': ['electron/contract', 'electron/domain'],
  'electron/store': ['electron/contract', 'electron/domain', 'electron/application/ports'],
  'electron/supervisor': ['electron/contract', 'electron/domain', 'electron/application/ports'],
  'electron/worker': ['electron/contract', 'electron/domain'],
  'electron/browser': [],
  // Knows WhatsApp Web, not Switchboard. Files beside its two halves are what they say to each other.
  'electron/simulator': [],
  'electron/surfaces/ipc': ['electron/contract', 'electron/application'],
  'electron/surfaces/rest': ['electron/contract', 'electron/application'],
  'electron/surfaces/webhooks': ['electron/contract', 'electron/application'],
  'electron/platform': ['electron/contract', 'electron/application/ports'],
  'electron/main': [
    'electron/contract',
    'electron/domain',
    'electron/application',
    'electron/store',
    'electron/supervisor',
    'electron/surfaces',
    'electron/platform',
    'electron/browser/index.ts',
  ],
  'electron/preload': ['electron/contract/bridge.ts'],
  // limits.ts is numbers without an import: the window checks lengths before it asks.
  'renderer/app': ['renderer/features', 'renderer/ui', 'renderer/state', 'renderer/bridge'],
  'renderer/features': ['renderer/ui', 'renderer/state', 'renderer/bridge', 'electron/contract/limits.ts'],
  'renderer/ui': [],
  'renderer/state': ['renderer/bridge', 'electron/contract/limits.ts'],
  'renderer/bridge': [],
  test: ['electron', 'renderer', 'bench', 'scripts'],
  bench: ['electron', 'test'],
  // Programs for whoever uses the API: they know its address and nothing of ours.
  examples: [],
};

/** Parts of one room that must not know each other. */
export const STRANGERS = [
  ['electron/simulator/network', 'electron/simulator/page'],
  ['electron/simulator/page', 'electron/simulator/network'],
  // A page for any browser: it knows the API by its contract only.
  ['electron/surfaces/rest/web-console', 'electron/application'],
];

/** Folders whose sub-folders never import one another. */
export const SIBLINGS_APART = ['renderer/features', 'electron/surfaces'];

/** Rooms that run without Node: nothing they reach may reach it either. */
export const WITHOUT_NODE = [
  'electron/contract',
  'electron/domain',
  'electron/application',
  'electron/simulator/page',
  'electron/surfaces/rest/web-console',
  'electron/preload',
  'renderer',
];

/** Rooms that may import npm packages only from this list. The others are free, but for ONLY_HERE. */
export const PACKAGES = {
  'electron/contract': ['zod'],
  'electron/domain': [],
  'electron/application': [],
  'electron/browser': ['electron'],
  'electron/preload': ['electron'],
  'electron/surfaces/ipc': ['electron'],
  'electron/surfaces/rest/web-console': [],
  examples: [],
  'electron/surfaces/webhooks': [],
};

/** Module → the rooms or folders that may import it. Tests and benchmarks may import anything. */
export const ONLY_HERE = {
  'whatsapp-web.js': ['electron/worker/driver'],
  'puppeteer-core': ['electron/worker/driver'],
  puppeteer: [],
  'node:sqlite': ['electron/store'],
  electron: [
    'electron/supervisor',
    'electron/browser',
    'electron/surfaces/ipc',
    'electron/platform',
    'electron/main',
    'electron/preload',
  ],
  'electron-store': ['electron/platform'],
  pino: ['electron/platform'],
  'rotating-file-stream': ['electron/platform'],
  'proxy-chain': ['electron/platform'],
  ws: ['electron/simulator/network', 'electron/surfaces/rest'],
  fastify: ['electron/surfaces/rest'],
  '@fastify/multipart': ['electron/surfaces/rest'],
  '@fastify/rate-limit': ['electron/surfaces/rest'],
  '@fastify/swagger': ['electron/surfaces/rest'],
  '@fastify/swagger-ui': ['electron/surfaces/rest'],
  '@fastify/websocket': ['electron/surfaces/rest'],
  react: ['renderer'],
  'react-dom': ['renderer'],
  'react-aria-components': ['renderer'],
  zustand: ['renderer'],
};

/** What is taken out of `electron` → the rooms that may. Types are free. */
export const ELECTRON_NAMES = {
  utilityProcess: ['electron/supervisor'],
  ipcMain: ['electron/surfaces/ipc'],
  ipcRenderer: ['electron/preload'],
  contextBridge: ['electron/preload'],
  BrowserWindow: ['electron/platform', 'electron/browser'],
  safeStorage: ['electron/platform'],
  shell: ['electron/platform'],
  Tray: ['electron/platform'],
  Notification: ['electron/platform'],
  protocol: ['electron/platform'],
};

/** The window's only door to the rest, and the room that may open it. */
export const WINDOW_API = {
  expression: /\b(?:window|globalThis|self)\s*(?:\.\s*api\b|\[\s*['"`]api['"`]\s*\])/,
  room: 'renderer/bridge',
};
