import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OperationError } from '../../../electron/contract/errors';
import type { ChatId } from '../../../electron/contract/ids';
import { largestVolley } from '../../../electron/domain/sending/lane-order';
import { ana, anInbound, anObservedChat, bruno, chatId, messageId, team } from '../../fakes/entities';
import { createOutboxBench, type OutboxBench, support, unpaced } from '../../fakes/outbox-bench';
import { removeTemporaryFolders, temporaryFolder } from '../../fakes/temporary-folder';

const minuteMs = 60_000;
const settleMs = 10_000;

let bench: OutboxBench;
let accountsDir: string;
/** What the page has been asked for and has not answered: lets it answer, in the order of asking. */
let held: (() => void)[];
const answerHeld = async (): Promise<void> => {
  for (const answer of held.splice(0)) answer();
  await turns();
};
/** Whatever can happen without an answer of the page has happened. */
const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};
/** From here on the page answers when it is let. */
const holdAnswers = (): void => {
  const { answers } = bench.app.sessions;
  const answer = answers.send;
  answers.send = async (account, input) => {
    const told = answer?.(account, input);
    await new Promise<void>((resolve) => held.push(resolve));
    if (told === undefined) throw new Error('the page has no answer');
    return told;
  };
};
const bodiesAsked = () => bench.sentBodies().slice(3);
const programsSay = async (bodies: readonly (readonly [string, ChatId])[]): Promise<void> => {
  for (const [body, chat] of bodies) await bench.sendAsProgram(body, { chatId: chat });
  await bench.app.settled();
};

beforeEach(async () => {
  held = [];
  accountsDir = temporaryFolder();
  bench = await createOutboxBench({ accountsDir });
  bench.page.confirms = true;
  await bench.becomeReady();
  await bench.pass(minuteMs);
  await bench.configure(unpaced);
  // WhatsApp has let something through to each of them.
  await programsSay([
    ['first', ana],
    ['first', bruno],
    ['first', team],
  ]);
});
afterEach(() => {
  bench.app.closeStore();
  removeTemporaryFolders();
});

/** These wait while the account is away, so that all their turns come at once. */
const whileAway = async (queue: () => Promise<void>): Promise<void> => {
  bench.app.sessions.becomes(support, { state: 'starting', sinceMs: 1, attempt: 0 });
  await queue();
  bench.app.sessions.ready(support);
  await turns();
};

