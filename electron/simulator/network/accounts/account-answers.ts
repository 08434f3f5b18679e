import type { AccountRequests } from '../../account-frames';
import type { Answers } from '../answers';
import { numberOf, STATUS_CHAT } from '../ids';
import type { Network } from '../network';
import { codeText } from '../random';
import { Refusal } from '../refusal';
import { personBehind } from './people';

const NAMES_AT_MOST = 25;
const ABOUT_AT_MOST = 139;

/** What pages ask about their account, its chats and its people. */
export function accountAnswers(
  network: Network,
): Pick<Answers, keyof AccountRequests | 'typing' | 'presence' | 'exists'> {
  const { world, accounts, calls, presences } = network;
  return {
    exists: ({ phone }, { id }, answer) => {
      const group = world.groups.get(id);
      // Of a group that it has never been in, an account learns nothing but what an invitation tells.
      const isKnown = group !== undefined && (group.participants.includes(phone.number) || phone.chats.has(id));
      if (isKnown) return answer({ contact: { id: group.id, pushname: '', name: group.subject } });
      const contact = id === STATUS_CHAT ? { id, pushname: '' } : personBehind(world, id, phone);
      return answer(contact === undefined ? {} : { contact });
    },
    typing: ({ phone }, { chatId, state }, answer) => {
      presences.ofPhone(phone, chatId, state);
      answer({});
    },
    presence: ({ device }, { available }, answer) => {
      presences.setAvailable(device, available);
      answer({});
    },
    chatSet: ({ phone }, { chatId, ...wish }, answer) => {
      accounts.setChat(phone, chatId, wish);
      answer({});
    },
    chatEmpty: ({ phone }, { chatId, gone }, answer) => {
      accounts.emptyChat(phone, chatId, gone);
      answer({});
    },
    moreHistory: ({ phone }, { chatId }, answer) => {
      accounts.releaseHistory(phone, chatId);
      answer({});
    },
    labels: ({ phone }, { actions, chatIds }, answer) => {
      accounts.changeLabels(phone, actions, chatIds);
      answer({});
    },
    block: ({ phone }, { id, blocked }, answer) => {
      accounts.block(phone, id, blocked);
      answer({});
    },
    bookSave: ({ phone }, { number, name }, answer) => {
      accounts.writeInBook(phone, number, name);
      answer({});
    },
    bookDelete: ({ phone }, { number }, answer) => {
      accounts.writeInBook(phone, number, undefined);
      answer({});
    },
    profile: ({ phone }, wish, answer) => {
      tooLong('A name', wish.pushname, NAMES_AT_MOST);
      tooLong('An about text', wish.about, ABOUT_AT_MOST);
      accounts.setProfile(phone, wish);
      answer({});
    },
    about: ({ phone }, { id }, answer) => answer({ about: accounts.about(phone, id) }),
    picture: ({ phone }, { id }, answer) => {
      const url = accounts.picture(phone, id);
      answer({ picture: { url, tag: String(url.length) } });
    },
    pictureSet: ({ phone }, { id, picture }, answer) => {
      accounts.setPicture(phone, id, picture);
      answer({});
    },
    devices: (_page, { id }, answer) => {
      const number = numberOf(id);
      const linked = world.phones.get(number)?.devices.size;
      const count = linked === undefined ? world.customers.get(number)?.devices : linked + 1;
      answer(count === undefined ? {} : { count });
    },
    business: (_page, { id }, answer) => {
      const number = numberOf(id);
      const customer = world.customers.get(number);
      if (customer === undefined || customer.kind === 'person') return answer({});
      const { about: description, business } = customer;
      return answer({ profile: business ?? { description, category: 'Other', email: '', website: [], address: '' } });
    },
    note: ({ phone }, { id }, answer) => {
      const number = numberOf(id);
      const note = phone.profile.notes.get(number);
      answer(note === undefined ? {} : { note });
    },
    noteSet: ({ phone }, { id, content }, answer) => {
      accounts.note(phone, id, content);
      answer({});
    },
    callReject: (_page, { id }, answer) => {
      calls.end(id, 'Rejected');
      answer({});
    },
    callLink: (_page, { kind }, answer) => answer({ link: `https://call.whatsapp.com/${kind}/${codeText(22)}` }),
  };
}

function tooLong(what: string, text: string | undefined, most: number): void {
  if (text !== undefined && text.length > most) throw new Refusal(406, `${what} has at most ${most} characters`);
}
