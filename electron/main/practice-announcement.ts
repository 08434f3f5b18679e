import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Says to programs of this user where the practice network's control interface is: port and token as JSON, in a file that
 * is there only while the network runs. What an earlier, killed console left is taken away at once.
 */
export const announceIn = (
  file: string,
): ((address: { readonly port: number; readonly token: string } | undefined) => void) => {
  rmSync(file, { force: true });
  return (address) => {
    if (address === undefined) return rmSync(file, { force: true });
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(file, JSON.stringify(address), { mode: 0o600 });
  };
};
