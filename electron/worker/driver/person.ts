import type { Contact } from '../../contract/entities/contact';
import { OperationError } from '../../contract/errors';
import type { ChatId } from '../../contract/ids';
import { widOf } from '../raw-page';
import { translateContact } from '../translate-contact';
import type { ActionPage } from './actions/page-actions';
import { isPageGone } from './page-access';

const notFound = ({ accountId }: ActionPage, contactId: ChatId, why: string): OperationError => {
  const text = `Account ${accountId} knows nobody by the id ${contactId} (contactId): ${why}.`;
  return new OperationError('CONTACT_NOT_FOUND', text, { data: { contactId } });
};

/** What the page says of anybody at all, whether they exist or not. */
const look = async ({ client }: ActionPage, id: string) => {
  const found = await client.getContactById(id);
  return { found, contact: translateContact(found) };
};

/**
 * Somebody whom the account knows, or whom WhatsApp knows by number, in the library's form and in the contract's. The page
 * answers for any id, so only a name or WhatsApp's word proves that there is a person behind it. Rejects with CONTACT_NOT_FOUND.
 */
export const requirePerson = async (
  page: ActionPage,
  contactId: ChatId,
): Promise<{
  readonly found: Awaited<ReturnType<ActionPage['client']['getContactById']>>;
  readonly contact: Contact;
}> => {
  if (!/@(c\.us|lid)$/.test(contactId)) throw notFound(page, contactId, 'it is the id of a group, a channel or a list');
  let problem: unknown;
  try {
    const { found, contact } = await look(page, contactId);
    const isKnown =
      contact !== undefined &&
      (contact.isMe || contact.isSaved || (contact.pushName ?? contact.verifiedName) !== undefined);
    if (isKnown) return { found, contact };
  } catch (error) {
    if (isPageGone(error)) throw error;
    problem = error;
  }
  if (!contactId.endsWith('@c.us')) throw notFound(page, contactId, 'the account has never met them');
  const id = widOf(await page.client.getNumberId(contactId));
  if (id === undefined) throw notFound(page, contactId, 'the number is not on WhatsApp');
  if (problem !== undefined) throw problem;
  const { found, contact } = await look(page, id);
  if (contact === undefined) throw notFound(page, contactId, 'WhatsApp Web does not show them');
  return { found, contact };
};
