import type { Picture } from '../../contract/entities/contact';
import { OperationError } from '../../contract/errors';
import type { ChatId } from '../../contract/ids';
import { limits } from '../../contract/limits';
import type { ActionPage } from './actions/page-actions';
import { evaluate } from './page-access';
import { readPagePicture } from './page-picture';

/** For WhatsApp to hand a picture over, in ms. */
const pictureLimitMs = 20_000;

/** The picture of a person or a group; undefined where there is none or this account may not see it. Rejects with PAGE_REFUSED for one that is too large. */
export const findPicture = async (page: ActionPage, chatId: ChatId, refresh: boolean): Promise<Picture | undefined> => {
  const found = await evaluate(page.client, readPagePicture, [chatId, refresh, limits.pictureBytes], pictureLimitMs);
  switch (found.kind) {
    case 'none':
      return undefined;
    case 'too_large': {
      const text = `The picture of ${chatId} is too large for account ${page.accountId} to hand over: ${found.size} bytes, at most ${limits.pictureBytes}.`;
      throw new OperationError('PAGE_REFUSED', text, { data: { chatId, size: found.size } });
    }
    case 'picture':
      return { mimetype: found.mimetype, size: found.size, data: found.data };
  }
};
