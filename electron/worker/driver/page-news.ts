import type { Client } from 'whatsapp-web.js';
import { gatherNews } from './page-gather';

type Page = NonNullable<Client['pupPage']>;
type Handler = (...values: readonly unknown[]) => unknown;

/** What the library exposes to the page to be told of messages and chats, without ever waiting for an answer there. */
export const newsNames: ReadonlySet<string> = new Set([
  'onAddMessageEvent',
  'onAddMessageCiphertextEvent',
  'onChangeMessageEvent',
  'onChangeMessageTypeEvent',
  'onChatUnreadCountEvent',
  'onCiphertextFailedEvent',
  'onEditMessageEvent',
  'onMessageAckEvent',
  'onMessageMediaUploadedEvent',
  'onPollVoteEvent',
  'onReaction',
  'onRemoveMessageEvent',
]);

const bindingName = 'switchboardNews';

/** How long acknowledgements wait in the page for more, in ms: a person does not see it. */
const ackWaitMs = 20;

/**
 * Carries the page's news to the library together. An exposed function costs three messages over the debugging pipe each
 * time, one of them to hand back a result that nobody awaits, and a single sent text is some seven calls; here what one
 * moment brings is one message.
 */
export const carryNews = async (page: Page): Promise<void> => {
  const handlers = new Map<string, Handler>();
  const session = await page.createCDPSession();
  session.on('Runtime.bindingCalled', ({ name, payload }) => {
    if (name !== bindingName) return;
    for (const [called, ...values] of JSON.parse(payload) as readonly (readonly [string, ...unknown[]])[]) {
      tell(handlers.get(called), values);
    }
  });
  await session.send('Runtime.enable');
  await session.send('Runtime.addBinding', { name: bindingName });
  const expose = page.exposeFunction.bind(page);
  page.exposeFunction = async (name, exposed) => {
    if (!newsNames.has(name) || typeof exposed !== 'function') return expose(name, exposed);
    handlers.set(name, exposed as Handler);
    await page.evaluateOnNewDocument(gatherNews, name, bindingName, ackWaitMs);
    await page.evaluate(gatherNews, name, bindingName, ackWaitMs);
  };
};

/** Like an exposed function's, its failure is nobody's but its own. */
const tell = (handler: Handler | undefined, values: readonly unknown[]): void => {
  const run = async (): Promise<void> => {
    await handler?.(...values);
  };
  run().catch(() => undefined);
};
