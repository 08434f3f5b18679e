// npm run vitest -- <vitest's own arguments>: a display and a build only when what is asked for may need them.
import { withDisplay } from '../setup/display.mjs';
import { asNode } from '../setup/electron-runtime.mjs';
import { prepare } from '../setup/prepare.mjs';
import { runShown } from '../setup/run-command.mjs';

const SELF_CONTAINED = /^(\.\/)?test\/(unit|contract)\b|^--project[= ](unit|contract)$/;

export async function run(args) {
  const wantsBuild = !args.includes('--no-build');
  const passed = args.filter((arg) => arg !== '--no-build');
  // Watch mode reads keys.
  const isWatching = process.stdin.isTTY && passed[0] !== 'run';
  const vitest = (env) =>
    runShown(...asNode(['node_modules/vitest/vitest.mjs', ...passed], { env, keyboard: isWatching }));
  const selfContained =
    passed.some((arg) => SELF_CONTAINED.test(arg)) &&
    !passed.some((arg) => /test\/(integration|conformance|e2e|faults)/.test(arg));
  if (selfContained) {
    await prepare();
    return (await vitest(process.env)).code ?? 1;
  }
  await prepare({ display: true, build: wantsBuild });
  return withDisplay(async (env) => (await vitest(env)).code ?? 1);
}
