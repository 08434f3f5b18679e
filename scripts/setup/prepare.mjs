// Everything a fresh machine needs before a command can do its work. Nothing is done, and nothing said, when nothing is missing.
import { ensureBuild } from './build.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { ensureElectronRuntime } from './electron-runtime.mjs';
import { ensureSystemPackages } from './system-packages.mjs';

export async function prepare({ display = false, chromium = false, build = false } = {}) {
  await ensureDependencies();
  await ensureElectronRuntime();
  await ensureSystemPackages({ display, chromium });
  if (build) await ensureBuild();
}
