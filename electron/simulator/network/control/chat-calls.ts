import { Body } from '../body';
import { given } from '../given';
import { userId } from '../ids';
import type { Network } from '../network';
import { Refusal } from '../refusal';
import type { Chat } from '../state';
import { type ControlTable, chatOf, phoneOf } from './control-table';

/** Chats and labels as a phone has them, and what its owner does with them there. */
export const CHAT_CALLS: ControlTable = {
  'GET phones/*/chats': (network, _call, [number]) =>
    [...phoneOf(network, number).chats.values()].map((chat) => showChat(network, chat)),
  'PATCH phones/*/chats/*': (network, call, [number, id]) => {
    const body = new Body(call.body, ['archived', 'pinned', 'muteExpiration', 'unread']);
    const phone = phoneOf(network, number);
    const chatId = chatOf(id ?? '');
    network.titleOf(chatId);
    const unread = body.optionalFlag('unread');
    const wish = given({
      archived: body.optionalFlag('archived'),
      pinned: body.optionalFlag('pinned'),
      muteExpiration: body.optionalAmount('muteExpiration', -1, Number.MAX_SAFE_INTEGER),
      unread: unread === true ? (true as const) : undefined,
    });
    network.accounts.setChat(phone, chatId, wish);
    if (unread === false) network.delivery.seen(phone, chatId, undefined);
    return showChat(network, chatIn(network, number, chatId));
  },
  'POST phones/*/chats/*/clear': (network, _call, [number, id]) => {
    network.accounts.emptyChat(phoneOf(network, number), chatIn(network, number, id).id, false);
    return { cleared: id };
  },
  'DELETE phones/*/chats/*': (network, _call, [number, id]) => {
    network.accounts.emptyChat(phoneOf(network, number), chatIn(network, number, id).id, true);
    return { deleted: id };
  },
  'PUT phones/*/chats/*/labels': (network, call, [number, id]) => {
    const wanted = new Body(call.body, ['labels']).texts('labels');
    const phone = phoneOf(network, number);
    const chat = chatIn(network, number, id);
    const actions = [
      ...chat.settings.labels
        .filter((label) => !wanted.includes(label))
        .map((label) => ({ id: label, type: 'remove' as const })),
      ...wanted.map((label) => ({ id: label, type: 'add' as const })),
    ];
    network.accounts.changeLabels(phone, actions, [chat.id]);
    return showChat(network, chat);
  },

  'GET phones/*/labels': (network, _call, [number]) => [...phoneOf(network, number).profile.labels.values()],
  'POST phones/*/labels': (network, call, [number]) => {
    const body = new Body(call.body, ['name', 'hexColor']);
    const hexColor = body.optionalText('hexColor') ?? '#64C4FF';
    return { id: network.accounts.createLabel(phoneOf(network, number), body.text('name'), hexColor) };
  },
  'DELETE phones/*/labels/*': (network, _call, [number, id]) => {
    network.accounts.deleteLabel(phoneOf(network, number), id ?? '');
    return { deleted: id };
  },
  'GET phones/*/notes': (network, _call, [number]) =>
    [...phoneOf(network, number).profile.notes].map(([other, note]) => ({ ...note, chatId: userId(other) })),
};

function chatIn(network: Network, number: string | undefined, id: string | undefined): Chat {
  const chat = phoneOf(network, number).chats.get(chatOf(id ?? ''));
  if (chat === undefined) throw new Refusal(404, `The phone ${number} has no chat ${id}`);
  return chat;
}

function showChat(network: Network, chat: Chat): unknown {
  const { archived, pin, muteExpiration, labels, keptBack } = chat.settings;
  return {
    id: chat.id,
    name: network.titleOf(chat.id),
    unreadCount: chat.unreadCount,
    t: chat.t,
    messages: chat.messages.length,
    archived,
    pinned: pin !== 0,
    muteExpiration,
    labels,
    onPhoneOnly: keptBack,
  };
}
