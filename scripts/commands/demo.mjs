// npm run demo [-- --screenshot out.png] [--data DIR] [flags]: the console with practice accounts.
import path from 'node:path';
import { runApp } from '../setup/app.mjs';
import { SetupError } from '../setup/say.mjs';

/** Flags with a path, as a person types them, and what the app calls them. */
const PATH_FLAGS = { '--screenshot': '--screenshot', '--data': '--user-data-dir' };

export function run(args) {
  const flags = ['--demo'];
  for (let index = 0; index < args.length; index += 1) {
    const [name, ...rest] = args[index].split('=');
    const appFlag = PATH_FLAGS[name];
    if (appFlag === undefined) {
      flags.push(args[index]);
      continue;
    }
    if (rest.length === 0) index += 1;
    const value = rest.length > 0 ? rest.join('=') : args[index];
    if (value === undefined || value === '')
      throw new SetupError(`${name} needs a path, as in: npm run demo -- ${name} some/where`);
    // npm runs us in the project's folder; the path was meant where the person stands.
    flags.push(`${appFlag}=${path.resolve(process.env.INIT_CWD ?? process.cwd(), value)}`);
  }
  return runApp(flags);
}
