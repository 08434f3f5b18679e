import { type Label, labelSchema } from '../../../contract/entities/label';
import { OperationError } from '../../../contract/errors';
import type { ChatId } from '../../../contract/ids';
import type { labelOperations } from '../../../contract/operations/labels';
import { finiteNumberOf, firstText, isRaw, textOf } from '../../raw-page';
import { evaluate } from '../page-access';
import { readLabelledChat } from '../page-labels';
import { untilSeen } from '../until-seen';
import type { ActionPage, PageActions } from './page-actions';

/** What the phones of WhatsApp Business call themselves. */
const businessPlatforms: readonly unknown[] = ['smba', 'smbi'];

const requireBusiness = ({ accountId }: ActionPage, platform: unknown): void => {
  if (businessPlatforms.includes(platform)) return;
  const text = `Account ${accountId} has no labels: only accounts of WhatsApp Business have them.`;
  throw new OperationError('NOT_SUPPORTED', text);
};

/** Ids come as numbers or as texts. */
const labelOf = (value: unknown): readonly Label[] => {
  if (!isRaw(value)) return [];
  const id = finiteNumberOf(value['id'])?.toString() ?? value['id'];
  const color = firstText(value['hexColor']);
  const label = labelSchema.safeParse({ id, name: textOf(value['name']), ...(color === undefined ? {} : { color }) });
  return label.success ? [label.data] : [];
};

const allLabels = async ({ client }: ActionPage): Promise<readonly Label[]> => {
  const labels: readonly unknown[] = await client.getLabels();
  return labels.flatMap(labelOf);
};

/** A chat and its labels. Throws NOT_SUPPORTED and CHAT_NOT_FOUND. */
const lookAtChat = async (page: ActionPage, chatId: ChatId) => {
  const { platform, chat } = await evaluate(page.client, readLabelledChat, [chatId]);
  requireBusiness(page, platform);
  if (chat?.id === undefined) {
    throw new OperationError('CHAT_NOT_FOUND', `Account ${page.accountId} has no chat ${chatId} (chatId).`);
  }
  const ids = new Set(Array.isArray(chat.labels) ? chat.labels.map(String) : []);
  // A label that was deleted may still be written on a chat.
  return { id: chat.id, labels: (await allLabels(page)).filter((label) => ids.has(label.id)) };
};

const requireLabels = async (page: ActionPage, wanted: readonly string[], field: string): Promise<void> => {
  const known = new Set((await allLabels(page)).map(({ id }) => id));
  const unknown = wanted.filter((id) => !known.has(id));
  if (unknown.length === 0) return;
  const text = `Account ${page.accountId} has no label ${unknown.join(', ')} (${field}); labels.list tells which there are.`;
  throw new OperationError('LABEL_NOT_FOUND', text);
};

/** The library takes the whole wanted set and says nothing about what became of it: the chat is asked afterwards. */
const setLabels = async (page: ActionPage, chatId: ChatId, wanted: readonly string[]) => {
  const { id, labels } = await lookAtChat(page, chatId);
  const isAsWanted = (now: readonly Label[]): boolean =>
    now.length === wanted.length && now.every((label) => wanted.includes(label.id));
  if (isAsWanted(labels)) return { labels: [...labels] };
  await page.client.addOrRemoveLabels([...wanted], [id]);
  const after = await untilSeen(
    () => lookAtChat(page, chatId),
    (chat) => isAsWanted(chat.labels),
  );
  if (isAsWanted(after.labels)) return { labels: [...after.labels] };
  const text = `Account ${page.accountId} asked for other labels on chat ${chatId} (chatId), and WhatsApp has not put them there.`;
  throw new OperationError('PAGE_REFUSED', text, { effect: 'unknown' });
};

const noMessageLabels = ({ accountId }: ActionPage): never => {
  const text = `Account ${accountId} cannot label a single message: WhatsApp Web offers this for chats only. Label the chat instead.`;
  throw new OperationError('NOT_SUPPORTED', text);
};

export const labelActions: PageActions<typeof labelOperations> = {
  'labels.list': async (page) => {
    const { platform } = await evaluate(page.client, readLabelledChat, [undefined]);
    requireBusiness(page, platform);
    return { labels: [...(await allLabels(page))] };
  },
  'labels.listOfChat': async (page, { chatId }) => ({ labels: [...(await lookAtChat(page, chatId)).labels] }),
  'labels.setOfChat': async (page, { chatId, labels }) => {
    const wanted = [...new Set(labels)];
    await lookAtChat(page, chatId);
    await requireLabels(page, wanted, 'labels');
    return setLabels(page, chatId, wanted);
  },
  'labels.removeFromChat': async (page, { chatId, labelId }) => {
    const { labels } = await lookAtChat(page, chatId);
    await requireLabels(page, [labelId], 'labelId');
    const kept = labels.map(({ id }) => id).filter((id) => id !== labelId);
    return setLabels(page, chatId, kept);
  },
  'labels.listOfMessage': async (page) => noMessageLabels(page),
  'labels.setOfMessage': async (page) => noMessageLabels(page),
  'labels.removeFromMessage': async (page) => noMessageLabels(page),
};
