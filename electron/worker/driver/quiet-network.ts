import type { Client } from 'whatsapp-web.js';
import type { Launch } from '../../contract/frames';

type Page = NonNullable<Client['pupPage']>;
type CDPSession = Awaited<ReturnType<Page['createCDPSession']>>;

/** The only address of which the library serves a page of its own. */
const pageAddress = 'https://web.whatsapp.com/';

/** Pages of which the network is told no more; a session gets ready again when its page loads itself anew. */
const quiet = new WeakSet<Page>();

/** The session over which puppeteer itself follows the page; it has no public name. */
const ownSessionOf = (page: Page): CDPSession | undefined =>
  (page as unknown as { readonly _client?: () => CDPSession })._client?.();

/**
 * Ends the telling of everything that goes over the page's network, down to each frame of WhatsApp's socket: once the session
 * is ready nobody here listens to it, and for every sent text it is eight messages over the debugging pipe.
 *
 * A stand-in page, which the library served until now by looking at each request, is served here from now on, whenever the
 * page loads itself anew. With a proxy everything stays as it is: how requests fail says how the proxy is.
 */
export const quietNetwork = async (
  page: Page,
  { page: standIn, proxyServer }: Pick<Launch, 'page' | 'proxyServer'>,
): Promise<void> => {
  const ownSession = ownSessionOf(page);
  if (ownSession === undefined || proxyServer !== undefined || quiet.has(page)) return;
  quiet.add(page);
  if (standIn !== undefined) await serveStandIn(page, standIn);
  // In this order: of a request that puppeteer was told of and may not hold, the library would ask to let it go on.
  await ownSession.send('Network.disable');
  await page.setRequestInterception(false);
};

const serveStandIn = async (page: Page, { version, remotePath }: NonNullable<Launch['page']>): Promise<void> => {
  const session = await page.createCDPSession();
  const serve = async (requestId: string): Promise<void> => {
    const response = await fetch(remotePath.replace('{version}', version));
    if (!response.ok) throw new Error(`the page was answered with ${response.status}`);
    const body = Buffer.from(await response.arrayBuffer()).toString('base64');
    const responseHeaders = [{ name: 'content-type', value: 'text/html' }];
    await session.send('Fetch.fulfillRequest', { requestId, responseCode: 200, responseHeaders, body });
  };
  session.on('Fetch.requestPaused', ({ requestId }) => {
    serve(requestId)
      .catch(() => session.send('Fetch.failRequest', { requestId, errorReason: 'ConnectionFailed' }))
      // The page or its browser is gone.
      .catch(() => undefined);
  });
  await session.send('Fetch.enable', { patterns: [{ urlPattern: pageAddress, resourceType: 'Document' }] });
};
