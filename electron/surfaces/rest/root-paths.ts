/** The calls that are no operations, for the description: they stand at the root and answer under the base path too. */

const answered = (description: string, schema: unknown): unknown => ({
  200: { description, content: { 'application/json': { schema } } },
});
const failed = { $ref: '#/components/responses/Failure' };
const text = { type: 'string' };
const whole = { type: 'integer', minimum: 0 };

const object = (properties: Readonly<Record<string, unknown>>): unknown => ({
  type: 'object',
  required: Object.keys(properties),
  properties,
});

export const rootPaths: Readonly<Record<string, Record<string, unknown>>> = {
  '/info': {
    get: {
      operationId: 'getInfo',
      summary: 'What runs here',
      description: 'Version, sessions of this key, seconds since the start, and bytes of memory of the main process.',
      tags: ['server'],
      responses: {
        ...(answered(
          'Done',
          object({
            success: { const: true },
            data: object({
              version: text,
              maxSessions: whole,
              activeSessions: whole,
              uptime: whole,
              memory: whole,
            }),
          }),
        ) as object),
        '4XX': failed,
        '5XX': failed,
      },
    },
  },
  '/health': {
    get: {
      operationId: 'getHealth',
      summary: 'Whether it works',
      description: 'Needs no key and tells nothing else. 503 when the store does not answer.',
      tags: ['server'],
      security: [],
      responses: {
        ...(answered(
          'All is well',
          object({
            status: { enum: ['ok', 'degraded'] },
            timestamp: text,
            checks: object({ api: text, store: text }),
          }),
        ) as object),
        503: { description: 'The store does not answer' },
        '4XX': failed,
      },
    },
  },
  '/events': {
    get: {
      operationId: 'getEvents',
      summary: 'Events as they happen',
      description:
        'Server-sent events. Each has an id; after a break send the last one as Last-Event-ID. `gap` means: read the state anew.',
      tags: ['server'],
      parameters: [
        {
          name: 'topics',
          in: 'query',
          required: false,
          description: 'Beginnings of event types with commas between them, such as message,session.changed.',
          schema: text,
        },
        { name: 'Last-Event-ID', in: 'header', required: false, schema: text },
      ],
      responses: {
        200: { description: 'The stream', content: { 'text/event-stream': { schema: text } } },
        '4XX': failed,
        '5XX': failed,
      },
    },
  },
};
