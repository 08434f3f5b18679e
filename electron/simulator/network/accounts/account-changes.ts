import type { Chat, Phone } from '../state';
import { type AccountChange, NEW_CHAT } from './account-state';

interface Accounts {
  readonly phones: ReadonlyMap<string, Phone>;
  readonly customers: Map<string, unknown>;
  readonly pictures: Map<string, string>;
}

/** The reducer of everything that is in {@link AccountChange}. */
export function applyAccountChange(world: Accounts, change: AccountChange): void {
  if (change.c === 'picture') {
    if (change.url === undefined) world.pictures.delete(change.id);
    else world.pictures.set(change.id, change.url);
  } else if (change.c === 'customer-gone') {
    world.customers.delete(change.number);
  } else {
    const phone = world.phones.get(change.phone);
    if (phone !== undefined) applyToPhone(phone, change);
  }
}

function applyToPhone(phone: Phone, change: Exclude<AccountChange, { c: 'picture' | 'customer-gone' }>): void {
  const { profile } = phone;
  switch (change.c) {
    case 'profile':
      profile.about = change.about ?? profile.about;
      profile.platform = change.platform ?? profile.platform;
      profile.battery = change.battery ?? profile.battery;
      return;
    case 'book':
      profile.book.set(change.number, change.name);
      return;
    case 'blocked':
      if (change.blocked) profile.blocked.add(change.number);
      else profile.blocked.delete(change.number);
      return;
    case 'label':
      profile.labels.set(change.label.id, change.label);
      return;
    case 'label-gone':
      profile.labels.delete(change.id);
      for (const { settings } of phone.chats.values()) {
        settings.labels = settings.labels.filter((id) => id !== change.id);
      }
      return;
    case 'note':
      profile.notes.set(change.number, change.note);
      return;
    case 'chat-settings': {
      const chat = phone.chats.get(change.id);
      if (chat !== undefined) Object.assign(chat.settings, change.settings);
      return;
    }
    case 'chat-emptied': {
      const chat = phone.chats.get(change.id);
      if (change.gone) phone.chats.delete(change.id);
      else if (chat !== undefined) empty(chat);
    }
  }
}

function empty(chat: Chat): void {
  chat.messages = [];
  chat.byId.clear();
  chat.unreadCount = 0;
  chat.settings.keptBack = 0;
}

/** The shortest list of changes that leads to what an account has beside messages; its chats have to exist by then. */
export function* accountSnapshot(phone: Phone): Generator<AccountChange> {
  const { number, profile } = phone;
  const { about, platform, battery } = profile;
  yield { c: 'profile', phone: number, about, platform, ...(battery === undefined ? {} : { battery }) };
  for (const [other, name] of profile.book) {
    yield { c: 'book', phone: number, number: other, ...(name === undefined ? {} : { name }) };
  }
  for (const other of profile.blocked) yield { c: 'blocked', phone: number, number: other, blocked: true };
  for (const label of profile.labels.values()) yield { c: 'label', phone: number, label };
  for (const [other, note] of profile.notes) yield { c: 'note', phone: number, number: other, note };
  for (const { id, settings } of phone.chats.values()) {
    if (JSON.stringify(settings) !== JSON.stringify(NEW_CHAT))
      yield { c: 'chat-settings', phone: number, id, settings };
  }
}
