// Where the project is. Every path in scripts/ starts here, so the commands work from any current directory.
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const projectRoot = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

export function inProject(...parts) {
  return path.join(projectRoot, ...parts);
}
