import { resolve } from 'node:path';
import { defineConfig } from 'vite';

// The page at the local API's own address. Everything it loads is a file of its own beside it: its content security policy
// allows nothing else, not even data: URLs for scripts and fonts.
export default defineConfig({
  root: 'electron/surfaces/rest/web-console',
  base: '/console/',
  publicDir: false,
  build: {
    outDir: resolve(import.meta.dirname, 'out/web-console'),
    emptyOutDir: true,
    target: ['chrome123', 'firefox121', 'safari17.5'],
    assetsDir: '.',
    assetsInlineLimit: 0,
    modulePreload: false,
  },
});
