import { describe, expect, it } from 'vitest';
import type { Ack, WorkerReport } from '../../../electron/contract/frames';
import { EventPump, type EventPumpDeps, floodGatherMs, gatherMs } from '../../../electron/worker/event-pump';
import { settle } from '../../fakes/child-processes';
import { ana, bruno, messageId } from '../../fakes/entities';

const pumpWith = (
  readChats?: EventPumpDeps['readChats'],
  pause: EventPumpDeps['pause'] = () => Promise.resolve(),
  nowMs = () => 1,
  isSending = () => true,
) => {
  const reports: WorkerReport[] = [];
  const visits: (readonly string[])[] = [];
  const pump = new EventPump({
    readChats: async (chatIds, peopleIds) => {
      visits.push(chatIds);
      return (
        (await readChats?.(chatIds, peopleIds)) ?? {
          chats: chatIds.map((id) => ({ id, unreadCount: visits.length })),
          names: {},
        }
      );
    },
    report: (report) => void reports.push(report),
    nowMs,
    pause,
    isSending,
  });
  return { pump, reports, visits };
};

const raw = (chatId: string, id: string) => ({
  id: { fromMe: false, remote: chatId, id },
  type: 'chat',
  body: id,
  t: 1,
});
const ackOf = (id: string) => ({ chatId: ana, messageId: messageId(id), status: 'sent' }) as const;
const acks = (...all: readonly Ack[]) => ({ type: 'acks', acks: all });

