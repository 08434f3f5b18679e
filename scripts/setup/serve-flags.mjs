import path from 'node:path';
import { SetupError } from './say.mjs';

/** Flags with a value, as a person types them, and what the app calls them. */
const VALUE_FLAGS = {
  '--port': '--api-port',
  '--host': '--api-host',
  '--max-sessions': '--max-sessions',
  '--allowed-host': '--allowed-host',
  '--webhook-host': '--webhook-host',
  '--session-limit': '--session-limit',
  '--message-limit': '--message-limit',
  '--call-limit': '--call-limit',
  '--data': '--user-data-dir',
};
const SWITCHES = {
  '--use-chrome': '--use-chrome',
  '--no-key': '--no-key',
  '--practice': '--practice',
  '--no-sandbox': '--no-sandbox',
};

/** What a person types as the app takes it. */
export function serveFlags(args) {
  const flags = ['--serve'];
  for (let index = 0; index < args.length; index += 1) {
    const [name, ...rest] = args[index].split('=');
    if (name in SWITCHES && rest.length === 0) {
      flags.push(SWITCHES[name]);
      continue;
    }
    const appFlag = VALUE_FLAGS[name];
    if (appFlag === undefined) {
      const known = [...Object.keys(VALUE_FLAGS), ...Object.keys(SWITCHES)].join(', ');
      throw new SetupError(`serve does not know ${args[index]}. It knows ${known}.`);
    }
    if (rest.length === 0) index += 1;
    const value = rest.length > 0 ? rest.join('=') : args[index];
    if (value === undefined || value === '')
      throw new SetupError(`${name} needs a value, as in: npm run serve -- --port 8080`);
    // npm runs us in the project's folder; the path was meant where the person stands.
    const given = name === '--data' ? path.resolve(process.env.INIT_CWD ?? process.cwd(), value) : value;
    flags.push(`${appFlag}=${given}`);
  }
  return flags;
}
