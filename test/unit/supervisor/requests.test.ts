import { describe, expect, it } from 'vitest';
import { mediaIdSchema } from '../../../electron/contract/entities/outgoing';
import { settle } from '../../fakes/child-processes';
import { anAccount, ana, anOwn, messageId } from '../../fakes/entities';
import { me, type Supervised, supervise } from './supervised';

const sales = anAccount('sales', { label: 'Sales' });
const id = messageId('3EB0AA');
const text = { chatId: ana, messageId: id, content: { kind: 'text', body: 'Hello' }, again: false } as const;
const photo = {
  ...text,
  content: {
    kind: 'media',
    mediaId: mediaIdSchema.parse('0'.repeat(32)),
    form: 'auto',
    mimetype: 'image/png',
    filename: 'photo.png',
    size: 1,
  },
  mediaPath: '/photo',
} as const;

const readyWorld = async (): Promise<Supervised> => {
  const world = supervise();
  world.supervisor.start(sales);
  await settle();
  world.says('sales', { type: 'ready', me });
  return world;
};

describe('requests to a worker', () => {
  it('carries the question over and the answer back', async () => {
    const world = await readyWorld();
    const sent = world.supervisor.request(sales.id, 'send', text);
    await settle();
    expect(world.worker('sales').posted.at(-1)).toEqual({ type: 'request', requestId: 1, kind: 'send', input: text });
    const message = anOwn('3EB0AA', { body: 'Hello' });
    world.says('sales', { type: 'reply', requestId: 1, result: { ok: true, value: { message } } });
    expect(await sent).toEqual({ message });
  });

  it('hands the worker’s own error through, with the label that people know', async () => {
    const world = await readyWorld();
    const sent = world.supervisor.request(sales.id, 'send', text);
    await settle();
    const error = {
      code: 'SEND_UNCONFIRMED' as const,
      category: 'upstream' as const,
      message: 'Account sales may or may not have sent it.',
      effect: 'unknown' as const,
    };
    world.says('sales', { type: 'reply', requestId: 1, result: { ok: false, error } });
    await expect(sent).rejects.toMatchObject({
      code: 'SEND_UNCONFIRMED',
      effect: 'unknown',
      message: 'Account “Sales” may or may not have sent it.',
    });
  });

  it('refuses while the account is not ready, names it and says that nothing was asked', async () => {
    const world = supervise();
    const refused = { code: 'SESSION_NOT_READY', effect: 'none' };
    await expect(world.supervisor.request(sales.id, 'send', text)).rejects.toMatchObject(refused);
    world.supervisor.start(sales);
    await settle();
    await expect(world.supervisor.request(sales.id, 'listChats', {})).rejects.toMatchObject({
      ...refused,
      message: expect.stringContaining('“Sales” is starting'),
    });
  });

  it('reads but does not send while reconnecting', async () => {
    const world = await readyWorld();
    world.says('sales', { type: 'connection_lost', reason: 'WhatsApp Web is TIMEOUT' });
    await expect(world.supervisor.request(sales.id, 'send', text)).rejects.toMatchObject({ code: 'SESSION_NOT_READY' });
    const listed = world.supervisor.request(sales.id, 'listChats', {});
    await settle();
    world.says('sales', { type: 'reply', requestId: 1, result: { ok: true, value: { chats: [] } } });
    expect(await listed).toEqual({ chats: [] });
  });

  it('cannot tell what became of a send when the worker dies', async () => {
    const world = await readyWorld();
    const sent = world.supervisor.request(sales.id, 'send', text);
    const listed = world.supervisor.request(sales.id, 'listChats', {});
    const outcomes = Promise.allSettled([sent, listed]);
    await settle();
    world.worker('sales').exit(137);
    expect(await outcomes).toMatchObject([
      { reason: { code: 'SESSION_CRASHED', effect: 'unknown' } },
      { reason: { code: 'SESSION_CRASHED', effect: 'none' } },
    ]);
    await expect(world.supervisor.request(sales.id, 'send', text)).rejects.toMatchObject({
      code: 'SESSION_NOT_READY',
      effect: 'none',
    });
  });

  it('cannot tell what became of a send that is not answered in time', async () => {
    const world = await readyWorld();
    const outcome = Promise.allSettled([world.supervisor.request(sales.id, 'send', text)]);
    await settle();
    world.clock.advance(75_000);
    expect(await outcome).toMatchObject([{ reason: { code: 'SESSION_TIMEOUT', effect: 'unknown' } }]);
    // The late answer finds nobody and harms nobody.
    world.says('sales', { type: 'reply', requestId: 1, result: { ok: true, value: {} } });
    expect(world.supervisor.get(sales.id).status.state).toBe('ready');
  });

  it('gives media the time for its upload', async () => {
    const world = await readyWorld();
    let over = false;
    const outcome = Promise.allSettled([world.supervisor.request(sales.id, 'send', photo)]).then((settled) => {
      over = true;
      return settled;
    });
    await settle();
    world.clock.advance(150_000);
    await settle();
    expect(over).toBe(false);
    world.clock.advance(10_000);
    expect(await outcome).toMatchObject([{ reason: { code: 'SESSION_TIMEOUT', effect: 'unknown' } }]);
  });

  it('gives a send the time of those that the worker was asked for before it', async () => {
    const world = await readyWorld();
    const over: string[] = [];
    const ask = (name: string) => world.supervisor.request(sales.id, 'send', text).catch(() => over.push(name));
    const asked = [ask('first'), ask('second')];
    await settle();
    world.clock.advance(75_000);
    await settle();
    expect(over).toEqual(['first']);
    world.clock.advance(75_000);
    await Promise.all(asked);
    expect(over).toEqual(['first', 'second']);
  });

  it('does not pass on an answer of the wrong shape', async () => {
    const world = await readyWorld();
    const outcome = Promise.allSettled([world.supervisor.request(sales.id, 'send', text)]);
    await settle();
    world.says('sales', { type: 'reply', requestId: 1, result: { ok: true, value: { message: { body: 'x' } } } });
    expect(await outcome).toMatchObject([{ reason: { code: 'INTERNAL_ERROR', effect: 'unknown' } }]);
  });
});
