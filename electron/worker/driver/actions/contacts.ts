import type { Contact } from '../../../contract/entities/contact';
import { OperationError } from '../../../contract/errors';
import { chatIdSchema } from '../../../contract/ids';
import type { contactOperations } from '../../../contract/operations/contacts';
import { pageOfContacts } from '../../contact-pages';
import { DeadlineError } from '../../deadline';
import { widOf } from '../../raw-page';
import { translateContact } from '../../translate-contact';
import { requirePerson } from '../person';
import { findPicture } from '../picture';
import { untilSeen } from '../until-seen';
import type { ActionPage, PageActions } from './page-actions';

const setBlocked = async (page: ActionPage, contactId: Contact['id'], blocked: boolean): Promise<Contact> => {
  const { found, contact } = await requirePerson(page, contactId);
  if (contact.isBlocked === blocked) return contact;
  const what = blocked ? 'block' : 'unblock';
  if (contact.isMe)
    throw new OperationError('PAGE_REFUSED', `Account ${page.accountId} cannot ${what} itself (contactId).`);
  await (blocked ? found.block() : found.unblock());
  // The library believes itself; what counts is what the page shows afterwards.
  const after = await untilSeen(
    async () => translateContact(await page.client.getContactById(contact.id)),
    (seen) => seen?.isBlocked === blocked,
  );
  page.contactBook.forget();
  if (after?.isBlocked === blocked) return after;
  throw new DeadlineError(`WhatsApp’s word that ${contact.id} is ${what}ed`);
};

export const contactActions: PageActions<typeof contactOperations> = {
  'contacts.list': async (page, wish) => {
    const isFurther = wish.cursor !== undefined || wish.offset > 0;
    const all = await page.contactBook.all(isFurther, async () =>
      (await page.client.getContacts()).map(translateContact).filter((contact) => contact !== undefined),
    );
    return pageOfContacts(page.accountId, all, wish);
  },
  'contacts.get': async (page, { contactId }) => ({ contact: (await requirePerson(page, contactId)).contact }),
  'contacts.checkNumber': async ({ client }, { phone }) => {
    const found = chatIdSchema.safeParse(widOf(await client.getNumberId(phone)));
    return found.success ? { exists: true, contactId: found.data } : { exists: false };
  },
  'contacts.getAbout': async (page, { contactId }) => {
    const { found } = await requirePerson(page, contactId);
    const about = await found.getAbout();
    return about === null ? {} : { about: about.toWellFormed() };
  },
  'contacts.getPicture': async (page, { contactId, refresh }) => {
    const { contact } = await requirePerson(page, contactId);
    const picture = await findPicture(page, contact.id, refresh);
    if (picture !== undefined) return { picture };
    const text = `${contactId} (contactId) has no picture, or none that account ${page.accountId} may see.`;
    throw new OperationError('PICTURE_NOT_FOUND', text, { data: { contactId } });
  },
  'contacts.block': async (page, { contactId }) => ({ contact: await setBlocked(page, contactId, true) }),
  'contacts.unblock': async (page, { contactId }) => ({ contact: await setBlocked(page, contactId, false) }),
};