describe('event pump', () => {
  it('shows the chat as it is now before the message in it', async () => {
    const { pump, reports } = pumpWith();
    pump.message(raw(ana, 'A1'));
    await settle();
    expect(reports.map((report) => report.type)).toEqual(['chat', 'messages']);
    expect(reports[0]).toMatchObject({ chat: { id: ana, unreadCount: 1 } });
  });

  it('keeps messages in the order in which they happened, and tells of their acks after them', async () => {
    const { pump, reports } = pumpWith();
    pump.message(raw(ana, 'A1'));
    pump.message(raw(ana, 'A2'));
    pump.ack(ackOf('A1'));
    pump.message(raw(ana, 'A3'));
    await settle();
    const said = reports.flatMap((report) => {
      if (report.type !== 'messages') return [];
      return [
        ...report.messages.map((message) => message.id),
        ...(report.acks ?? []).map((ack) => `ack ${ack.messageId}`),
      ];
    });
    expect(said).toEqual(['A1', 'A2', 'A3', 'ack A1']);
  });

  it('tells of one moment only the newest about a message, and of a message itself how far it is', async () => {
    const moment = Promise.withResolvers<void>();
    const { pump, reports } = pumpWith(undefined, () => moment.promise);
    pump.ack(ackOf('A0'));
    pump.message({ ...raw(ana, 'A1'), id: { fromMe: true, remote: ana, id: 'A1' }, ack: 0 });
    pump.ack(ackOf('A1'));
    pump.ack({ ...ackOf('A1'), status: 'read' });
    pump.ack({ ...ackOf('A1'), status: 'delivered' });
    pump.ack(ackOf('A2'));
    pump.ack({ ...ackOf('A2'), status: 'delivered' });
    await settle();
    expect(reports).toEqual([acks(ackOf('A0'))]);
    moment.resolve();
    await settle();
    expect(reports.slice(1).map((report) => report.type)).toEqual(['chat', 'messages']);
    expect(reports[2]).toMatchObject({
      messages: [{ id: 'A1', status: 'read' }],
      acks: [{ ...ackOf('A2'), status: 'delivered' }],
    });
  });

  it('waits for more in a flood, and tells single events at once again when it is over', async () => {
    let nowMs = 5_000;
    const pauses: number[] = [];
    const pause = (durationMs: number) => {
      pauses.push(durationMs);
      return Promise.resolve();
    };
    const { pump, reports } = pumpWith(undefined, pause, () => nowMs);
    const tellOne = async (): Promise<number | undefined> => {
      pump.ack(ackOf('A1'));
      await settle();
      return pauses.at(-1);
    };
    const calm = [];
    for (let number = 0; number < 5; number += 1) calm.push(await tellOne());
    expect(calm).toEqual(calm.map(() => gatherMs));
    for (let number = 0; number < 40; number += 1) await tellOne();
    expect(pauses.at(-1)).toBe(floodGatherMs - gatherMs);
    nowMs += 900;
    expect(await tellOne()).toBe(floodGatherMs - gatherMs);
    nowMs += 2_000;
    expect(await tellOne()).toBe(gatherMs);
    expect(reports).toHaveLength(47);
  });

  it('keeps nothing back in a flood that the next message may be waiting for', async () => {
    let isSending = true;
    const long = Promise.withResolvers<void>();
    const pause: EventPumpDeps['pause'] = (durationMs) => (durationMs > gatherMs ? long.promise : Promise.resolve());
    const { pump, reports } = pumpWith(undefined, pause, undefined, () => isSending);
    for (let number = 0; number < 40; number += 1) pump.ack(ackOf('A0'));
    await settle();
    const told = reports.length;
    pump.ack(ackOf('A1'));
    await settle();
    expect(reports).toHaveLength(told);
    isSending = false;
    pump.ack(ackOf('A2'));
    await settle();
    expect(reports.slice(told)).toEqual([acks(ackOf('A0'), ackOf('A1'), ackOf('A2'))]);
    long.resolve();
  });

  it('tells of a message that comes after the failure of its sending after that', async () => {
    const moment = Promise.withResolvers<void>();
    const { pump, reports } = pumpWith(undefined, () => moment.promise);
    pump.ack(ackOf('A0'));
    pump.ack({ ...ackOf('A1'), status: 'failed' });
    pump.messageOnly({ ...raw(ana, 'A1'), id: { fromMe: true, remote: ana, id: 'A1' }, ack: 0 });
    moment.resolve();
    await settle();
    expect(reports.slice(1).map((report) => report.type)).toEqual(['acks', 'messages']);
  });

  it('never takes a failure for less than it is: it is told by itself', async () => {
    const { pump, reports } = pumpWith();
    pump.message({ ...raw(ana, 'A1'), id: { fromMe: true, remote: ana, id: 'A1' }, ack: 0 });
    pump.ack({ ...ackOf('A1'), status: 'failed' });
    await settle();
    expect(reports.map((report) => report.type)).toEqual(['chat', 'messages', 'acks']);
    expect(reports[2]).toMatchObject({ acks: [{ status: 'failed' }] });
  });

  it('tells of a chat that comes back as it is after it was emptied, and only once the emptying is told', async () => {
    const asked: unknown[] = [];
    const { pump, reports } = pumpWith((ids) => {
      asked.push([ids, reports.map((report) => report.type)]);
      return Promise.resolve({ chats: ids.map((id) => ({ id, unreadCount: 1 })), names: {} });
    });
    pump.message(raw(ana, 'A1'));
    pump.report({ type: 'chat_emptied', chatId: ana, removed: true });
    pump.message(raw(ana, 'A2'));
    await settle();
    expect(reports.map((report) => report.type)).toEqual(['chat', 'messages', 'chat_emptied', 'chat', 'messages']);
    expect(asked).toHaveLength(2);
  });

  it('tells of a message anew when it comes after its removal, and of reactions in their place', async () => {
    const { pump, reports } = pumpWith();
    const removed = { type: 'message_removed', chatId: ana, messageId: messageId('A1'), fromMe: true } as const;
    pump.ack(ackOf('A0'));
    pump.ack(ackOf('A1'));
    pump.report(removed);
    pump.ack({ ...ackOf('A1'), status: 'read' });
    await settle();
    expect(reports).toEqual([acks(ackOf('A0')), acks(ackOf('A1')), removed, acks({ ...ackOf('A1'), status: 'read' })]);
  });

  it('does not ask the page about a chat of which everything is known', async () => {
    const { pump, reports, visits } = pumpWith();
    pump.messageOnly(raw(ana, 'A1'));
    await settle();
    expect([visits, reports.map((report) => report.type)]).toEqual([[], ['messages']]);
  });

  it('visits the page a few times for a thousand messages and loses none', async () => {
    const { pump, reports, visits } = pumpWith();
    for (let number = 0; number < 1_000; number += 1) pump.message(raw(number % 2 === 0 ? ana : bruno, `A${number}`));
    await settle();
    const ids = reports.flatMap((report) =>
      report.type === 'messages' ? report.messages.map((message) => message.id) : [],
    );
    expect(ids).toEqual(Array.from({ length: 1_000 }, (_none, number) => `A${number}`));
    expect(visits.length).toBeLessThan(10);
  });

  it('reports the message even when the chat cannot be read', async () => {
    const { pump, reports } = pumpWith(() => Promise.reject(new Error('the page is gone')));
    pump.message(raw(ana, 'A1'));
    await settle();
    expect(reports.map((report) => report.type)).toEqual(['log', 'messages']);
    pump.chat(bruno);
    await settle();
    expect(reports.map((report) => report.type)).toEqual(['log', 'messages', 'log']);
  });

  it('says nothing about messages that nobody wrote', async () => {
    const { pump, reports } = pumpWith(async () => ({ chats: [], names: {} }));
    pump.message({ ...raw(ana, 'A1'), type: 'e2e_notification' });
    pump.message(undefined);
    await settle();
    expect(reports).toEqual([]);
  });
});
