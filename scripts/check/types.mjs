// Type-checks every room with its own tsconfig, and makes sure that no file escapes: each must belong to one of them.
// Prints the errors; exit code 1 when there is one.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { inProject, projectRoot } from '../setup/project.mjs';
import { typeScriptFiles } from './sources.mjs';

const FOLDERS = ['electron', 'renderer', 'test', 'bench', 'examples'].filter((folder) => existsSync(inProject(folder)));
/** "No inputs were found": a room that has no file yet. */
const EMPTY_ROOM = 'error TS18003';

const configs = [
  inProject('tsconfig.json'),
  ...FOLDERS.flatMap((folder) =>
    readdirSync(inProject(folder), { recursive: true })
      .filter((name) => path.basename(name) === 'tsconfig.json')
      .map((name) => inProject(folder, name)),
  ),
];

const checked = new Set();
const errors = new Set();

async function checkNext() {
  for (let config = configs.pop(); config !== undefined; config = configs.pop()) {
    const output = await compile(config);
    if (output.includes(EMPTY_ROOM)) continue;
    const room = path.dirname(config);
    for (const line of output.split('\n')) {
      if (line === '') continue;
      if (!path.isAbsolute(line)) errors.add(line);
      // A room vouches for its own files only: in others it may be laxer.
      else if (path.normalize(line).startsWith(room + path.sep)) checked.add(path.normalize(line));
    }
  }
}

function compile(config) {
  return new Promise((resolve) => {
    const args = [
      inProject('node_modules', 'typescript', 'bin', 'tsc'),
      '--project',
      config,
      '--noEmit',
      '--listFiles',
      '--pretty',
      'false',
    ];
    const child = spawn(process.execPath, args, { cwd: projectRoot, stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (chunk) => {
      output += chunk;
    });
    child.on('close', (code) =>
      resolve(code === 0 || output.includes('error TS') ? output : `${output}\n${config}: tsc ended with ${code}`),
    );
  });
}

await Promise.all(Array.from({ length: Math.max(1, os.availableParallelism()) }, checkNext));
for (const file of typeScriptFiles(FOLDERS)) {
  if (!checked.has(inProject(...file.split('/')))) errors.add(`${file}: no tsconfig of its room covers it`);
}
process.stdout.write([...errors].map((line) => `${line}\n`).join(''));
process.exitCode = errors.size === 0 ? 0 : 1;
