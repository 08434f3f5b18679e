import { chatIdOf } from '../accounts/people';
import { Body } from '../body';
import type { Target } from '../messages/message-actions';
import type { Network } from '../network';
import { Refusal } from '../refusal';
import { messageRow } from '../rows';
import type { StoredMessage } from '../state';
import { type ControlTable, chatOf, customerOf, phoneOf } from './control-table';

/** Whoever acts: a customer towards a phone, or the person at the phone. */
interface Deed {
  readonly target: Target;
  readonly by: string;
  readonly body: Body;
}

interface Action {
  readonly fields: readonly string[];
  readonly perform: (network: Network, deed: Deed) => void;
}

const LONGEST_PIN_S = 365 * 86_400;
const ANSWERS = ['none', 'going', 'not going', 'maybe'] as const;

/** What customers and phones can do with a message that is there. */
const ACTIONS: Readonly<Record<string, Action>> = {
  reactions: {
    fields: ['emoji'],
    perform: ({ actions }, { target, by, body }) => actions.react(target, by, body.optionalWords('emoji') ?? ''),
  },
  votes: {
    fields: ['options'],
    perform: ({ actions }, { target, by, body }) =>
      actions.vote(target, by, optionIds(actions.find(target), body.texts('options'))),
  },
  edits: {
    fields: ['body'],
    perform: ({ actions }, { target, by, body }) => actions.edit(target, by, { text: body.text('body') }),
  },
  deletions: { fields: [], perform: ({ actions }, { target, by }) => actions.revoke(target, by) },
  pins: {
    fields: ['seconds'],
    perform: ({ actions }, { target, by, body }) => actions.pin(target, by, body.amount('seconds', 0, LONGEST_PIN_S)),
  },
  answers: {
    fields: ['answer'],
    perform: ({ actions }, { target, by, body }) =>
      actions.answerEvent(target, by, ANSWERS.indexOf(body.oneOf('answer', ANSWERS))),
  },
};

/** What only a customer does with a message. */
const OF_CUSTOMERS: Readonly<Record<string, Action>> = {
  ...ACTIONS,
  plays: { fields: [], perform: ({ actions }, { target, by }) => actions.played(target, by) },
};

/** What only the person at the phone does with a message. */
const OF_PHONES: Readonly<Record<string, Action>> = {
  ...ACTIONS,
  stars: {
    fields: ['star'],
    perform: ({ actions }, { target, body }) => actions.star(target, body.flag('star')),
  },
  removals: { fields: [], perform: ({ actions }, { target }) => actions.deleteForMe(target) },
  decryptions: { fields: [], perform: ({ actions }, { target }) => actions.decrypt(target) },
};

/** Messages that are there already: reactions, votes, edits, deletions, pins; their media; what links are about. */
export const MESSAGE_ACTION_CALLS: ControlTable = {
  ...byCustomers(),
  ...byPhones(),
  'GET phones/*/chats/*/messages/*': (network, _call, [number, chat, id]) => {
    const message = network.actions.find({ phone: phoneOf(network, number), chatId: chatOf(chat ?? ''), id: id ?? '' });
    const { reactions = {}, votes = {}, responses = {}, pinned, sealed } = message;
    return {
      ...messageRow(message),
      reactions: Object.values(reactions),
      votes: Object.values(votes),
      responses: Object.fromEntries(Object.entries(responses).map(([who, answer]) => [who, ANSWERS[answer]])),
      ...(pinned === undefined ? {} : { pinned }),
      ...(sealed === undefined ? {} : { sealed }),
    };
  },
  'GET phones/*/chats/*/messages/*/media': (network, _call, [number, chat, id]) =>
    showMedia(network, { phone: phoneOf(network, number), chatId: chatOf(chat ?? ''), id: id ?? '' }),
  'DELETE phones/*/chats/*/messages/*/media': (network, _call, [number, chat, id]) => {
    const target = { phone: phoneOf(network, number), chatId: chatOf(chat ?? ''), id: id ?? '' };
    const { details } = network.actions.find(target);
    return { deleted: network.media.delete(details?.directPath ?? '') };
  },
  'GET customers/*/messages/*/media': (network, call, [customer, id]) => {
    const phone = phoneOf(network, call.query.get('phone') ?? undefined);
    const chatId = call.query.get('group') ?? chatIdOf(network.world, customerOf(network, customer).number);
    return showMedia(network, { phone, chatId, id: id ?? '' });
  },
  'PUT link-previews': (network, call) => {
    const body = new Body(call.body, ['url', 'title', 'description', 'thumbnail']);
    const description = body.optionalText('description');
    const thumbnail = body.optionalText('thumbnail');
    const preview = {
      title: body.text('title'),
      ...(description === undefined ? {} : { description }),
      ...(thumbnail === undefined ? {} : { thumbnail }),
    };
    network.world.commit({ c: 'link-preview', url: body.text('url'), preview });
    return preview;
  },
};

function byCustomers(): ControlTable {
  return Object.fromEntries(
    Object.entries(OF_CUSTOMERS).map(([name, { fields, perform }]) => [
      `POST customers/*/${name}`,
      (network: Network, call: { readonly body: unknown }, [number]: readonly string[]) => {
        const body = new Body(call.body, ['phone', 'group', 'message', ...fields]);
        const by = customerOf(network, number).number;
        const chatId = body.optionalText('group') ?? chatIdOf(network.world, by);
        const target = { phone: phoneOf(network, body.number('phone')), chatId, id: body.text('message') };
        perform(network, { target, by, body });
        return messageRow(network.actions.find(target));
      },
    ]),
  );
}

function byPhones(): ControlTable {
  return Object.fromEntries(
    Object.entries(OF_PHONES).map(([name, { fields, perform }]) => [
      `POST phones/*/${name}`,
      (network: Network, call: { readonly body: unknown }, [number]: readonly string[]) => {
        const body = new Body(call.body, ['chat', 'message', ...fields]);
        const phone = phoneOf(network, number);
        const target = { phone, chatId: chatOf(body.text('chat')), id: body.text('message') };
        const before = messageRow(network.actions.find(target));
        perform(network, { target, by: phone.number, body });
        return name === 'removals' ? before : messageRow(network.actions.find(target));
      },
    ]),
  );
}

function showMedia(network: Network, target: Target): object {
  const message = network.actions.find(target);
  const { directPath, mimetype, filename } = message.details ?? {};
  if (directPath === undefined) throw new Refusal(404, `The message ${target.id} has no media`);
  const bytes = network.media.get(directPath);
  if (bytes === undefined) throw new Refusal(404, `The media of ${target.id} was deleted`);
  return { mimetype, ...(filename === undefined ? {} : { filename }), data: Buffer.from(bytes).toString('base64') };
}

function optionIds(message: StoredMessage, names: readonly string[]): readonly number[] {
  const options = message.details?.pollOptions ?? [];
  return names.map((name) => {
    const option = options.find((one) => one.name === name);
    if (option === undefined) throw new Refusal(400, `The poll has no option "${name}"`);
    return option.localId;
  });
}
