import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { observedReactionSchema } from '../../../electron/contract/entities/message';
import { translateReaction } from '../../../electron/worker/translate-reaction';
import { ana, bruno, team } from '../../fakes/entities';

const raw = {
  id: { fromMe: false, remote: ana, id: 'R1' },
  msgId: { fromMe: true, remote: ana, id: '3EB01' },
  senderId: ana,
  reaction: '❤️',
  timestamp: 1_795_000_000.25,
};

describe('a reaction that the library tells of', () => {
  it('names the message, whoever reacted, how and when', () => {
    expect(translateReaction(raw, 1)).toEqual({
      chatId: ana,
      messageId: '3EB01',
      messageFromMe: true,
      senderId: ana,
      fromMe: false,
      emoji: '❤️',
      atMs: 1_795_000_000_000,
    });
  });

  it('is the end of one when it is empty', () => {
    expect(translateReaction({ ...raw, reaction: '' }, 1)).not.toHaveProperty('emoji');
  });

  it('is the account’s own by its own key, whatever the message', () => {
    const own = { ...raw, id: { fromMe: true, remote: team, id: 'R1', participant: bruno } };
    expect(translateReaction(own, 1)).toMatchObject({ fromMe: true, messageFromMe: true });
  });

  it('to a status is none', () => {
    const msgId = { fromMe: true, remote: 'status@broadcast', id: '3EB01' };
    expect(translateReaction({ ...raw, msgId }, 1)).toBeUndefined();
  });

  it('never throws and only ever gives what the contract allows', () => {
    const any = fc.record({
      id: fc.anything(),
      msgId: fc.oneof(fc.constant(raw.msgId), fc.string(), fc.anything()),
      senderId: fc.oneof(fc.constant(ana), fc.anything()),
      reaction: fc.oneof(fc.string({ unit: 'binary' }), fc.anything()),
      timestamp: fc.oneof(fc.double(), fc.anything()),
    });
    fc.assert(
      fc.property(fc.oneof(any, fc.anything()), (thing) => {
        const reaction = translateReaction(thing, 7);
        if (reaction !== undefined) expect(observedReactionSchema.safeParse(reaction).error).toBeUndefined();
      }),
    );
  });
});
