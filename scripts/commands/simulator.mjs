// npm run simulator [-- flags]: the practice network alone, for one's own whatsapp-web.js programs. Flags go to it.
import { asNode } from '../setup/electron-runtime.mjs';
import { prepare } from '../setup/prepare.mjs';
import { runShown } from '../setup/run-command.mjs';

export async function run(args) {
  await prepare({ build: true });
  const { code } = await runShown(...asNode(['out/main/practice-network.js', ...args]));
  return code ?? 1;
}
