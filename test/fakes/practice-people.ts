import type { ControlCaller } from './practice-groups';

/** The part of the control client about chats, people, calls, statuses and the phones themselves. */

export type Platform = 'android' | 'iphone' | 'smba' | 'smbi';
export type Presence = 'composing' | 'recording' | 'paused' | 'available' | 'unavailable';
export type CallEnding = 'Completed' | 'Missed' | 'Rejected' | 'AcceptedElsewhere';

export interface ChatView {
  readonly id: string;
  readonly name: string;
  /** −1 is a chat that was marked as unread. */
  readonly unreadCount: number;
  readonly t: number;
  readonly messages: number;
  readonly archived: boolean;
  readonly pinned: boolean;
  /** Seconds; 0 not, −1 for ever. */
  readonly muteExpiration: number;
  readonly labels: readonly string[];
  /** How many of the oldest messages linked devices do not have. */
  readonly onPhoneOnly: number;
}

export interface ChatChange {
  readonly archived?: boolean;
  readonly pinned?: boolean;
  readonly muteExpiration?: number;
  /** False: the owner of the phone opens the chat there. */
  readonly unread?: boolean;
}

export interface PhoneChange {
  readonly pushname?: string;
  readonly about?: string;
  readonly platform?: Platform;
  /** Percent. */
  readonly battery?: number;
  readonly plugged?: boolean;
}

export interface CallView {
  readonly id: string;
  readonly phone: string;
  readonly customer: string;
  readonly group?: string;
  readonly isVideo: boolean;
  readonly startedAt: number;
  readonly outcome?: CallEnding;
}

export interface BusinessProfile {
  readonly description?: string;
  readonly category?: string;
  readonly email?: string;
  readonly website?: readonly string[];
  readonly address?: string;
}

export class PracticePeople {
  readonly #call: ControlCaller;

  constructor(call: ControlCaller) {
    this.#call = call;
  }

  changePhone(phone: string, change: PhoneChange): Promise<unknown> {
    return this.#call('PATCH', `phones/${phone}`, change);
  }

  /** The owner of the phone changes a chat there. */
  changeChat(phone: string, chat: string, change: ChatChange): Promise<ChatView> {
    return this.#call('PATCH', chatPath(phone, chat), change);
  }

  clearChat(phone: string, chat: string): Promise<{ readonly cleared: string }> {
    return this.#call('POST', `${chatPath(phone, chat)}/clear`);
  }

  deleteChat(phone: string, chat: string): Promise<{ readonly deleted: string }> {
    return this.#call('DELETE', chatPath(phone, chat));
  }

  labels(phone: string): Promise<readonly { readonly id: string; readonly name: string; readonly hexColor: string }[]> {
    return this.#call('GET', `phones/${phone}/labels`);
  }

  createLabel(
    phone: string,
    label: { readonly name: string; readonly hexColor?: string },
  ): Promise<{ readonly id: string }> {
    return this.#call('POST', `phones/${phone}/labels`, label);
  }

  deleteLabel(phone: string, id: string): Promise<{ readonly deleted: string }> {
    return this.#call('DELETE', `phones/${phone}/labels/${id}`);
  }

  /** Exactly these labels, on the phone. */
  setLabels(phone: string, chat: string, labels: readonly string[]): Promise<ChatView> {
    return this.#call('PUT', `${chatPath(phone, chat)}/labels`, { labels });
  }

  notes(phone: string): Promise<readonly { readonly chatId: string; readonly content: string }[]> {
    return this.#call('GET', `phones/${phone}/notes`);
  }

  /** In the address book of the phone. */
  saveContact(phone: string, number: string, name: string): Promise<{ readonly name: string }> {
    return this.#call('PUT', `phones/${phone}/contacts/${number}`, { name });
  }

  deleteContact(phone: string, number: string): Promise<{ readonly deleted: string }> {
    return this.#call('DELETE', `phones/${phone}/contacts/${number}`);
  }

  blockedBy(phone: string): Promise<readonly string[]> {
    return this.#call('GET', `phones/${phone}/blocked`);
  }

  /** The owner of the phone blocks a customer, or stops blocking. */
  block(phone: string, number: string, blocked: boolean): Promise<{ readonly blocked: boolean }> {
    return this.#call('PUT', `phones/${phone}/blocked/${number}`, { blocked });
  }

  /** The customer blocks an account, or stops blocking. */
  blockAs(customer: string, phone: string, blocked: boolean): Promise<unknown> {
    return this.#call('PUT', `customers/${customer}/blocks/${phone}`, { blocked });
  }

  presence(
    customer: string,
    presence: { readonly phone: string; readonly state: Presence; readonly group?: string },
  ): Promise<unknown> {
    return this.#call('POST', `customers/${customer}/presence`, presence);
  }

  /** The customer calls; unanswered it is missed after `ringMs`. */
  call(
    customer: string,
    call: { readonly phone: string; readonly video?: boolean; readonly group?: string; readonly ringMs?: number },
  ): Promise<CallView> {
    return this.#call('POST', `customers/${customer}/calls`, call);
  }

  calls(customer: string): Promise<readonly CallView[]> {
    return this.#call('GET', `customers/${customer}/calls`);
  }

  endCall(id: string, outcome: CallEnding): Promise<CallView> {
    return this.#call('POST', `calls/${id}/end`, { outcome });
  }

  /** The customer posts a status; accounts that have the customer in their address book see it. */
  postStatus(
    customer: string,
    status: { readonly body: string; readonly backgroundColor?: number; readonly font?: number },
  ): Promise<{ readonly id: string; readonly t: number; readonly phones: number }> {
    return this.#call('POST', `customers/${customer}/status`, status);
  }

  changeNumber(customer: string, number: string): Promise<{ readonly number: string }> {
    return this.#call('POST', `customers/${customer}/number`, { number });
  }

  /** A data URL; without one the picture is generated. */
  setPicture(customer: string, url?: string): Promise<unknown> {
    return this.#call('PUT', `customers/${customer}/picture`, url === undefined ? {} : { url });
  }

  /** Makes the customer a business with this profile. */
  setBusiness(customer: string, profile: BusinessProfile): Promise<unknown> {
    return this.#call('PUT', `customers/${customer}/business`, profile);
  }
}

function chatPath(phone: string, chat: string): string {
  return `phones/${phone}/chats/${encodeURIComponent(chat)}`;
}
