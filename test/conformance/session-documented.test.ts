import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startPracticeNetwork } from '../../electron/simulator/network/start';
import { clientOptions } from '../fixtures/browser-target';
import { ANNA, describeConformance, PHONE } from '../fixtures/conformance';
import { repositoryRoot } from '../fixtures/console-app';
import { eventually } from '../fixtures/eventually';
import { builtPracticePage } from '../fixtures/library-client';

const documentation = () => readFileSync(join(repositoryRoot, 'docs/simulator.md'), 'utf8');

describeConformance(
  'scripts beside the network',
  (target) => {
    const bench = target.perTest();

    /** Runs a script as Node would, with the browser of this machine where the library has none of its own. */
    const runScript = async (
      script: string,
      environment: Record<string, string>,
      check: () => Promise<void>,
    ): Promise<void> => {
      const launch = JSON.stringify(clientOptions(target, bench.network.port).puppeteer);
      writeFileSync(join(bench.folder, 'bot.cjs'), script);
      writeFileSync(
        join(bench.folder, 'browser.cjs'),
        `const puppeteer = require('puppeteer');
        const { launch } = puppeteer;
        const ours = ${launch};
        puppeteer.launch = (options) => launch.call(puppeteer, { ...options, ...ours,
          args: [...ours.args, ...options.args, '--user-data-dir=' + (options.userDataDir ?? ${JSON.stringify(join(bench.folder, 'profile'))})] });`,
      );
      const child = spawn(process.execPath, ['--require', './browser.cjs', 'bot.cjs'], {
        cwd: bench.folder,
        env: {
          ...process.env,
          ELECTRON_RUN_AS_NODE: '1',
          NODE_PATH: join(repositoryRoot, 'node_modules'),
          ...environment,
        },
        stdio: 'inherit',
      });
      try {
        await check();
      } finally {
        await ended(child);
      }
    };

    const ended = async (child: ChildProcess) => {
      if (child.exitCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    };

    test('the bot of the documentation has 15 lines and answers when it is pasted as it is', async () => {
      const script = /```js\n([\s\S]*?)```/.exec(documentation())?.[1] ?? '';
      expect(script.trim().split('\n').length).toBeLessThanOrEqual(15);
      const environment = { PORT: String(bench.network.port), TOKEN: 'token-of-the-conformance-tests' };
      await runScript(script, environment, async () => {
        await eventually('the answer', async () =>
          (await bench.control.receivedBy(ANNA)).some(({ body, copies }) => body === 'pong' && copies === 1),
        );
      });
      expect((await bench.control.phone(PHONE)).devices).toHaveLength(1);
    });

    test('--cache: a script with default options finds the page in its own folder; it is gone at the end', async () => {
      const cacheFolder = join(bench.folder, '.wwebjs_cache');
      const network = await startPracticeNetwork({ pageFile: builtPracticePage, token: 't', cacheFolder });
      const file = join(cacheFolder, '2.3000.1017054665.html');
      try {
        expect(readFileSync(file, 'utf8')).not.toMatch(/(src|href)="(?!data:)/);
        const script = `const { Client } = require('whatsapp-web.js'); new Client().initialize();`;
        await runScript(script, {}, async () => {
          await eventually('the page to ask for a code', () => network.network.desk.pages().length === 1);
        });
      } finally {
        await network.stop();
      }
      expect(existsSync(file)).toBe(false);
    });

    test('--cache: somebody else’s page under that name is not touched', async () => {
      const cacheFolder = join(bench.folder, 'real-cache');
      mkdirSync(cacheFolder);
      const file = join(cacheFolder, '2.3000.1017054665.html');
      writeFileSync(file, 'WhatsApp');
      await expect(startPracticeNetwork({ pageFile: builtPracticePage, token: 't', cacheFolder })).rejects.toThrow(
        'is not a practice page',
      );
      expect(readFileSync(file, 'utf8')).toBe('WhatsApp');
    });

    test('the scenario of the documentation is one', async () => {
      const text = /```\n(# Link the first page[\s\S]*?)```/.exec(documentation())?.[1] ?? '';
      const file = join(bench.folder, 'documented.jsonl');
      writeFileSync(file, text);
      const network = await startPracticeNetwork({ pageFile: builtPracticePage, token: 't', scenarioFile: file });
      try {
        expect(network.network.scenarios.list()).toMatchObject([{ state: 'running', steps: 4 }]);
      } finally {
        await network.stop();
      }
    });
  },
  { renamed: 'never' },
);
