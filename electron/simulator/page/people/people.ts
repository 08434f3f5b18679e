import type { ContactRow } from '../../frames';
import { ContactModel, contactAttributes } from '../chats/contact-model';
import { Collection } from '../core/collection';
import { Model } from '../core/model';
import { createWid, type Wid } from '../core/wid';

/** Everybody this account knows, under the id by which it meets them, with the other id beside it and the list of the blocked. */
export class People {
  readonly contacts: Collection<ContactModel>;
  readonly blocklist = new Collection({ modelClass: Model });
  readonly #others = new Map<string, Wid>();

  constructor(ask: (wid: Wid) => Promise<ContactRow | undefined>) {
    this.contacts = new Collection<ContactModel>({
      modelClass: ContactModel,
      load: async (id) => {
        const wid = createWid(id);
        const known = this.#byOtherId(wid);
        if (known !== undefined) return known;
        const row = await ask(wid);
        return row === undefined ? this.contactFor(wid) : (this.take([row])[0] ?? this.contactFor(wid));
      },
    });
  }

  take(rows: readonly ContactRow[]): readonly ContactModel[] {
    return rows.map((row) => {
      const wid = createWid(row.id);
      if (row.otherId !== undefined) this.pair(wid, createWid(row.otherId));
      const attributes = contactAttributes(wid, row);
      const known = this.contacts.get(wid);
      const contact = known ?? new ContactModel(attributes);
      if (known === undefined) this.contacts.add(contact);
      else known.set(attributes);
      this.#noteBlocked(wid, row.blocked === true);
      return contact;
    });
  }

  /** The two ids of one person. */
  pair(one: Wid, other: Wid): void {
    this.#others.set(one._serialized, other);
    this.#others.set(other._serialized, one);
  }

  /** The hidden id for a number, the number for a hidden id; `null`, as WhatsApp Web says it, where this account does not know. */
  otherId(wid: Wid): Wid | null {
    return this.#others.get(wid._serialized) ?? null;
  }

  /** By number where it is known. */
  phoneOf(wid: Wid): Wid | null {
    return wid.isLid() ? this.otherId(wid) : wid;
  }

  /** The contact behind an id, made on the spot for somebody of whom nothing else is known. */
  contactFor(wid: Wid): ContactModel {
    const known = this.contacts.get(wid) ?? this.#byOtherId(wid);
    if (known !== undefined) return known;
    const contact = new ContactModel(contactAttributes(wid, { pushname: '' }));
    this.contacts.add(contact);
    return contact;
  }

  #byOtherId(wid: Wid): ContactModel | undefined {
    const other = this.#others.get(wid._serialized);
    return other === undefined ? undefined : this.contacts.get(other);
  }

  #noteBlocked(wid: Wid, blocked: boolean): void {
    const known = this.blocklist.get(wid);
    if (blocked && known === undefined) this.blocklist.add(new Model({ id: wid }));
    else if (!blocked && known !== undefined) this.blocklist.remove(known);
  }
}
