// node_modules, exactly as package-lock.json says.
import { createHash } from 'node:crypto';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { inProject } from './project.mjs';
import { npmCommand, runCaptured, tail } from './run-command.mjs';
import { SetupError, say } from './say.mjs';

const INSTALL_TIMEOUT_MS = 900_000;
const lockFile = inProject('package-lock.json');
const modules = inProject('node_modules');
/** What npm itself writes down about the tree it made. */
const installedFile = inProject('node_modules', '.package-lock.json');
const stampFile = inProject('node_modules', '.switchboard-lock');

export async function ensureDependencies() {
  const lock = readFileSync(lockFile, 'utf8');
  const stamp = createHash('sha256').update(lock).digest('hex');
  if (read(stampFile) === stamp) return;
  if (!isInstalled(lock)) {
    refuseToEmptyAnother();
    say('installing dependencies from package-lock.json');
    const putBack = setRuntimeAside();
    const { code, output } = await runCaptured(...npmCommand('ci', '--ignore-scripts', '--no-audit', '--no-fund'), {
      timeoutMs: INSTALL_TIMEOUT_MS,
    }).finally(putBack);
    if (code !== 0) {
      throw new SetupError(
        `npm ci failed:\n${tail(output)}\nCheck that the npm registry can be reached (npm ping), then run this again.`,
      );
    }
  }
  writeFileSync(stampFile, stamp);
}

/** A link leads into the packages of another checkout, which needs other ones: npm would empty them under it. */
function refuseToEmptyAnother() {
  if (lstatSync(modules, { throwIfNoEntry: false })?.isSymbolicLink() !== true) return;
  throw new SetupError(
    `node_modules is a link to ${linkTarget()}, and what is there is not what package-lock.json of this checkout asks for. ` +
      'Installing would replace it for whoever else uses it: remove the link (not the folder) and run this again, ' +
      'or bring the folder up to date from the checkout that owns it.',
  );
}

function linkTarget() {
  try {
    return realpathSync(modules);
  } catch {
    return 'a folder that is not there';
  }
}

/** npm empties node_modules; the Electron in it is large, mostly still right, and checked after us in any case. */
function setRuntimeAside() {
  const electron = inProject('node_modules', 'electron');
  const aside = inProject('.electron-aside');
  const parts = ['dist', 'path.txt'];
  rmSync(aside, { recursive: true, force: true });
  mkdirSync(aside);
  const move = (from, to) => {
    for (const part of parts)
      if (existsSync(path.join(from, part))) renameSync(path.join(from, part), path.join(to, part));
  };
  move(electron, aside);
  return () => {
    if (existsSync(electron)) move(aside, electron);
    rmSync(aside, { recursive: true, force: true });
  };
}

/** Somebody may have typed `npm install`: then the tree is right although we did not make it. */
function isInstalled(lock) {
  const written = read(installedFile);
  if (written === undefined) return false;
  const wanted = JSON.parse(lock).packages;
  const present = JSON.parse(written).packages;
  const same = (name) =>
    present[name]?.version === wanted[name]?.version && present[name]?.integrity === wanted[name]?.integrity;
  const names = Object.keys(wanted).filter((name) => name !== '');
  return (
    names.every((name) => same(name) || (wanted[name].optional === true && present[name] === undefined)) &&
    Object.keys(present).every(same)
  );
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
