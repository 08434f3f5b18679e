import { afterAll, expect, it } from 'vitest';
import { removeTemporaryFolders, temporaryFolder } from '../fakes/temporary-folder';
import { freePort, inspectProcess } from '../fixtures/inspected-process';
import { startServedConsole } from '../fixtures/served-console';

afterAll(removeTemporaryFolders);

it('an error that nobody caught ends a server with code 1, instead of holding it in a dialog that nobody sees', async () => {
  const port = await freePort();
  const dataDir = temporaryFolder();
  const served = await startServedConsole(dataDir, 1, [`--inspect=127.0.0.1:${port}`]);
  const inside = await inspectProcess(port);
  await inside.evaluate(`void setTimeout(() => { throw new Error('made by the test'); })`);
  // A program ends only when its debugger has left.
  inside.close();
  const code = await Promise.race([served.ended, new Promise((resolve) => setTimeout(resolve, 30_000, 'it goes on'))]);
  if (code === 'it goes on') await served.kill();
  else await served.stop();
  expect(code).toBe(1);
}, 120_000);
