import { readFile } from 'node:fs/promises';
import whatsappWeb, { type GroupChat } from 'whatsapp-web.js';
import { OperationError } from '../../../contract/errors';
import type { ChatId } from '../../../contract/ids';
import type { groupSettingOperations } from '../../../contract/operations/group-settings';
import { textOf } from '../../raw-page';
import { evaluate, isPageGone, reasonOf } from '../page-access';
import { renewInviteCode } from '../page-groups';
import { findPicture } from '../picture';
import { groupChatOf, groupError, lookAsAdmin, lookAsEditor } from './group-look';
import type { ActionFile, ActionPage, PageActions } from './page-actions';

/** For WhatsApp to make a new invite code, in ms. */
const renewLimitMs = 15_000;

/** Does one change through the library, which answers with false where WhatsApp says no. */
const orRefused = async (
  page: ActionPage,
  groupId: ChatId,
  what: string,
  change: (chat: GroupChat) => Promise<boolean>,
): Promise<void> => {
  const chat = await groupChatOf(page, groupId);
  if (await change(chat)) return;
  throw groupError('PAGE_REFUSED', page, groupId, `was not let ${what} by WhatsApp, though the group’s rules allow it`);
};

const refusedPicture = ({ accountId }: ActionPage, { filename }: ActionFile, why: string): OperationError => {
  const text = `Account ${accountId} cannot use the file “${filename}” as a picture (mediaId): ${why}. Upload a JPEG or PNG.`;
  return new OperationError('MEDIA_REFUSED', text);
};

const setPicture = async (page: ActionPage, groupId: ChatId, file: ActionFile | undefined) => {
  await lookAsEditor(page, groupId, 'change its picture');
  const bytes = file === undefined ? undefined : await readFile(file.path).catch(() => undefined);
  if (file === undefined || bytes === undefined) {
    const text = `Account ${page.accountId} no longer has this file (mediaId). Upload it again.`;
    throw new OperationError('MEDIA_NOT_FOUND', text);
  }
  if (!file.mimetype.startsWith('image/')) throw refusedPicture(page, file, `it is of type ${file.mimetype}`);
  const media = new whatsappWeb.MessageMedia(file.mimetype, bytes.toString('base64'), file.filename, bytes.length);
  const chat = await groupChatOf(page, groupId);
  const isSet = await chat.setPicture(media).catch((error: unknown) => {
    // What the page throws for a file that is no picture is an event of its own image element.
    if (isPageGone(error) || !isImageEvent(error)) throw error;
    throw refusedPicture(page, file, 'WhatsApp Web cannot read it');
  });
  if (isSet) return { groupId };
  throw groupError('PAGE_REFUSED', page, groupId, 'was not let change the picture of the group by WhatsApp');
};

const isImageEvent = (error: unknown): boolean => /\bEvent\b/.test(`${(error as Error).name} ${reasonOf(error)}`);

const inviteOf = (page: ActionPage, groupId: ChatId, code: unknown) => {
  const text = textOf(code) ?? '';
  if (text === '') throw groupError('PAGE_REFUSED', page, groupId, 'was not told the invite code by WhatsApp');
  return { groupId, code: text, link: `https://chat.whatsapp.com/${text}` };
};

export const groupSettingActions: PageActions<typeof groupSettingOperations> = {
  'groups.setPicture': (page, { groupId }, file) => setPicture(page, groupId, file),
  'groups.removePicture': async (page, { groupId }) => {
    const { name } = await lookAsEditor(page, groupId, 'change its picture');
    // The library breaks over a picture that the page has never shown; looking makes the page show it.
    if ((await findPicture(page, groupId, false)) === undefined) {
      throw groupError('PICTURE_NOT_FOUND', page, groupId, `finds no picture of the group “${name}”`);
    }
    await orRefused(page, groupId, 'remove the picture of the group', (chat) => chat.deletePicture());
    return { groupId };
  },
  'groups.setSubject': async (page, { groupId, subject }) => {
    await lookAsEditor(page, groupId, 'rename it');
    await orRefused(page, groupId, 'rename the group', (chat) => chat.setSubject(subject));
    return { groupId, subject };
  },
  'groups.setDescription': async (page, { groupId, description }) => {
    await lookAsEditor(page, groupId, 'change its description');
    await orRefused(page, groupId, 'change the description of the group', (chat) => chat.setDescription(description));
    return { groupId, description };
  },
  'groups.getInviteCode': async (page, { groupId }) => {
    await lookAsAdmin(page, groupId, 'see its invite code');
    const chat = await groupChatOf(page, groupId);
    return inviteOf(page, groupId, await chat.getInviteCode());
  },
  'groups.revokeInviteCode': async (page, { groupId }) => {
    await lookAsAdmin(page, groupId, 'revoke its invite code');
    return inviteOf(page, groupId, await evaluate(page.client, renewInviteCode, [groupId], renewLimitMs));
  },
  'groups.setMessagesAdminOnly': async (page, { groupId, adminsOnly }) => {
    await lookAsAdmin(page, groupId, 'decide who writes in it');
    await orRefused(page, groupId, 'decide who writes', (chat) => chat.setMessagesAdminsOnly(adminsOnly));
    return { groupId, adminsOnly };
  },
  'groups.setInfoAdminOnly': async (page, { groupId, adminsOnly }) => {
    await lookAsAdmin(page, groupId, 'decide who changes its name, description and picture');
    await orRefused(page, groupId, 'decide who changes the group', (chat) => chat.setInfoAdminsOnly(adminsOnly));
    return { groupId, adminsOnly };
  },
};