describe('texts to different chats between which nothing has to be waited for', () => {
  it('are claimed in one commit and asked for together, one of a chat', async () => {
    const { store } = bench.app;
    const claims: number[] = [];
    const stepSends = store.stepSends.bind(store);
    store.stepSends = (account, steps) => {
      const claimed = steps.filter(({ to }) => to === 'claimed').length;
      if (claimed > 0) claims.push(claimed);
      return stepSends(account, steps);
    };
    holdAnswers();
    await whileAway(() =>
      programsSay([
        ['one', ana],
        ['two', ana],
        ['three', bruno],
        ['four', team],
      ]),
    );
    expect(bodiesAsked()).toEqual(['one', 'three', 'four']);
    expect(claims).toEqual([3]);
    await answerHeld();
    await answerHeld();
    expect(bodiesAsked()).toEqual(['one', 'three', 'four', 'two']);
    expect(await bench.states()).toEqual(Array.from({ length: 7 }, () => 'sent'));
  });

  it(`are ${largestVolley} at most`, async () => {
    const chats = Array.from({ length: largestVolley + 2 }, (_, number) => chatId(`55110000001${number}@c.us`));
    await bench.app.store.upsertChats(
      support,
      chats.map((id) => anObservedChat({ id })),
    );
    bench.app.sessions.report(support, {
      type: 'messages',
      messages: chats.map((chat, number) => anInbound(`IN${number}`, { chatId: chat })),
    });
    await bench.app.settled();
    holdAnswers();
    await whileAway(() => programsSay(chats.map((chat, number) => [`${number}`, chat] as const)));
    expect(bodiesAsked()).toHaveLength(largestVolley);
    await answerHeld();
    await answerHeld();
    expect(bodiesAsked()).toEqual(chats.map((_, number) => `${number}`));
  });

  it('leave a cap as full as one after the other would', async () => {
    await bench.configure({ ...unpaced, perHour: 5 });
    await whileAway(() =>
      programsSay([
        ['one', ana],
        ['two', bruno],
        ['three', team],
      ]),
    );
    expect(bodiesAsked()).toEqual(['one', 'two']);
    expect(await bench.waits()).toEqual(['hour_cap']);
  });

  it('fail alone: one that is refused, one whose fate nobody knows', async () => {
    await whileAway(async () => {
      await programsSay([
        ['one', ana],
        ['two', bruno],
        ['three', team],
      ]);
      const answer = bench.app.sessions.answers.send;
      bench.app.sessions.answers.send = (account, input) => {
        if (input.chatId === bruno) throw new OperationError('SEND_FAILED', 'Support: refused.');
        if (input.chatId === team)
          throw new OperationError('SEND_UNCONFIRMED', 'Support: gone.', { effect: 'unknown' });
        if (answer === undefined) throw new Error('the page has no answer');
        return answer(account, input);
      };
    });
    expect(bodiesAsked()).toEqual(['one']);
    expect((await bench.states()).slice(3)).toEqual(['sent', 'failed', 'claimed']);
    await bench.pass(settleMs);
    // It is the page that is asked what became of it.
    expect(bench.app.sessions.asked.filter(({ kind }) => kind === 'findMessage')).toHaveLength(1);
  });

  it('are told once what became of each, although the store fails at one of them', async () => {
    const { sessions, store } = bench.app;
    const answer = sessions.answers.send;
    let renamed = 0;
    await whileAway(async () => {
      await programsSay([
        ['one', ana],
        ['two', bruno],
        ['three', team],
      ]);
      sessions.answers.send = (account, input) => {
        if (input.chatId === ana) {
          store.fail('stepSends', new OperationError('DISK_FULL', 'Support: the disk is full.'), 1);
          throw new OperationError('SEND_FAILED', 'Support: refused.');
        }
        if (input.chatId === bruno) {
          renamed += 1;
          const data = { sentAs: '3EB0000000000000000009' };
          throw new OperationError('SEND_UNCONFIRMED', 'Support: renamed.', { effect: 'unknown', data });
        }
        if (answer === undefined) throw new Error('the page has no answer');
        return answer(account, input);
      };
    });
    await bench.pass(minuteMs, 1_000);
    // Nobody would find it under its own id: asked for again, it would be there twice.
    expect(renamed).toBe(1);
    expect((await bench.rows()).slice(4)).toEqual([
      ['two', 'stuck'],
      ['three', 'sent'],
    ]);
  });

  it('go without one that is cancelled at the claim, although that cannot be read at once', async () => {
    const { store } = bench.app;
    const stepSends = store.stepSends.bind(store);
    await whileAway(async () => {
      await programsSay([
        ['one', ana],
        ['two', bruno],
        ['three', team],
      ]);
      store.stepSends = async (account, steps) => {
        const claim = steps.find(({ chatId: chat, to }) => chat === bruno && to === 'claimed');
        if (claim !== undefined) {
          store.stepSends = stepSends;
          await stepSends(account, [{ ...claim, to: 'cancelled' }]);
          store.fail('findSend', new OperationError('STORE_UNAVAILABLE', 'Support: not now.'), 1);
        }
        return stepSends(account, steps);
      };
    });
    expect(bodiesAsked()).toEqual(['one', 'three']);
    await bench.pass(minuteMs, 1_000);
    expect((await bench.states()).slice(3)).toEqual(['sent', 'cancelled', 'sent']);
    expect(bodiesAsked()).toEqual(['one', 'three']);
  });

  it('go to the gate again when one of them must not leave: who pauses meanwhile is obeyed', async () => {
    bench.app.sessions.report(support, {
      type: 'messages',
      messages: [anInbound('IN1', { chatId: ana }), anInbound('IN2', { chatId: bruno })],
    });
    await bench.app.settled();
    bench.app.closeStore();
    bench = await createOutboxBench({ accountsDir, before: bench.app });
    const { app } = bench;
    // Not one by one, as they are accepted: the list is asked when their turns come.
    await app.dispatch(app.caller, 'optOuts.add', { contact: '551100000002' });
    for (const [number, chat] of [ana, bruno, team].entries()) {
      await app.store.queueOutgoing(support, {
        chatId: chat,
        messageId: messageId(`3EB00000000000000000A${number}`),
        content: { kind: 'text', body: `${number}` },
        quotedMessageId: undefined,
        lane: 'person',
        policy: 'never_twice',
        idempotencyKey: undefined,
        timestampMs: app.clock.nowMs(),
      });
    }
    const stepSends = app.store.stepSends.bind(app.store);
    app.store.stepSends = async (account, steps) => {
      const stepped = await stepSends(account, steps);
      if (steps.some(({ to }) => to === 'failed')) {
        app.store.stepSends = stepSends;
        await app.dispatch(app.caller, 'gates.pause', { accountId: support });
      }
      return stepped;
    };
    await bench.becomeReady();
    expect((await bench.states()).slice(3)).toEqual(['queued', 'failed', 'queued']);
    await app.dispatch(app.caller, 'gates.resume', { accountId: support });
    await app.settled();
    expect(bench.sentBodies()).toEqual(['0', '2']);
  });

  it('are all looked up when the page goes away under them, and none leaves twice', async () => {
    bench.page.confirms = false;
    holdAnswers();
    await whileAway(() =>
      programsSay([
        ['one', ana],
        ['two', bruno],
      ]),
    );
    bench.app.sessions.becomes(support, { state: 'starting', sinceMs: 2, attempt: 0 });
    await answerHeld();
    await bench.app.settled();
    await bench.becomeReady();
    await bench.pass(settleMs);
    expect(bench.app.sessions.asked.filter(({ kind }) => kind === 'findMessage')).toHaveLength(2);
    expect(bodiesAsked()).toEqual(['one', 'two']);
  });

  it('are looked up after a kill between their claim and their answers', async () => {
    bench.page.confirms = false;
    holdAnswers();
    await whileAway(() =>
      programsSay([
        ['one', ana],
        ['two', bruno],
      ]),
    );
    expect((await bench.states()).slice(3)).toEqual(['claimed', 'claimed']);
    const { has } = bench.page;
    bench = await bench.restarted(accountsDir);
    // The page has got one of them and WhatsApp confirms it; of the other it has never heard.
    for (const [id, message] of has) {
      if (message.body === 'one') bench.page.has.set(id, { ...message, status: 'sent' });
    }
    bench.page.confirms = true;
    await bench.pass(settleMs);
    await bench.pass(settleMs);
    expect(bench.sentBodies()).toEqual(['two']);
    expect((await bench.states()).slice(3)).toEqual(['sent', 'sent']);
  });
});

