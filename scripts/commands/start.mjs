// npm start [-- flags]: the console; flags go to the app.
import { runApp } from '../setup/app.mjs';

export function run(args) {
  return runApp(args);
}
