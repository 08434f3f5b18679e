import { readdirSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../setup/project.mjs';

/** Every TypeScript file of ours below these folders, as paths from the project's root with forward slashes. */
export function typeScriptFiles(folders) {
  return folders.flatMap((folder) =>
    readdirSync(path.join(projectRoot, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
      .map((entry) =>
        path
          .relative(projectRoot, path.join(entry.parentPath ?? entry.path, entry.name))
          .split(path.sep)
          .join('/'),
      ),
  );
}
