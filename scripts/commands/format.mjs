// npm run format: everything biome can put right by itself.
import { asNode } from '../setup/electron-runtime.mjs';
import { prepare } from '../setup/prepare.mjs';
import { runShown } from '../setup/run-command.mjs';

export async function run(args) {
  await prepare();
  const { code } = await runShown(
    ...asNode(['node_modules/@biomejs/biome/bin/biome', 'check', '--write', ...(args.length > 0 ? args : ['.'])]),
  );
  return code ?? 1;
}
