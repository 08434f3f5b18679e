import type { messageActionOperations } from '../../../contract/operations/message-actions';
import { finiteNumberOf, isRaw, widOf } from '../../raw-page';
import { forwardedContent } from './forwarded-content';
import {
  findMessage,
  lookFor,
  type MessageTarget,
  observedOf,
  type PageView,
  refused,
  wrongField,
} from './found-message';
import { downloadMedia } from './message-media';
import type { ActionPage, PageActions } from './page-actions';
import { untilShown } from './until';

/** Waits until the page shows the message as it shall be, and answers with it. */
const shown = async (page: ActionPage, target: MessageTarget, what: string, isDone: (view: PageView) => boolean) => {
  const view = await untilShown(page, `${what} message ${target.messageId}`, async () => {
    const now = await lookFor(page, target);
    return now !== undefined && isDone(now) ? now : undefined;
  });
  return { message: observedOf(page, target, view) };
};

const setStar = async (page: ActionPage, target: MessageTarget, star: boolean) => {
  const { view, message } = await findMessage(page, target);
  const what = star ? 'star' : 'unstar';
  if (!view.may.star)
    throw refused(page, `cannot ${what} message ${target.messageId} (messageId): WhatsApp does not allow it`);
  await (star ? message.star() : message.unstar());
  return shown(page, target, what, (now) => now.star === star);
};

/** Reactions as the library gives them, one per person. */
const reactionsOf = (page: ActionPage, groups: unknown) => {
  const all = Array.isArray(groups) ? (groups as readonly unknown[]) : [];
  return all.flatMap((group) => {
    const senders = isRaw(group) && Array.isArray(group['senders']) ? (group['senders'] as readonly unknown[]) : [];
    return senders.flatMap((sender) => {
      if (!isRaw(sender)) return [];
      const { reaction, timestamp } = sender;
      const senderId = widOf(sender['senderId']);
      if (typeof reaction !== 'string' || reaction === '' || senderId === undefined) return [];
      const key = sender['id'];
      const fromMe = isRaw(key) ? key['fromMe'] === true : senderId === page.client.info.wid._serialized;
      return [{ emoji: reaction, senderId, fromMe, atMs: Math.trunc(finiteNumberOf(timestamp) ?? 0) * 1000 }];
    });
  });
};

export const messageActions: PageActions<typeof messageActionOperations> = {
  'messages.edit': async (page, { body, ...target }) => {
    const { view, message } = await findMessage(page, target);
    if (!view.fromMe)
      throw refused(page, `cannot edit message ${target.messageId} (messageId): somebody else wrote it`);
    if (!view.may.edit) {
      throw refused(
        page,
        `cannot edit message ${target.messageId} (messageId): WhatsApp allows it for 15 minutes, for text and captions that were not forwarded`,
      );
    }
    // A preview that WhatsApp does not give would make the library fail.
    await message.edit(body, { linkPreview: false });
    return shown(page, target, 'edit', (now) => observedOf(page, target, now).body === body);
  },

  'messages.remove': async (page, { for: whom, ...target }) => {
    const { view, message } = await findMessage(page, target);
    const { fromMe } = view;
    if (whom === 'me') {
      await message.delete(false);
      await untilShown(page, `delete message ${target.messageId}`, async () =>
        (await lookFor(page, target)) === undefined ? true : undefined,
      );
      return { fromMe };
    }
    if (view.type === 'revoked') return { fromMe, message: observedOf(page, target, view) };
    // The library would delete it only here, without a word.
    if (!view.may.revoke) {
      const why = fromMe
        ? 'WhatsApp’s time for that is over'
        : 'only group admins can do that with messages of others, and not in chats with one person';
      throw refused(
        page,
        `cannot delete message ${target.messageId} (messageId) for everyone: ${why}. It can be deleted only here (for: me)`,
      );
    }
    await message.delete(true);
    return { fromMe, ...(await shown(page, target, 'delete', (now) => now.type === 'revoked')) };
  },

  'messages.react': async (page, { reaction, ...target }) => {
    const { view, message } = await findMessage(page, target);
    if (view.type === 'revoked')
      throw refused(page, `cannot react to message ${target.messageId} (messageId): it was deleted`);
    await message.react(reaction);
    const { message: now } = await shown(page, target, 'react to', () => true);
    return { message: now, senderId: page.client.info.wid._serialized };
  },

  'messages.getReactions': async (page, target) => {
    const { message } = await findMessage(page, target);
    return { reactions: reactionsOf(page, await message.getReactions()) };
  },

  'messages.star': (page, target) => setStar(page, target, true),
  'messages.unstar': (page, target) => setStar(page, target, false),

  'messages.pin': async (page, { durationMs, ...target }) => {
    const { view, message } = await findMessage(page, target);
    if (!(await message.pin(Math.round(durationMs / 1000)))) {
      throw refused(
        page,
        `could not pin message ${target.messageId} (messageId): WhatsApp refused. In a group it may be for admins only`,
      );
    }
    return { message: observedOf(page, target, view) };
  },
  'messages.unpin': async (page, target) => {
    const { view, message } = await findMessage(page, target);
    if (!(await message.unpin())) {
      throw refused(
        page,
        `could not unpin message ${target.messageId} (messageId): WhatsApp refused. In a group it may be for admins only`,
      );
    }
    return { message: observedOf(page, target, view) };
  },

  'messages.votePoll': async (page, { options, ...target }) => {
    const { view, message } = await findMessage(page, target);
    if (view.type !== 'poll_creation')
      throw wrongField(page, 'messageId', `is ${target.messageId}, which is not a poll`);
    const unknown = options.filter((option) => !view.pollOptions.includes(option));
    // The library leaves out what the poll does not have.
    if (unknown.length > 0) {
      throw wrongField(
        page,
        'options',
        `must be options of the poll (${view.pollOptions.join(', ')}); it has no ${unknown.join(', ')}`,
      );
    }
    if (new Set(options).size > 1 && !view.pollTakesSeveral) {
      throw wrongField(page, 'options', 'must be one option or none: this poll takes one answer');
    }
    await message.vote([...options]);
    return { message: observedOf(page, target, view) };
  },

  'messages.getMedia': async (page, { maxBytes, ...target }) => {
    const { filename, ...media } = await downloadMedia(page, target, await findMessage(page, target), maxBytes);
    return { ...media, ...(filename === undefined ? {} : { filename }) };
  },

  // Only looks: what it becomes leaves through the outbox.
  'messages.forward': async (page, { chatId, messageId }) => {
    const target = { chatId, messageId };
    return { content: await forwardedContent(page, target, await findMessage(page, target)) };
  },
};