describe('a message goes alone', () => {
  const stranger = chatId('551100000009@c.us');
  const alone = async (bodies: readonly (readonly [string, ChatId])[]): Promise<void> => {
    holdAnswers();
    await whileAway(() => programsSay(bodies));
    expect(bodiesAsked()).toHaveLength(1);
    for (let turn = 0; turn < bodies.length; turn += 1) await answerHeld();
  };

  it('to a chat that WhatsApp has not let anything through to: its answer may be a limit', async () => {
    await bench.app.store.upsertChats(support, [anObservedChat({ id: stranger, name: 'Stranger' })]);
    await alone([
      ['to nobody known', stranger],
      ['one', ana],
    ]);
    expect(bodiesAsked()).toEqual(['to nobody known', 'one']);
  });

  it('after others when its turn comes after theirs, and nothing passes it', async () => {
    await bench.app.store.upsertChats(support, [anObservedChat({ id: stranger, name: 'Stranger' })]);
    await alone([
      ['one', ana],
      ['to nobody known', stranger],
      ['two', bruno],
    ]);
    expect(bodiesAsked()).toEqual(['one', 'to nobody known', 'two']);
  });

  it('while WhatsApp states a limit, whatever that is about', async () => {
    const cycleEndsAtMs = bench.app.clock.nowMs() + 60 * minuteMs;
    const capping = { status: 'FIRST_WARNING', quota: 10, used: 8, cycleEndsAtMs } as const;
    bench.app.sessions.report(support, { type: 'limits', limits: { capping } });
    await alone([
      ['one', team],
      ['two', bruno],
    ]);
  });

  it('when it is paced', async () => {
    await bench.configure({ apiPace: { minMs: 0, maxMs: 1 } });
    await alone([
      ['one', ana],
      ['two', bruno],
    ]);
  });

  it('when it is more than a text', async () => {
    holdAnswers();
    await whileAway(async () => {
      const place = { accountId: support, chatId: ana, latitude: 1, longitude: 2 };
      await bench.app.dispatch({ ...bench.app.caller, kind: 'api', name: 'a program' }, 'messages.sendLocation', place);
      await bench.sendAsProgram('one', { chatId: bruno });
    });
    expect(bodiesAsked()).toEqual(['location']);
    await answerHeld();
    expect(bodiesAsked()).toEqual(['location', 'one']);
    await answerHeld();
  });
});
