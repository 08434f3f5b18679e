// npm run conformance [-- targets] [vitest's own arguments]: plain whatsapp-web.js against the practice network, on this app's
// browser and on Debian's Chromium, with both builds of the page. Targets: electron:classic, chromium:renamed, …; all without any.
import { withDisplay } from '../setup/display.mjs';
import { asNode } from '../setup/electron-runtime.mjs';
import { prepare } from '../setup/prepare.mjs';
import { runShown } from '../setup/run-command.mjs';

const TARGET = /^(electron|chromium):(classic|renamed)$/;

export async function run(args) {
  const targets = args.filter((arg) => TARGET.test(arg));
  const passed = args.filter((arg) => !TARGET.test(arg));
  const chromium = targets.length === 0 || targets.some((target) => target.startsWith('chromium'));
  await prepare({ display: true, build: true, chromium });
  return withDisplay(async (env) => {
    const SWITCHBOARD_CONFORMANCE = targets.length === 0 ? 'all' : targets.join(',');
    const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--project', 'conformance', ...passed];
    const { code } = await runShown(...asNode(vitest, { env: { ...env, SWITCHBOARD_CONFORMANCE } }));
    return code ?? 1;
  });
}
