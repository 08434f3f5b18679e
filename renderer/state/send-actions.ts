import type { MediaId } from '../../electron/contract/entities/outgoing';
import { limits } from '../../electron/contract/limits';
import type { Call } from '../bridge/call';
import { messageOf } from '../bridge/call-error';
import { type Attachment, mostAttachments, nameForSending, typeForSending } from './attachment';
import type { StoreAccess } from './console-store';
import type { ConversationActions } from './conversation-actions';
import type { DraftActions } from './draft-actions';
import { type ChatKey, partsOfChatKey } from './keys';

/** What became of a press of Send. */
export type SendOutcome =
  | { readonly kind: 'accepted' }
  /** Nothing was done: the same text is on its way already, or there is none. */
  | { readonly kind: 'ignored' }
  | { readonly kind: 'refused'; readonly problem: string };

/** Why a file was not taken. */
export type AttachProblem =
  | { readonly kind: 'tooLarge'; readonly filename: string }
  | { readonly kind: 'empty'; readonly filename: string }
  | { readonly kind: 'tooMany' };

export interface SendActions {
  /**
   * Sends the chat's draft: its files first, each a message of its own, the text as the caption of the first. One press is
   * one message: a second press while the first is on its way does nothing, and a press after a refusal uses the same
   * idempotency key as long as the text is the same. What main has goes from the form.
   */
  sendDraft(key: ChatKey): Promise<SendOutcome>;
  /** Puts files beside the draft; answers the first reason why one was not taken. */
  attach(key: ChatKey, files: readonly File[]): AttachProblem | undefined;
  detach(key: ChatKey, id: number): void;
}

/** Whether a message can be sent as it stands. Beside a file the text is a caption, and may be missing. */
export const isSendable = (text: string, files: number): boolean => {
  if (files > 0) return text.length <= limits.captionLength;
  return text.trim() !== '' && text.length <= limits.messageBodyLength;
};

interface Attempt {
  readonly body: string;
  readonly idempotencyKey: string;
}

/** What is known of a file beside its entry in the state. */
interface HeldFile {
  readonly file: Blob;
  /** The last try, so that another one with the same words is the same message. */
  readonly attempt?: Attempt;
  /** Main has the bytes already. */
  readonly mediaId?: MediaId;
}

export interface SendTools {
  readonly newKey: () => string;
  readonly readBase64: (file: Blob) => Promise<string>;
}

export const createSendActions = (
  { get, set }: StoreAccess,
  call: Call,
  { newKey, readBase64 }: SendTools,
  {
    takeAnswered,
    setDraft,
    draftSent,
  }: Pick<ConversationActions, 'takeAnswered'> & Pick<DraftActions, 'setDraft' | 'draftSent'>,
): SendActions => {
  const underway = new Set<ChatKey>();
  const refused = new Map<ChatKey, Attempt>();
  const held = new Map<number, HeldFile>();
  let nextFile = 1;

  const attemptOf = (before: Attempt | undefined, body: string): Attempt =>
    before?.body === body ? before : { body, idempotencyKey: newKey() };

  const setFiles = (key: ChatKey, files: readonly Attachment[]): void =>
    set((state) => {
      const { [key]: _gone, ...others } = state.attachments;
      return { ...state, attachments: files.length === 0 ? others : { ...others, [key]: files } };
    });

  /** The words that were sent go; what was typed while they were on their way stays. */
  const takeFromDraft = (key: ChatKey, body: string, takenBefore: number | undefined): void => {
    const taken = get().takenDrafts[key];
    // Another draft has come in its place while it was on its way.
    if (taken !== undefined && taken !== takenBefore) return;
    const now = get().drafts[key] ?? '';
    if (body !== '') setDraft(key, now.startsWith(body) ? now.slice(body.length) : now);
  };

  const detach = (key: ChatKey, id: number): void => {
    held.delete(id);
    setFiles(key, get().attachments[key]?.filter((file) => file.id !== id) ?? []);
  };

  const sendText = async (key: ChatKey, body: string, taken: number | undefined): Promise<void> => {
    const attempt = attemptOf(refused.get(key), body);
    refused.set(key, attempt);
    const { message } = await call('messages.send', { ...partsOfChatKey(key), ...attempt });
    takeAnswered(key, message);
    refused.delete(key);
    takeFromDraft(key, body, taken);
  };

  const upload = async (key: ChatKey, entry: Attachment, known: HeldFile): Promise<MediaId> => {
    if (known.mediaId !== undefined) return known.mediaId;
    const { upload: stored } = await call('uploads.create', {
      accountId: partsOfChatKey(key).accountId,
      filename: entry.filename,
      mimetype: entry.mimetype,
      data: await readBase64(known.file),
    });
    return stored.mediaId;
  };

  const sendFile = async (
    key: ChatKey,
    entry: Attachment,
    caption: string,
    taken: number | undefined,
  ): Promise<void> => {
    const known = held.get(entry.id);
    if (known === undefined) return;
    const mediaId = await upload(key, entry, known);
    const attempt = attemptOf(known.attempt, caption);
    held.set(entry.id, { file: known.file, attempt, mediaId });
    const { message } = await call('messages.sendMedia', {
      ...partsOfChatKey(key),
      mediaId,
      idempotencyKey: attempt.idempotencyKey,
      ...(caption.trim() === '' ? {} : { caption }),
    });
    takeAnswered(key, message);
    detach(key, entry.id);
    takeFromDraft(key, caption, taken);
  };

  return {
    sendDraft: async (key) => {
      const body = get().drafts[key] ?? '';
      const files = get().attachments[key] ?? [];
      if (underway.has(key) || !isSendable(body, files.length)) return { kind: 'ignored' };
      underway.add(key);
      const taken = body === '' ? undefined : get().takenDrafts[key];
      try {
        if (files.length === 0) await sendText(key, body, taken);
        for (const [place, entry] of files.entries()) await sendFile(key, entry, place === 0 ? body : '', taken);
        draftSent(key, taken);
        return { kind: 'accepted' };
      } catch (thrown) {
        return { kind: 'refused', problem: messageOf(thrown) };
      } finally {
        underway.delete(key);
      }
    },
    attach: (key, files) => {
      let problem: AttachProblem | undefined;
      const taken = [...(get().attachments[key] ?? [])];
      for (const file of files) {
        const filename = nameForSending(file.name);
        if (file.size > limits.mediaBytes) problem ??= { kind: 'tooLarge', filename };
        else if (file.size === 0) problem ??= { kind: 'empty', filename };
        else if (taken.length >= mostAttachments) problem ??= { kind: 'tooMany' };
        else {
          const id = nextFile++;
          held.set(id, { file });
          taken.push({ id, filename, mimetype: typeForSending(file.type), size: file.size });
        }
      }
      setFiles(key, taken);
      return problem;
    },
    detach,
  };
};
