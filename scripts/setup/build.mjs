// out/, built from the sources when they are newer than it.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { asNode } from './electron-runtime.mjs';
import { inProject, projectRoot } from './project.mjs';
import { runCaptured, tail } from './run-command.mjs';
import { SetupError, say } from './say.mjs';

const BUILD_TIMEOUT_MS = 300_000;
const SOURCES = [
  'electron',
  'renderer',
  'resources',
  'package-lock.json',
  'package.json',
  'electron.vite.config.ts',
  'vite.practice-page.config.ts',
  'vite.web-console.config.ts',
];
const outFolder = inProject('out');
const stampFile = path.join(outFolder, '.sources');

export async function ensureBuild() {
  const stamp = sourcesStamp();
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  await build(stamp);
}

export async function build(stamp = sourcesStamp()) {
  say('building the app');
  rmSync(stampFile, { force: true });
  const steps = [
    ['node_modules/electron-vite/bin/electron-vite.js', 'build', '--logLevel', 'warn'],
    ['node_modules/vite/bin/vite.js', 'build', '--config', 'vite.practice-page.config.ts', '--logLevel', 'warn'],
    ['node_modules/vite/bin/vite.js', 'build', '--config', 'vite.web-console.config.ts', '--logLevel', 'warn'],
  ];
  for (const step of steps) {
    const { code, output, timedOut } = await runCaptured(...asNode(step, { timeoutMs: BUILD_TIMEOUT_MS }));
    if (code !== 0) throw new SetupError(`The build failed${timedOut ? ' (took too long)' : ''}:\n${tail(output, 60)}`);
  }
  mkdirSync(outFolder, { recursive: true });
  writeFileSync(stampFile, stamp);
}

/** Changes when a source file is added, removed or written to. */
function sourcesStamp() {
  const hash = createHash('sha256');
  const add = (file) => {
    const found = statSync(file, { throwIfNoEntry: false });
    if (found === undefined) return;
    if (found.isDirectory()) {
      for (const name of readdirSync(file).toSorted()) add(path.join(file, name));
    } else {
      hash.update(`${path.relative(projectRoot, file)}\0${found.size}\0${found.mtimeMs}\n`);
    }
  };
  for (const source of SOURCES) add(inProject(source));
  return hash.digest('hex');
}
