import { enableCompileCache, flushCompileCache } from 'node:module';

// Entry of a worker (built as out/main/worker.js). What V8 has compiled once is kept for the next start: about 25 ms of
// processor time for each account. In a folder of our own, since whoever could write there could change what runs here.
const codeCache = process.env['SWITCHBOARD_CODE_CACHE'];
if (codeCache !== undefined) enableCompileCache(codeCache);
const { runWorker } = await import('./run-worker');
await runWorker();
// A worker is killed as often as it ends by itself, and then nothing would be kept.
if (codeCache !== undefined) flushCompileCache();
