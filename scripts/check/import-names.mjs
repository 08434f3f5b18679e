// What the import table says and dependency-cruiser cannot see: single names out of `electron`, `window.api`, and files
// that belong to no room. Prints one line per violation; exit code 1 when there is one.
import { readFileSync } from 'node:fs';
import { parseSync } from 'oxc-parser';
import { inProject } from '../setup/project.mjs';
import { ELECTRON_NAMES, ROOMS, WINDOW_API } from './import-table.mjs';
import { typeScriptFiles } from './sources.mjs';

const ELECTRON_MODULE = /^electron(\/(main|common|renderer|utility))?$/;
const violations = [];

const isIn = (file, room) => file.startsWith(`${room}/`);
const report = (file, problem) => violations.push(`${file}: ${problem}`);

function checkElectronNames(file, source) {
  const { module, errors } = parseSync(file, source);
  if (errors.length > 0) report(file, `cannot be parsed: ${errors[0].message}`);
  for (const statement of module.staticImports) {
    if (!ELECTRON_MODULE.test(statement.moduleRequest.value)) continue;
    for (const { importName, isType } of statement.entries) {
      if (isType) continue;
      if (importName.name === null || importName.name === undefined)
        report(file, 'takes all of electron: import the names it needs');
      else checkName(file, importName.name);
    }
  }
  for (const statement of module.staticExports) {
    for (const entry of statement.entries) {
      if (!entry.isType && ELECTRON_MODULE.test(entry.moduleRequest?.value ?? ''))
        report(file, 'passes on exports of electron');
    }
  }
  // A dynamic import shows its names when it is destructured on the spot; anything else would slip past the table.
  const dynamic = source.matchAll(
    /(?:const\s*\{([^}]*)\}\s*=\s*await\s+)?\b(?:import|require)\s*\(\s*['"`]electron(?:\/\w+)?['"`]\s*\)/g,
  );
  for (const [, names] of dynamic) {
    if (names === undefined) report(file, 'loads electron without naming what it takes: const { … } = await import(…)');
    for (const name of names?.split(',') ?? []) checkName(file, name.split(':')[0].trim());
  }
}

function checkName(file, name) {
  const rooms = ELECTRON_NAMES[name];
  if (rooms !== undefined && !rooms.some((room) => isIn(file, room)))
    report(file, `takes ${name} out of electron: only in ${rooms.join(', ')}`);
}

for (const file of typeScriptFiles(['electron', 'renderer']).filter((name) => !name.endsWith('.d.ts'))) {
  const source = readFileSync(inProject(file), 'utf8');
  if (!Object.keys(ROOMS).some((room) => isIn(file, room))) report(file, 'belongs to no room');
  checkElectronNames(file, source);
  if (!isIn(file, WINDOW_API.room) && WINDOW_API.expression.test(source) && isIn(file, 'renderer'))
    report(file, `touches window.api: only in ${WINDOW_API.room}`);
}

process.stdout.write(violations.map((line) => `${line}\n`).join(''));
process.exitCode = violations.length === 0 ? 0 : 1;
