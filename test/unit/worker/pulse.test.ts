import { runInNewContext } from 'node:vm';
import { expect, it, vi } from 'vitest';
import type { Client } from 'whatsapp-web.js';
import { Pulse } from '../../../electron/worker/driver/pulse';

type Answer = { readonly result: { readonly value?: unknown }; readonly exceptionDetails?: { readonly text: string } };

/** A client whose page evaluates what comes over the pipe in a world with this `require`, or does not answer. */
const clientWith = (answer: (expression: string) => Promise<Answer>) => {
  const createCDPSession = vi.fn(async () => ({
    send: (_method: 'Runtime.evaluate', { expression }: { readonly expression: string }) => answer(expression),
  }));
  const client = { pupPage: { createCDPSession } } as unknown as Client;
  return { client, createCDPSession };
};
const inWorld = (require: (name: string) => unknown) => (expression: string) =>
  Promise.resolve({ result: { value: runInNewContext(expression, { require }) as unknown } });

it('asks the page for its connection over one session of the debugging pipe', async () => {
  const { client, createCDPSession } = clientWith(
    inWorld((name) => (name === 'WAWebSocketModel' ? { Socket: { state: 'CONNECTED' } } : {})),
  );
  const pulse = new Pulse(client);
  expect([await pulse.socketState(), await pulse.socketState()]).toEqual(['CONNECTED', 'CONNECTED']);
  expect(createCDPSession).toHaveBeenCalledTimes(1);
});

it('knows no word where the page has lost it', async () => {
  const { client } = clientWith(
    inWorld(() => {
      throw new Error('no such module');
    }),
  );
  expect(await new Pulse(client).socketState()).toBeUndefined();
});

it('says that the page threw, and that there is none', async () => {
  const { client } = clientWith(async () => ({ result: {}, exceptionDetails: { text: 'Uncaught' } }));
  await expect(new Pulse(client).socketState()).rejects.toThrow('the page threw: Uncaught');
  await expect(new Pulse({} as Client).socketState()).rejects.toThrow('the page is not open');
});

it('opens another session when the first could not be opened', async () => {
  const { client, createCDPSession } = clientWith(async () => ({ result: { value: 'OPENING' } }));
  createCDPSession.mockRejectedValueOnce(new Error('gone'));
  const pulse = new Pulse(client);
  await expect(pulse.socketState()).rejects.toThrow('gone');
  expect(await pulse.socketState()).toBe('OPENING');
});
