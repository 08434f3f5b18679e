// npm run serve [-- --port 8080 --host 127.0.0.1 --max-sessions 10 …]: the same program without a window, for a server.
import { runApp } from '../setup/app.mjs';
import { serveFlags } from '../setup/serve-flags.mjs';

export function run(args) {
  return runApp(serveFlags(args));
}
