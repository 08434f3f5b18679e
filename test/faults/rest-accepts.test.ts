import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../fixtures/console-app';
import { type ServedConsole, startServedConsole } from '../fixtures/served-console';

interface Row {
  readonly messageId: string;
  readonly chatId: string;
}
interface Accepted {
  readonly key: string;
  readonly messageId: string;
}

/** What a program was told over REST is true after kill -9: accepted is accepted, once, and under the same id. */
describe('kill -9 while many programs hand over messages', () => {
  const connections = 16;
  const data = temporaryFolder();
  const chats = ['5511977770001@c.us', '5511977770002@c.us', '5511977770003@c.us'];
  let server: ServedConsole;

  beforeAll(async () => {
    server = await startServedConsole(data.path, connections);
    // Stopped: what it accepts stays in the outbox, so that every row can be counted.
    await server.must('POST', '/accounts', { id: 'shop', label: 'Shop', network: 'practice' });
  }, 180_000);
  afterAll(async () => {
    await server.stop();
    data.remove();
  }, 120_000);

  const send = async (key: string): Promise<Accepted> => {
    const chatId = chats[Number(key.split('-')[1]) % chats.length] ?? '';
    const { status, body } = await server.ask(
      'POST',
      `/sessions/shop/chats/${chatId}/messages`,
      { body: `order ${key}` },
      { 'Idempotency-Key': key },
    );
    if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
    return { key, messageId: (body.data['send'] as Row).messageId };
  };

  const rows = async (): Promise<readonly Row[]> => {
    const found: Row[] = [];
    let cursor = '';
    do {
      const page = await server.must('GET', `/sessions/shop/sends?filter=all&limit=200${cursor}`);
      found.push(...(page['sends'] as readonly Row[]));
      const next = page['nextCursor'];
      cursor = typeof next === 'string' ? `&cursor=${encodeURIComponent(next)}` : '';
    } while (cursor !== '');
    return found;
  };

  /** Hands over from all connections at once and kills the server once `count` were accepted; what was accepted by then. */
  const sendAndKill = async (round: string, count: number): Promise<{ accepted: Accepted[]; tried: string[] }> => {
    const accepted: Accepted[] = [];
    const tried: string[] = [];
    let killing: Promise<void> | undefined;
    const program = async (): Promise<void> => {
      while (killing === undefined) {
        const key = `${round}-${tried.length}`;
        tried.push(key);
        try {
          accepted.push(await send(key));
        } catch (error) {
          if (killing === undefined) throw error;
        }
        if (accepted.length >= count) killing ??= server.kill();
      }
    };
    await Promise.all(Array.from({ length: connections }, program));
    await killing;
    return { accepted, tried };
  };

  it('loses none that was accepted, keeps none twice, and knows each again by its key', async () => {
    const accepted: Accepted[] = [];
    const tried: string[] = [];
    for (const [round, count] of [1, 17, 60, 200].entries()) {
      const told = await sendAndKill(`round${round}`, count);
      accepted.push(...told.accepted);
      tried.push(...told.tried);
      server = await startServedConsole(data.path, connections);
      const kept = (await rows()).map(({ messageId }) => messageId);
      expect(new Set(kept).size).toBe(kept.length);
      expect(accepted.filter(({ messageId }) => !kept.includes(messageId))).toEqual([]);
      // What was under way when it was killed is there or not, but never more than was asked for.
      expect(kept.length).toBeLessThanOrEqual(tried.length);
    }
    expect(accepted.length).toBeGreaterThanOrEqual(278);

    // Who does not know asks again: the same id for what was accepted, one row for each key whatever had become of it.
    const again = new Map<string, string>();
    for (const key of tried) again.set(key, (await send(key)).messageId);
    expect(accepted.filter(({ key, messageId }) => again.get(key) !== messageId)).toEqual([]);
    const kept = (await rows()).map(({ messageId }) => messageId);
    expect(kept.toSorted()).toEqual([...again.values()].toSorted());
    expect(kept).toHaveLength(tried.length);
  }, 480_000);
});
