import type { MessageRef, ReactionRow } from '../../message-frames';
import { userId } from '../ids';
import type { PageSessions } from '../page-sessions';
import { messageId } from '../random';
import { Refusal } from '../refusal';
import type { World } from '../world';
import { postRow } from './channel-rows';
import type { Post } from './channel-state';
import type { Channels } from './channels';

const BASIC = new Set(['👍', '❤️', '😂', '😮', '😢', '🙏']);
/** Seconds in which a post can be changed. */
const EDIT_WITHIN = 30 * 86_400;

/** What happens to posts that are there: changed by those who run the channel, reacted to by those who follow it. */
export class ChannelPosts {
  readonly #world: World;
  readonly #pages: PageSessions;
  readonly #channels: Channels;

  constructor(world: World, pages: PageSessions, channels: Channels) {
    this.#world = world;
    this.#pages = pages;
    this.#channels = channels;
  }

  find({ chatId, id }: MessageRef): Post {
    const post = this.#channels.get(chatId).posts.find((one) => one.id === id);
    if (post === undefined) throw new Refusal(404, `There is no post ${id} in the channel ${chatId}`);
    return post;
  }

  edit(ref: MessageRef, by: string, text: string): void {
    const post = this.find(ref);
    if (post.author !== by) throw new Refusal(403, `The post ${ref.id} is not by ${by}`);
    if (this.#world.now() / 1000 - post.t > EDIT_WITHIN) throw new Refusal(406, 'The post is too old to be changed');
    const details = { ...post.details, latestEditSenderTimestampMs: this.#world.now() };
    const edited: Post =
      post.details?.directPath === undefined
        ? { ...post, body: text, details }
        : { ...post, details: { ...details, caption: text } };
    this.#change(edited);
  }

  /** An empty text takes the reaction back. */
  react(ref: MessageRef, by: string, text: string): void {
    const post = this.find(ref);
    const { reactionCodes, followers } = this.#channels.get(ref.chatId).channel;
    if (followers[by] === undefined) throw new Refusal(403, `${by} does not follow the channel ${ref.chatId}`);
    if (text !== '' && (reactionCodes === 3 || (reactionCodes === 1 && !BASIC.has(text)))) {
      throw new Refusal(406, `The channel ${ref.chatId} does not allow the reaction ${text}`);
    }
    const { [by]: _, ...others } = post.reactions ?? {};
    const reaction: ReactionRow = {
      id: messageId('android'),
      sender: userId(by),
      text,
      timestampMs: this.#world.now(),
    };
    this.#change({ ...post, reactions: text === '' ? others : { ...others, [by]: reaction } });
  }

  /** Who else has reacted is told to nobody. */
  reactions(ref: MessageRef, viewer: string): readonly ReactionRow[] {
    const own = this.find(ref).reactions?.[viewer];
    return own === undefined ? [] : [own];
  }

  #change(post: Post): void {
    this.#world.commit({ c: 'post-changed', channel: post.chatId, post });
    for (const number of Object.keys(this.#channels.get(post.chatId).channel.followers)) {
      this.#pages.tell(number, { kind: 'message-changed', message: postRow(post, number) });
    }
  }
}
