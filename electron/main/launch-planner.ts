import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { app } from 'electron';
import type { AccountFolders } from '../application/ports/accounts';
import type { LaunchPlanner } from '../application/ports/sessions';
import type { RunningPracticeNetwork } from '../supervisor/practice-network';

export interface LaunchPlannerOptions {
  readonly folders: AccountFolders;
  readonly practice: RunningPracticeNetwork;
  /** Where the control interface of the practice network is announced to programs of this user. */
  readonly controlFile: string;
  readonly noSandbox: boolean;
}

/** A code lives 60 s, later ones 20 s: after six, nobody is standing there with a phone. */
const maxQrAttempts = 6;

/** This app's own binary as the account's browser; the practice page in place of WhatsApp's where the account is a practice one. */
export const createLaunchPlanner = ({
  folders,
  practice,
  controlFile,
  noSandbox,
}: LaunchPlannerOptions): LaunchPlanner => ({
  plan: async (account) => {
    await folders.create(account.id);
    const launch = {
      profileDir: folders.profileDir(account.id),
      browser: {
        executablePath: process.execPath,
        // A packaged binary knows its app; in development it is told.
        args: [
          ...(app.isPackaged ? [] : [app.getAppPath()]),
          '--account-browser',
          ...(noSandbox ? ['--no-sandbox'] : []),
        ],
      },
      maxQrAttempts,
    };
    if (account.network === 'whatsapp') return launch;
    const page = await practice.page();
    await mkdir(dirname(controlFile), { recursive: true, mode: 0o700 });
    await writeFile(controlFile, JSON.stringify(await practice.control()), { mode: 0o600 });
    return { ...launch, page };
  },
});
