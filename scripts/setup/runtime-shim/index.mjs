// What `electron path/to/app` needs when the Electron distribution carries no default app of its own: find the
// application on the command line, make it *the* application (path, name, version), preload what `-r` asks for
// (Playwright launches Electron that way), and load its main file. Only ever copied into the development fallback.

import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron/main';

const require = createRequire(import.meta.url);

function readCommandLine(args) {
  const preloads = [];
  let target;
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index];
    if (arg === '-r' || arg === '--require') {
      index += 1;
      if (args[index] !== undefined) preloads.push(args[index]);
    } else if (!arg.startsWith('-') && !/^[a-z][a-z+.-]+:/i.test(arg)) {
      target = path.resolve(arg);
      break;
    }
  }
  return { preloads, target };
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  app.exit(1);
}

function adoptPackage(folder) {
  const packageFile = path.join(folder, 'package.json');
  if (!existsSync(packageFile)) return undefined;
  const manifest = JSON.parse(readFileSync(packageFile, 'utf8'));
  if (manifest.version !== undefined) app.setVersion(manifest.version);
  const name = manifest.productName ?? manifest.name;
  if (name !== undefined) {
    app.name = name;
    // Chosen before our name was known, unless the command line says otherwise.
    if (!app.commandLine.hasSwitch('user-data-dir')) app.setPath('userData', path.join(app.getPath('appData'), name));
  }
  if (manifest.desktopName !== undefined) app.setDesktopName(manifest.desktopName);
  return manifest;
}

async function loadApplication({ preloads, target }) {
  // As the stock default app does; applications and libraries ask for it to find their own arguments.
  Object.defineProperty(process, 'defaultApp', { configurable: false, enumerable: true, value: true });
  for (const preload of preloads) require(path.resolve(preload));
  const manifest = adoptPackage(target);
  const mainFile = require.resolve(manifest?.main === undefined ? target : path.join(target, manifest.main));
  app.setAppPath(manifest === undefined ? path.dirname(mainFile) : target);
  await import(pathToFileURL(mainFile).href);
}

const commandLine = readCommandLine(process.argv.slice(1));
if (process.argv.includes('--version') || process.argv.includes('-v')) {
  process.stdout.write(`v${process.versions.electron}\n`);
  app.exit(0);
} else if (commandLine.target === undefined) {
  fail('No application given. Usage: electron [flags] <folder or file> [flags]');
} else if (!existsSync(commandLine.target)) {
  fail(`No application at ${commandLine.target}`);
} else {
  try {
    await loadApplication(commandLine);
  } catch (error) {
    fail(`The application at ${commandLine.target} failed to start:\n${error?.stack ?? error}`);
  }
}
