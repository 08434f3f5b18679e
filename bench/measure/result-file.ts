import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { arch, cpus, platform, totalmem } from 'node:os';
import { join } from 'node:path';
import { repositoryRoot } from '../../test/fixtures/console-app';

/** Adds one program's figures to bench-results/latest.json, which `bench/baseline.json` is a committed copy of. */
export const saveResult = (name: string, result: Readonly<Record<string, unknown>>): void => {
  const folder = join(repositoryRoot, 'bench-results');
  const file = join(folder, 'latest.json');
  mkdirSync(folder, { recursive: true });
  const earlier: unknown = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const machine = `${platform()} ${arch()}, ${cpus().length} cores, ${Math.round(totalmem() / 1024 ** 3)} GiB`;
  const entry = { machine, measuredAt: new Date().toISOString().slice(0, 10), ...result };
  writeFileSync(file, `${JSON.stringify({ ...(earlier as object), [name]: entry }, null, 2)}\n`);
  process.stdout.write(`Kept in bench-results/latest.json under "${name}".\n`);
};
