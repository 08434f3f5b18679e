import { expect, test } from 'vitest';
import type { Message, PollVote } from 'whatsapp-web.js';
import { ANNA, ANNA_CHAT, describeConformance, PHONE } from '../fixtures/conformance';
import { eventually } from '../fixtures/eventually';
import { samplePng } from '../fixtures/sample-media';

/** What whatsapp-web.js 1.34.7 still does once keys have lost the name of their text: everything that it is told. */
describeConformance(
  'messages whatever keys are called',
  (target) => {
    const bench = target.linkedOnce();

    const heard = async (id: string, name = 'message') =>
      (await bench.library.until(name, ([one]) => (one as Message).id.id === id))[0] as Message;

    test('message: texts, pictures and polls arrive', async () => {
      const media = { mimetype: 'image/png', data: samplePng(20, 20).toString('base64') };
      const written = [
        await bench.control.writeAs(ANNA, { phone: PHONE, body: 'hello' }),
        await bench.control.writeAs(ANNA, { phone: PHONE, body: 'broken', media }),
        await bench.control.writeAs(ANNA, { phone: PHONE, poll: { name: 'When?', options: ['Now', 'Later'] } }),
      ];
      const messages = await Promise.all(written.map(({ id }) => heard(id)));
      expect(messages.map(({ type, body }) => [type, body])).toEqual([
        ['chat', 'hello'],
        ['image', 'broken'],
        ['poll_creation', 'When?'],
      ]);
    });

    test('Client.sendMessage: the text reaches the customer once and gets its acks', async () => {
      await bench.client.sendMessage(ANNA_CHAT, 'sent once');
      const received = await eventually('the text', async () =>
        (await bench.control.receivedBy(ANNA)).find(({ body }) => body === 'sent once'),
      );
      expect(received.copies).toBe(1);
      await bench.library.until('message_ack', ([one, ack]) => (one as Message).id.id === received.id && ack === 3);
    });

    test('message_edit, message_revoke_everyone, message_reaction: come for messages of customers', async () => {
      const { id } = await bench.control.writeAs(ANNA, { phone: PHONE, body: 'frist' });
      await heard(id);
      const place = { phone: PHONE, message: id };
      await bench.control.messages.editAs(ANNA, { ...place, body: 'first' });
      expect((await heard(id, 'message_edit')).body).toBe('first');
      await bench.control.messages.reactAs(ANNA, { ...place, emoji: '👍' });
      await bench.library.until('message_reaction', ([one]) => (one as { reaction: string }).reaction === '👍');
      await bench.control.messages.deleteAs(ANNA, place);
      expect((await heard(id, 'message_revoke_everyone')).type).toBe('revoked');
    });

    test('vote_update: the vote comes, with names of options where the library finds the poll', async () => {
      const { id } = await bench.control.writeAs(ANNA, {
        phone: PHONE,
        poll: { name: 'Day?', options: ['Mon', 'Tue'] },
      });
      await heard(id);
      await bench.control.messages.voteAs(ANNA, { phone: PHONE, message: id, options: ['Tue'] });
      const [vote] = await bench.library.until('vote_update');
      expect((vote as PollVote).selectedOptions).toEqual([{ name: target.isRenamed ? undefined : 'Tue', localId: 1 }]);
    });

    test('Client.searchMessages and Client.getMessageById: find what is asked for by words or by text of a key', async () => {
      const { id } = await bench.control.writeAs(ANNA, { phone: PHONE, body: 'needle in the hay' });
      await heard(id);
      expect((await bench.client.searchMessages('needle')).map(({ body }) => body)).toEqual(['needle in the hay']);
      expect((await bench.client.getMessageById(`false_${ANNA_CHAT}_${id}`)).body).toBe('needle in the hay');
    });
  },
  { renamed: 'always' },
);
