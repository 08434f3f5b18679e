// npm run build: out/ from the sources, whether they changed or not.
import { build } from '../setup/build.mjs';
import { prepare } from '../setup/prepare.mjs';

export async function run() {
  await prepare();
  await build();
  return 0;
}
