import { readFile } from 'node:fs/promises';
import whatsappWeb from 'whatsapp-web.js';
import { OperationError } from '../../../contract/errors';
import { chatIdSchema } from '../../../contract/ids';
import type { profileOperations } from '../../../contract/operations/profile';
import { firstText, widOf } from '../../raw-page';
import { phoneOfWid } from '../../translate-wid';
import { evaluate, isPageGone, reasonOf } from '../page-access';
import type { PageWorld } from '../page-world';
import { findPicture } from '../picture';
import { untilSeen } from '../until-seen';
import type { ActionFile, ActionPage, PageActions } from './page-actions';

/** Runs inside the page: its source text is sent there. */
const readOwnName = (): { readonly name: string | undefined; readonly platform: string | undefined } => {
  const { Conn } = (globalThis as unknown as PageWorld).require('WAWebConnModel');
  return { name: Conn.pushname, platform: Conn.platform };
};

const ownId = ({ accountId, client }: ActionPage) => {
  const id = chatIdSchema.safeParse(widOf(client.info.wid));
  if (id.success) return id.data;
  throw new OperationError('PAGE_REFUSED', `WhatsApp Web does not say who account ${accountId} is.`);
};

const aboutOf = async (page: ActionPage): Promise<string | undefined> => {
  const me = await page.client.getContactById(ownId(page));
  return (await me.getAbout())?.toWellFormed();
};

const pictureIn = async ({ accountId }: ActionPage, file: ActionFile | undefined) => {
  const bytes = file === undefined ? undefined : await readFile(file.path).catch(() => undefined);
  if (file === undefined || bytes === undefined) {
    const text = `Account ${accountId} no longer has the uploaded file (mediaId). Upload it again.`;
    throw new OperationError('MEDIA_NOT_FOUND', text);
  }
  if (!/^image\//i.test(file.mimetype)) {
    const text = `The file “${file.filename}” (mediaId) cannot be the picture of account ${accountId}: it is ${file.mimetype}. Upload a picture.`;
    throw new OperationError('MEDIA_REFUSED', text);
  }
  return new whatsappWeb.MessageMedia(file.mimetype, bytes.toString('base64'), file.filename);
};

export const profileActions: PageActions<typeof profileOperations> = {
  'profiles.get': async (page, wish) => {
    const id = ownId(page);
    const { name, platform } = await evaluate(page.client, readOwnName);
    const about = await aboutOf(page);
    const picture = wish.picture ? await findPicture(page, id, false) : undefined;
    const phone = phoneOfWid(id);
    return {
      profile: {
        id,
        ...(phone === undefined ? {} : { phone }),
        name: firstText(name, page.client.info.pushname) ?? '',
        ...(about === undefined ? {} : { about }),
        ...(platform === undefined ? {} : { platform }),
        ...(picture === undefined ? {} : { picture }),
      },
    };
  },
  'profiles.setName': async (page, { name }) => {
    if (!(await page.client.setDisplayName(name))) {
      const text = `WhatsApp Web cannot change the name of account ${page.accountId} (name): a business does that on its phone. Nothing was changed.`;
      throw new OperationError('NOT_SUPPORTED', text);
    }
    const seen = await untilSeen(
      () => evaluate(page.client, readOwnName),
      (own) => own.name === name,
    );
    if (seen.name === name) return { name };
    const text = `WhatsApp Web took the name of account ${page.accountId} (name) and still shows “${seen.name ?? ''}”. Look at the phone.`;
    throw new OperationError('PAGE_REFUSED', text, { effect: 'unknown' });
  },
  'profiles.setAbout': async (page, { about }) => {
    await page.client.setStatus(about);
    const seen = await untilSeen(
      () => aboutOf(page),
      (text) => text === about,
    );
    if (seen === about) return { about };
    const text = `WhatsApp Web took the about text of account ${page.accountId} (about) and still shows another one. Look at the phone.`;
    throw new OperationError('PAGE_REFUSED', text, { effect: 'unknown' });
  },
  'profiles.setPicture': async (page, _wish, file) => {
    const picture = await pictureIn(page, file);
    let done: boolean;
    try {
      done = await page.client.setProfilePicture(picture);
    } catch (error) {
      if (isPageGone(error)) throw error;
      const text = `WhatsApp Web cannot make a picture of the file “${picture.filename ?? ''}” for account ${page.accountId} (mediaId): ${reasonOf(error)}. Upload a JPEG or PNG picture.`;
      throw new OperationError('MEDIA_REFUSED', text, { cause: error });
    }
    if (done) return {};
    throw new OperationError(
      'PAGE_REFUSED',
      `WhatsApp did not take the picture of account ${page.accountId} (mediaId).`,
    );
  },
  'profiles.removePicture': async (page) => {
    // The library breaks over an account whose picture the page has never shown; looking makes the page show it.
    if ((await findPicture(page, ownId(page), false)) === undefined) {
      throw new OperationError('PICTURE_NOT_FOUND', `Account ${page.accountId} has no picture to remove.`);
    }
    if (await page.client.deleteProfilePicture()) return {};
    throw new OperationError('PAGE_REFUSED', `WhatsApp did not remove the picture of account ${page.accountId}.`);
  },
};
