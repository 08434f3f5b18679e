import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

// Bundled is everything except unmodified whatsapp-web.js, which stays whole and brings the puppeteer-core that it
// drives its browser with (installed under the name it asks for, see overrides in package.json).
const keptWhole = { include: ['whatsapp-web.js', '@fastify/swagger-ui'] };

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      externalizeDeps: keptWhole,
      rolldownOptions: {
        // One file per process or thread; names are what main starts them by.
        input: {
          index: 'electron/main/index.ts',
          worker: 'electron/worker/index.ts',
          'store-thread': 'electron/store/thread.ts',
          'practice-network': 'electron/simulator/network/index.ts',
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      // A sandboxed preload cannot require anything but electron: one CommonJS file with everything in it.
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: 'electron/preload/index.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [react(), tailwindcss()],
    build: {
      outDir: 'out/renderer',
      // data: URLs are not allowed by the page's content security policy for scripts and fonts.
      assetsInlineLimit: 0,
      rolldownOptions: { input: 'renderer/index.html' },
    },
  },
});
