// What Electron needs of a Linux system. Installed where we may (Debian as root), named exactly where we may not.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { lastLine, runCaptured } from './run-command.mjs';
import { SetupError, say } from './say.mjs';

const INSTALL_TIMEOUT_MS = 600_000;

/** Per need: how to see that it is met, and the package of each system. Debian names are tried in order (13 renamed some). */
const LIBRARIES = [
  { library: 'libgtk-3.so.0', apt: ['libgtk-3-0t64', 'libgtk-3-0'], dnf: 'gtk3', pacman: 'gtk3' },
  { library: 'libnss3.so', apt: ['libnss3'], dnf: 'nss', pacman: 'nss' },
  { library: 'libasound.so.2', apt: ['libasound2t64', 'libasound2'], dnf: 'alsa-lib', pacman: 'alsa-lib' },
  { library: 'libgbm.so.1', apt: ['libgbm1'], dnf: 'mesa-libgbm', pacman: 'mesa' },
  { library: 'libXss.so.1', apt: ['libxss1'], dnf: 'libXScrnSaver', pacman: 'libxss' },
  {
    library: 'libatk-bridge-2.0.so.0',
    apt: ['libatk-bridge2.0-0t64', 'libatk-bridge2.0-0'],
    dnf: 'at-spi2-atk',
    pacman: 'at-spi2-core',
  },
];
const DISPLAY_PROGRAM = { program: 'Xvfb', apt: ['xvfb'], dnf: 'xorg-x11-server-Xvfb', pacman: 'xorg-server-xvfb' };
const FONTS = [
  { folder: 'fonts-liberation', apt: ['fonts-liberation'] },
  { folder: 'fonts-noto-color-emoji', apt: ['fonts-noto-color-emoji'] },
];
const CHROMIUM = { program: 'chromium', apt: ['chromium'], dnf: 'chromium', pacman: 'chromium' };

/** `display` also asks for Xvfb where there is no screen; `chromium` for the browser that benchmarks compare with. */
export async function ensureSystemPackages({ display = false, chromium = false } = {}) {
  if (process.platform !== 'linux') return;
  const missing = await findMissing(display && !hasDisplay(), chromium);
  // Pictures look wrong without the fonts, but nothing fails: only installed, never demanded.
  const wanted = [...missing, ...(canInstall() ? missingFonts() : [])];
  if (wanted.length === 0) return;
  if (!canInstall()) throw new SetupError(await instruction(missing));

  say(`asking Debian for ${wanted.map((need) => need.apt.at(-1)).join(' ')}`);
  const update = await apt('update');
  const names = await Promise.all(wanted.map((need) => aptName(need)));
  const { code, output } = await apt('install', '--yes', '--no-install-recommends', ...names);
  if (code === 0) return;
  const reason = lastLine(update.code === 0 ? output : update.output);
  if (missing.length === 0) {
    say(`going on without the fonts (${reason})`);
    return;
  }
  throw new SetupError(
    `Installing system packages failed (${reason}). Type this and run again:\n  ${aptLine(names, '')}`,
  );
}

export function hasDisplay() {
  return Boolean(process.env.DISPLAY) || Boolean(process.env.WAYLAND_DISPLAY);
}

export function findProgram(name) {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file));
}

async function findMissing(display, chromium) {
  const programs = [...(display ? [DISPLAY_PROGRAM] : []), ...(chromium ? [CHROMIUM] : [])];
  const ldconfig = ['/sbin/ldconfig', '/usr/sbin/ldconfig', '/usr/bin/ldconfig'].find((file) => existsSync(file));
  // Without ldconfig nothing can be told; Electron itself will name the library it misses.
  const known =
    ldconfig === undefined ? undefined : (await runCaptured(ldconfig, ['-p'], { timeoutMs: 20_000 })).output;
  return [
    ...LIBRARIES.filter(({ library }) => known !== undefined && !known.includes(`\t${library} `)),
    ...programs.filter(({ program }) => findProgram(program) === undefined),
  ];
}

function missingFonts() {
  return FONTS.filter(({ folder }) => !existsSync(path.join('/usr/share/doc', folder)));
}

function canInstall() {
  return process.getuid?.() === 0 && findProgram('apt-get') !== undefined;
}

function apt(...args) {
  return runCaptured('apt-get', ['-qq', '-o', 'Acquire::Retries=2', '-o', 'Acquire::http::Timeout=30', ...args], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    timeoutMs: INSTALL_TIMEOUT_MS,
  });
}

async function aptName({ apt: names }) {
  for (const name of names.slice(0, -1)) {
    const { code, output } = await runCaptured('apt-cache', ['show', '--no-all-versions', name], { timeoutMs: 20_000 });
    if (code === 0 && output.includes(`Package: ${name}\n`)) return name;
  }
  return names.at(-1);
}

async function instruction(missing) {
  const what = missing.map((need) => need.library ?? need.program).join(', ');
  const list = (manager) => missing.map((need) => need[manager]).join(' ');
  if (findProgram('apt-get') !== undefined) {
    const names = await Promise.all(missing.map((need) => aptName(need)));
    return `This system lacks ${what}. Type this and run again:\n  ${aptLine(names, 'sudo ')}`;
  }
  if (findProgram('dnf') !== undefined)
    return `This system lacks ${what}. Type this and run again:\n  sudo dnf install ${list('dnf')}`;
  if (findProgram('pacman') !== undefined)
    return `This system lacks ${what}. Type this and run again:\n  sudo pacman -S ${list('pacman')}`;
  return `This system lacks ${what}. Install them with its package manager and run again.`;
}

function aptLine(names, prefix) {
  return `${prefix}apt-get update && ${prefix}apt-get install --no-install-recommends ${names.join(' ')}`;
}
