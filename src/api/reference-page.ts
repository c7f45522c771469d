/** The reference for people: Scalar, from its npm package and nowhere else, without a script in the page. */
import Fastify from 'fastify';

export interface PagePart {
  readonly type: string;
  readonly body: string;
}

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Carillon: API reference</title>
  </head>
  <body>
    <div id="reference"></div>
    <script src="/reference/scalar.js"></script>
    <script src="/reference/start.js"></script>
  </body>
</html>
`;

const START = `Scalar.createApiReference('#reference', ${JSON.stringify({
  url: '/openapi.json',
  withDefaultFonts: false,
  telemetry: false,
  hideClientButton: true,
  agent: { disabled: true },
  mcp: { disabled: true },
})});
`;

/** Scalar puts its styles into the page itself; scripts and data come from here only. */
export const PAGE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export const pageParts: Readonly<Record<string, () => Promise<PagePart>>> = {
  '/reference': async () => ({ type: 'text/html; charset=utf-8', body: PAGE }),
  '/reference/start.js': async () => ({ type: 'text/javascript; charset=utf-8', body: START }),
  '/reference/scalar.js': () => {
    script ??= readScript();
    return script;
  },
};

let script: Promise<PagePart> | undefined;

/** The package hands its script out by a route only. Three megabytes, read when somebody first looks. */
async function readScript(): Promise<PagePart> {
  const { default: scalar } = await import('@scalar/fastify-api-reference');
  const server = Fastify();
  await server.register(scalar, { routePrefix: '/scalar', configuration: { url: '/openapi.json' } });
  const { body } = await server.inject('/scalar/js/scalar.js');
  await server.close();
  return { type: 'text/javascript; charset=utf-8', body };
}
