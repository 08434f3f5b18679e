import type { PageRequestName, PageRequests } from '../frames';
import type { SessionRequests } from '../session-frames';
import type { Phone } from './state';

/** The page that asks: which phone it is linked to, as which device, and which document it is. */
export interface Linked {
  readonly phone: Phone;
  readonly device: string;
  readonly page: string;
}

/** What pages may ask, each request with its answer. An area answers its own requests in a file of its own. */
export type Answers = {
  readonly [N in Exclude<PageRequestName, keyof SessionRequests>]: (
    page: Linked,
    input: PageRequests[N]['input'],
    answer: (output: PageRequests[N]['output']) => void,
  ) => void;
};
