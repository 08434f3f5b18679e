import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { removeTemporaryFolders, temporaryFolder } from '../fakes/temporary-folder';
import { repositoryRoot } from '../fixtures/console-app';

const lockOf = (version: string): string =>
  JSON.stringify({ packages: { '': {}, 'node_modules/a': { version, integrity: `sha512-${version}` } } });

let checkout: string;
let others: string;
let npm: string;

/** A checkout whose node_modules is a link to another's, in which version 1 of one package lies. */
beforeEach(() => {
  const folder = temporaryFolder();
  checkout = join(folder, 'checkout');
  others = join(folder, 'others');
  npm = join(folder, 'npm.js');
  for (const made of [checkout, others]) mkdirSync(made);
  cpSync(join(repositoryRoot, 'scripts'), join(checkout, 'scripts'), { recursive: true });
  writeFileSync(join(others, '.package-lock.json'), lockOf('1.0.0'));
  symlinkSync(others, join(checkout, 'node_modules'));
  // Leaves a trace, and installs nothing.
  writeFileSync(npm, "require('node:fs').writeFileSync(__filename + '.was-called', ''); process.exit(1);\n");
});
afterEach(removeTemporaryFolders);

/** The first thing that every `npm run …` does, in a checkout that asks for this version. */
const build = (version: string) => {
  writeFileSync(join(checkout, 'package-lock.json'), lockOf(version));
  const done = spawnSync(process.execPath, [join(checkout, 'scripts/run.mjs'), 'build'], {
    // Nothing may come from the network: what follows the packages has nowhere to get it.
    env: { PATH: '/nowhere', HOME: checkout, ELECTRON_RUN_AS_NODE: '1', npm_execpath: npm },
    encoding: 'utf8',
    timeout: 30_000,
  });
  return { code: done.status, said: done.stderr, npmWasCalled: existsSync(`${npm}.was-called`) };
};

describe('a checkout whose node_modules is a link', () => {
  it('never lets npm empty the folder behind it: it says where the link leads and what to do', () => {
    const { code, said, npmWasCalled } = build('2.0.0');
    expect({ code, npmWasCalled }).toEqual({ code: 1, npmWasCalled: false });
    expect(said).toContain(`node_modules is a link to ${others}`);
    expect(said).toContain('remove the link');
    expect(said).not.toContain('    at ');
    expect(readdirSync(others)).toEqual(['.package-lock.json']);
    expect(readFileSync(join(others, '.package-lock.json'), 'utf8')).toBe(lockOf('1.0.0'));
  });

  it('says the same when the folder is gone', () => {
    rmSync(others, { recursive: true });
    const { code, said, npmWasCalled } = build('1.0.0');
    expect({ code, npmWasCalled }).toEqual({ code: 1, npmWasCalled: false });
    expect(said).toContain('a folder that is not there');
  });

  it('goes on where what is there is what it asks for', () => {
    const { said, npmWasCalled } = build('1.0.0');
    expect(npmWasCalled).toBe(false);
    expect(said).not.toContain('is a link');
    // The mark of this step's end.
    expect(readdirSync(others)).toContain('.switchboard-lock');
  });

  it('and one with a folder of its own installs into it', () => {
    rmSync(join(checkout, 'node_modules'));
    renameSync(others, join(checkout, 'node_modules'));
    const { said, npmWasCalled } = build('2.0.0');
    expect(npmWasCalled).toBe(true);
    expect(said).toContain('installing dependencies');
  });
});
