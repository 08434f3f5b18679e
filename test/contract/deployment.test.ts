import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseFlags } from '../../electron/main/flags';

const root = join(import.meta.dirname, '../..');
const example = (name: string): string => readFileSync(join(root, 'docs/examples', name), 'utf8');

/** What the starter makes of the words that a person types after `serve`. */
const appFlags = async (words: readonly string[]) => {
  const starter = join(root, 'scripts/setup/serve-flags.mjs');
  const { serveFlags } = (await import(/* @vite-ignore */ starter)) as {
    readonly serveFlags: (args: readonly string[]) => string[];
  };
  return parseFlags(serveFlags(words));
};

interface PmApp {
  readonly cwd: string;
  readonly args: readonly string[];
  readonly exec_mode: string;
  readonly instances: number;
  readonly treekill: boolean;
  readonly kill_timeout: number;
}

/** Milliseconds in which the starter lets the program end; whoever stops the starter must wait longer. */
const starterGraceMs = Number(
  /APP_GRACE_MS = ([\d_]+)/.exec(readFileSync(join(root, 'scripts/setup/app.mjs'), 'utf8'))?.[1]?.replaceAll('_', ''),
);

describe('the examples of docs/deployment.md', () => {
  const pm = (
    createRequire(import.meta.url)(join(root, 'docs/examples/ecosystem.config.cjs')) as { readonly apps: PmApp[] }
  ).apps[0];
  const unit = example('switchboard.service');
  const dockerfile = example('Dockerfile');
  const compose = example('compose.yaml');
  const unitWords = /^ExecStart=\/usr\/bin\/node scripts\/run\.mjs serve (.+)$/m.exec(unit)?.[1]?.split(' ') ?? [];
  const imageWords = JSON.parse(/^CMD (\[.*\])$/m.exec(dockerfile)?.[1] ?? '[]') as string[];
  const composeWords = [...compose.matchAll(/^ {6}- (--\S+)$/gm)].map(([, word = '']) => word);

  it.each([
    ['PM2', pm?.args.slice(2) ?? [], '127.0.0.1', false],
    ['systemd', unitWords, '127.0.0.1', false],
    ['the image', imageWords, '0.0.0.0', true],
    ['compose', composeWords, '0.0.0.0', true],
  ] as const)(
    '%s starts the server with flags that it knows, on a data folder of its own',
    async (_who, words, host, noSandbox) => {
      const flags = await appFlags(words);
      expect(flags.serve).toMatchObject({ host, port: 8_080, maxSessions: 10, noKey: false, practice: false });
      expect(flags.dataDir).toMatch(/switchboard/);
      expect(flags.noSandbox).toBe(noSandbox);
    },
  );

  it('lets other containers call by the service’s name', async () => {
    expect((await appFlags(composeWords)).serve?.allowedHosts).toEqual(['switchboard']);
  });

  it('gives the program longer to end than its starter does, everywhere', () => {
    expect(starterGraceMs).toBeGreaterThan(60_000);
    expect(pm?.kill_timeout).toBeGreaterThan(starterGraceMs);
    expect(Number(/^TimeoutStopSec=(\d+)$/m.exec(unit)?.[1]) * 1_000).toBeGreaterThan(starterGraceMs);
    expect(Number(/stop_grace_period: (\d+)s/.exec(compose)?.[1]) * 1_000).toBeGreaterThan(starterGraceMs);
  });

  it('ends the program first and its browsers by it: no tool signals them all at once', () => {
    expect(pm).toMatchObject({ treekill: false, exec_mode: 'fork', instances: 1, cwd: root });
    expect(unit).toMatch(/^KillMode=mixed$/m);
  });

  it('keeps the data on one volume and publishes the port to this computer only', () => {
    expect(compose.match(/^ {6}- data:\/data$/gm)).toHaveLength(1);
    expect(compose).toContain('- 127.0.0.1:8080:8080');
    expect(dockerfile).toMatch(/^VOLUME \/data$/m);
    expect(dockerfile).toMatch(/^USER node$/m);
    expect(composeWords).toContain('--data=/data/switchboard');
  });

  it('asks /health at the port that is served', () => {
    const asked = 'http://127.0.0.1:8080/health';
    expect(dockerfile).toContain(`CMD ["node", "docs/examples/health.mjs", "${asked}"]`);
    expect(compose).toContain(`test: [CMD, node, docs/examples/health.mjs, '${asked}']`);
  });
});
