// npm run bench [-- name] [flags]: the programs in bench/, one after another, or the one that is named.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { withDisplay } from '../setup/display.mjs';
import { asNode } from '../setup/electron-runtime.mjs';
import { prepare } from '../setup/prepare.mjs';
import { inProject } from '../setup/project.mjs';
import { runShown } from '../setup/run-command.mjs';
import { SetupError, say } from '../setup/say.mjs';

/** Compared with plain whatsapp-web.js on the system's Chromium. */
const NEEDS_CHROMIUM = ['memory', 'accounts-up'];

export async function run(args) {
  const known = readdirSync(inProject('bench'))
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
    .map((name) => path.basename(name, '.ts'));
  const named = args.filter((arg) => !arg.startsWith('-'));
  const flags = args.filter((arg) => arg.startsWith('-'));
  const unknown = named.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new SetupError(`No benchmark is called "${unknown}". Known: ${known.join(', ')}.`);
  const wanted = named.length > 0 ? named : known;

  await prepare({ display: true, build: true, chromium: wanted.some((name) => NEEDS_CHROMIUM.includes(name)) });
  return withDisplay(async (env) => {
    let exitCode = 0;
    for (const name of wanted) {
      say(`benchmark: ${name}`);
      const { code } = await runShown(
        ...asNode(['--import', './bench/resolve.mjs', `bench/${name}.ts`, ...flags], { env }),
      );
      if (code !== 0) exitCode = code ?? 1;
    }
    return exitCode;
  });
}
