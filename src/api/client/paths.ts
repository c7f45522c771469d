/** Made from the operations by npm run generate: what `createClient<paths>()` of openapi-fetch needs. */
export interface paths {
  "/v1/me": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["Me"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/overview": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "on"?: string; "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["Overview"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/live": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: { "Last-Event-ID"?: string }; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "text/event-stream": string } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/charging/authorisations": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { "application/json": {
        "subscriber": components['schemas']["Subscriber"];
        "service": components['schemas']["Service"];
        "at"?: string;
        "facts"?: components['schemas']["Facts"];
        "requested"?: "any" | components['schemas']["Units"];
        "used"?: components['schemas']["UsedUnits"];
        "items"?: (components['schemas']["Item"])[];
      } } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["ChargingAnswer"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        402: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/charging/price-enquiries": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { "application/json": {
        "subscriber": components['schemas']["Subscriber"];
        "service": components['schemas']["Service"];
        "at"?: string;
        "facts"?: components['schemas']["Facts"];
        "requested"?: "any" | components['schemas']["Units"];
        "used"?: components['schemas']["UsedUnits"];
        "items"?: (components['schemas']["Item"])[];
      } } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["ChargingAnswer"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        402: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/charging/sessions": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { "application/json": {
        "reference": string;
        "subscriber": components['schemas']["Subscriber"];
        "service": components['schemas']["Service"];
        "at"?: string;
        "facts"?: components['schemas']["Facts"];
        "requested"?: "any" | components['schemas']["Units"];
        "items"?: (components['schemas']["Item"])[];
      } } };
      responses: {
        201: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["ChargingAnswer"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        402: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/charging/sessions/{reference}/updates": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: never; path: { "reference": string }; cookie?: never };
      requestBody: { content: { "application/json": {
        "number": number;
        "at"?: string;
        "facts"?: components['schemas']["Facts"];
        "requested"?: "any" | components['schemas']["Units"];
        "used"?: components['schemas']["UsedUnits"];
        "items"?: (components['schemas']["Item"])[];
      } } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["ChargingAnswer"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        402: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/charging/sessions/{reference}/commit": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: never; path: { "reference": string }; cookie?: never };
      requestBody?: { content: { "application/json": {
        "at"?: string;
        "facts"?: components['schemas']["Facts"];
        "used"?: components['schemas']["UsedUnits"];
        "items"?: (components['schemas']["Item"])[];
      } } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["ChargingAnswer"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        402: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/charging/sessions/{reference}/release": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: never; path: { "reference": string }; cookie?: never };
      requestBody?: { content: { "application/json": {
        "at"?: string;
      } } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["ChargingAnswer"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        402: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/charging/debits": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path?: never; cookie?: never };
      requestBody: { content: { "application/json": {
        "subscriber": components['schemas']["Subscriber"];
        "service": components['schemas']["Service"];
        "at"?: string;
        "facts"?: components['schemas']["Facts"];
        "requested"?: "any" | components['schemas']["Units"];
        "used"?: components['schemas']["UsedUnits"];
        "items"?: (components['schemas']["Item"])[];
      } } };
      responses: {
        201: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["ChargingAnswer"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        402: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/charging/refunds": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path?: never; cookie?: never };
      requestBody: { content: { "application/json": {
        "subscriber": components['schemas']["Subscriber"];
        "service": components['schemas']["Service"];
        "at"?: string;
        "facts"?: components['schemas']["Facts"];
        "requested"?: "any" | components['schemas']["Units"];
        "used"?: components['schemas']["UsedUnits"];
        "items"?: (components['schemas']["Item"])[];
        "of"?: string;
      } } };
      responses: {
        201: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["ChargingAnswer"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        402: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/charging/balances": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query: { "subscriber": components['schemas']["Subscriber"]; "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["Balances"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        402: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/charging/accounts": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "limit"?: number; "cursor"?: string; "sort"?: "account"; "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["ListedChargingAccount"])[];
        "next": string | null;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path?: never; cookie?: never };
      requestBody: { content: { "application/json": {
        "account": string;
        "plan": string;
        "identities"?: (components['schemas']["Subscriber"])[];
        "creditLimit"?: string;
        "pool"?: string;
      }; "application/x-ndjson": string } };
      responses: {
        201: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["ChargingAccount"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/charging/accounts/{account}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "fields"?: string }; header?: never; path: { "account": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["ChargingAccount"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/charging/accounts/{account}/sessions": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "fields"?: string }; header?: never; path: { "account": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["RunningSession"])[];
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/charging/accounts/{account}/history": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "limit"?: number; "cursor"?: string; "sort"?: "-at"; "fields"?: string }; header?: never; path: { "account": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["JournalEntry"])[];
        "next": string | null;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/charging/accounts/{account}/events": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: { "Last-Event-ID"?: string }; path: { "account": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "text/event-stream": string } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/charging/sessions/{session}/trace": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "fields"?: string }; header?: never; path: { "session": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["SessionTrace"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/charging/accounts/{account}/top-ups": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string; "If-Match"?: string }; path: { "account": string }; cookie?: never };
      requestBody: { content: { "application/json": {
        "money": {
          "amount": string;
          "currency": string;
        };
        "validTo"?: string;
        "note"?: string;
      }; "application/x-ndjson": string } };
      responses: {
        201: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["ChargingAccount"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/charging/accounts/{account}/voucher-redemptions": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string; "If-Match"?: string }; path: { "account": string }; cookie?: never };
      requestBody: { content: { "application/json": {
        "code": string;
        "note"?: string;
      }; "application/x-ndjson": string } };
      responses: {
        201: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["ChargingAccount"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/charging/accounts/{account}/plan-changes": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string; "If-Match"?: string }; path: { "account": string }; cookie?: never };
      requestBody: { content: { "application/json": {
        "plan": string;
        "note"?: string;
      }; "application/x-ndjson": string } };
      responses: {
        201: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["ChargingAccount"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/charging/accounts/{account}/adjustments": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string; "If-Match"?: string }; path: { "account": string }; cookie?: never };
      requestBody: { content: { "application/json": {
        "money"?: {
          "amount": string;
          "currency": string;
        };
        "units"?: {
          "bucket": number;
          "unit": "seconds" | "bytes" | "messages" | "events";
          "amount": number;
        };
        "note": string;
      }; "application/x-ndjson": string } };
      responses: {
        201: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["ChargingAccount"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/charging/accounts/{account}/transfers": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string; "If-Match"?: string }; path: { "account": string }; cookie?: never };
      requestBody: { content: { "application/json": {
        "to": string;
        "money": {
          "amount": string;
          "currency": string;
        };
        "note"?: string;
      }; "application/x-ndjson": string } };
      responses: {
        201: { headers: { [name: string]: unknown }; content: { "application/json": {
        "from": components['schemas']["ChargingAccount"];
        "to": components['schemas']["ChargingAccount"];
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/charging/accounts/{account}/credit-limit": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "fields"?: string }; header?: never; path: { "account": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["CreditLimit"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
    put: {
      parameters: { query?: never; header: { "Idempotency-Key": string; "If-Match"?: string }; path: { "account": string }; cookie?: never };
      requestBody: { content: { "application/json": {
        "amount": string;
        "note"?: string;
      } } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["ChargingAccount"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/charging/accounts/{account}/status": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "fields"?: string }; header?: never; path: { "account": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["ChargingStatus"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
    put: {
      parameters: { query?: never; header: { "Idempotency-Key": string; "If-Match"?: string }; path: { "account": string }; cookie?: never };
      requestBody: { content: { "application/json": {
        "status": "active" | "blocked" | "closed";
        "note"?: string;
      } } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["ChargingAccount"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/charging/accounts/{account}/identities": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string; "If-Match"?: string }; path: { "account": string }; cookie?: never };
      requestBody: { content: { "application/json": {
        "identity": components['schemas']["Subscriber"];
        "note"?: string;
      }; "application/x-ndjson": string } };
      responses: {
        201: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["ChargingAccount"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/charging/accounts/{account}/identities/{identity}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    delete: {
      parameters: { query?: never; header: { "Idempotency-Key": string; "If-Match"?: string }; path: { "account": string; "identity": components['schemas']["Subscriber"] }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["ChargingAccount"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/charging/accounts/{account}/pools": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string; "If-Match"?: string }; path: { "account": string }; cookie?: never };
      requestBody: { content: { "application/json": {
        "pool": string;
        "caps"?: ({
          "allowance": string;
          "most": components['schemas']["Quantity"];
        })[];
        "note"?: string;
      }; "application/x-ndjson": string } };
      responses: {
        201: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["ChargingAccount"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/charging/accounts/{account}/pools/{pool}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    delete: {
      parameters: { query?: never; header: { "Idempotency-Key": string; "If-Match"?: string }; path: { "account": string; "pool": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["ChargingAccount"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/charging/accounts/{account}/sessions/{session}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    delete: {
      parameters: { query?: never; header: { "Idempotency-Key": string; "If-Match"?: string }; path: { "account": string; "session": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["ChargingAccount"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/charging/accounts/{account}/add-ons": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string; "If-Match"?: string }; path: { "account": string }; cookie?: never };
      requestBody: { content: { "application/json": {
        "addOn": string;
        "note"?: string;
      }; "application/x-ndjson": string } };
      responses: {
        201: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["ChargingAccount"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/charging/accounts/{account}/add-ons/{addOn}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    delete: {
      parameters: { query?: never; header: { "Idempotency-Key": string; "If-Match"?: string }; path: { "account": string; "addOn": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["ChargingAccount"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/charging/accounts/{account}/allowances": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string; "If-Match"?: string }; path: { "account": string }; cookie?: never };
      requestBody: { content: { "application/json": {
        "allowance": string;
        "note"?: string;
      }; "application/x-ndjson": string } };
      responses: {
        201: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["ChargingAccount"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/charging/accounts/{account}/conversions": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string; "If-Match"?: string }; path: { "account": string }; cookie?: never };
      requestBody: { content: { "application/json": {
        "bucket": number;
        "amount": components['schemas']["Quantity"];
        "to": string;
        "note"?: string;
      }; "application/x-ndjson": string } };
      responses: {
        201: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["ChargingAccount"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/charging/accounts/{account}/controls": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "fields"?: string }; header?: never; path: { "account": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["SpendingControl"])[];
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/charging/accounts/{account}/controls/{control}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    put: {
      parameters: { query?: never; header: { "Idempotency-Key": string; "If-Match"?: string }; path: { "account": string; "control": string }; cookie?: never };
      requestBody: { content: { "application/json": {
        "limit"?: components['schemas']["Quantity"] | "plan";
        "agreedUntil"?: string | "period" | null;
        "note"?: string;
      } } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["ChargingAccount"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/charging/peers": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["ChargingPeers"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/legal-entities": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "limit"?: number; "cursor"?: string; "sort"?: "legalEntity" | "-legalEntity" | "name" | "-name" | "country" | "-country" | "currency" | "-currency" | "zone" | "-zone" | "taxId" | "-taxId"; "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["LegalEntity"])[];
        "next": string | null;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/parties": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "limit"?: number; "cursor"?: string; "sort"?: "party" | "-party" | "name" | "-name" | "kind" | "-kind" | "country" | "-country" | "taxId" | "-taxId" | "email" | "-email"; "kind"?: "carrier" | "mvno" | "roaming-partner" | "content-provider" | "aggregator" | "reseller" | "customer"; "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["Party"])[];
        "next": string | null;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/parties/{party}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "fields"?: string }; header?: never; path: { "party": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "party": components['schemas']["Party"];
        "accounts": (components['schemas']["Account"])[];
        "agreements": (components['schemas']["Agreement"])[];
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/accounts": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "limit"?: number; "cursor"?: string; "sort"?: "account" | "-account" | "party" | "-party" | "legalEntity" | "-legalEntity" | "currency" | "-currency" | "paymentTermsDays" | "-paymentTermsDays" | "creditLimit" | "-creditLimit"; "party"?: string; "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["Account"])[];
        "next": string | null;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/agreements": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "limit"?: number; "cursor"?: string; "sort"?: "agreement" | "-agreement" | "name" | "-name" | "account" | "-account" | "zone" | "-zone" | "currency" | "-currency" | "validFrom" | "-validFrom" | "validTo" | "-validTo" | "settlementPeriod" | "-settlementPeriod"; "account"?: string; "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["Agreement"])[];
        "next": string | null;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/agreements/{agreement}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "fields"?: string }; header?: never; path: { "agreement": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "versions": (components['schemas']["Agreement"])[];
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/rate-sheets": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "limit"?: number; "cursor"?: string; "sort"?: "rateSheet" | "-rateSheet" | "agreement" | "-agreement" | "tariff" | "-tariff" | "file" | "-file" | "sha256" | "-sha256" | "mode" | "-mode" | "takenIn" | "-takenIn" | "summary" | "-summary"; "agreement"?: string; "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["RateSheet"])[];
        "next": string | null;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/usage/records": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "limit"?: number; "cursor"?: string; "sort"?: "-record"; "number"?: string; "calling"?: string; "called"?: string; "exact"?: boolean; "callId"?: string; "trunk"?: string; "partner"?: string; "agreement"?: string; "destination"?: string; "from"?: string; "to"?: string; "service"?: "voice" | "sms" | "mms" | "data" | "content" | "event"; "answered"?: boolean; "file"?: string; "reason"?: string; "group"?: string; "status"?: "rated" | "held" | "rejected" | "duplicate"; "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["UsageRecord"])[];
        "next": string | null;
        "deleted"?: {
          "days": ({
            "from": string;
            "to": string;
          })[];
          "keptDays": number;
        };
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
    post: {
      parameters: { query: { "source": string; "name"?: string; "allOrNothing"?: boolean }; header: { "Idempotency-Key": string }; path?: never; cookie?: never };
      requestBody: { content: { "application/x-ndjson": string } };
      responses: {
        202: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["Job"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        507: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/usage/records/{record}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "fields"?: string }; header?: never; path: { "record": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["UsageRecord"])[];
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        410: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/usage/explanations/{charge}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "fields"?: string }; header?: never; path: { "charge": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["UsageExplanation"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        410: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/usage/suspense": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "by"?: "reason" | "source" | "trunk" | "destination" | "group"; "limit"?: number; "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["SuspenseGroup"])[];
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/reports/figures": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query: { "rows": "partner" | "agreement" | "destination" | "trunk" | "service" | "day" | "hour" | "cause"; "columns"?: "partner" | "agreement" | "destination" | "trunk" | "service" | "day" | "hour" | "cause"; "from": string; "to": string; "partner"?: string; "destination"?: string; "trunk"?: string; "service"?: "voice" | "sms" | "mms" | "data" | "content" | "event"; "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["ReportFigures"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/reports/file": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query: { "rows": "partner" | "agreement" | "destination" | "trunk" | "service" | "day" | "hour" | "cause"; "columns"?: "partner" | "agreement" | "destination" | "trunk" | "service" | "day" | "hour" | "cause"; "from": string; "to": string; "partner"?: string; "destination"?: string; "trunk"?: string; "service"?: "voice" | "sms" | "mms" | "data" | "content" | "event"; "format": "csv" | "xlsx" | "parquet" }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "text/csv": string; "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string; "application/vnd.apache.parquet": string } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/reports/saved": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["SavedReport"])[];
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path?: never; cookie?: never };
      requestBody: { content: { "application/json": {
        "name": string;
        "question": {
          "rows": "partner" | "agreement" | "destination" | "trunk" | "service" | "day" | "hour" | "cause";
          "columns"?: "partner" | "agreement" | "destination" | "trunk" | "service" | "day" | "hour" | "cause";
          "from": string;
          "to": string;
          "partner"?: string;
          "destination"?: string;
          "trunk"?: string;
          "service"?: "voice" | "sms" | "mms" | "data" | "content" | "event";
        };
        "period"?: "fixed" | "yesterday" | "last-week" | "last-month" | "month-to-date" | "last-30-days";
        "mailTo"?: (string)[];
        "mailFormat"?: "csv" | "xlsx" | "parquet";
        "mailEvery"?: "never" | "day" | "week" | "month";
      }; "application/x-ndjson": string } };
      responses: {
        201: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["SavedReport"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/reports/saved/{report}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    delete: {
      parameters: { query?: never; header: { "Idempotency-Key": string; "If-Match"?: string }; path: { "report": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "deleted": boolean;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
    get: {
      parameters: { query?: { "fields"?: string }; header?: never; path: { "report": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["SavedReport"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/periods": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query: { "on": string; "since": string; "agreement"?: string; "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["PeriodBoard"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/periods/checks": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query: { "on": string; "agreement": (string)[]; "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["CheckedPeriod"])[];
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/agreements/{agreement}/statements/{period}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "fields"?: string }; header?: never; path: { "agreement": string; "period": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["RecordedStatement"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/agreements/{agreement}/deals": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query: { "on": string; "fields"?: string }; header?: never; path: { "agreement": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["DealProgress"])[];
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/documents": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "limit"?: number; "cursor"?: string; "legalEntity"?: string; "from"?: string; "to"?: string; "account"?: string; "kind"?: string; "number"?: string; "sort"?: "issueDay" | "-issueDay"; "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["ListedDocument"])[];
        "next": string | null;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/documents/{number}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "legalEntity"?: string; "fields"?: string }; header?: never; path: { "number": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["Document"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/documents/{number}/pdf": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "legalEntity"?: string }; header?: never; path: { "number": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/pdf": string } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/documents/{number}/detail": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "legalEntity"?: string }; header?: never; path: { "number": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "text/csv": string } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/portal/documents/{number}/detail": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "legalEntity"?: string }; header?: never; path: { "number": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "text/csv": string } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/documents/{number}/ubl": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "legalEntity"?: string }; header?: never; path: { "number": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/xml": string } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/payments/unsettled": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "limit"?: number; "cursor"?: string; "sort"?: "payment" | "-payment" | "legalEntity" | "-legalEntity" | "direction" | "-direction" | "day" | "-day" | "from" | "-from" | "iban" | "-iban" | "isReversal" | "-isReversal"; "legalEntity"?: string; "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["Payment"])[];
        "next": string | null;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/payments/{payment}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "fields"?: string }; header?: never; path: { "payment": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "payment": components['schemas']["Payment"];
        "suggestions": ({
          "account": string;
          "documents": (string)[];
          "evidence": (string)[];
          "strength": "certain" | "likely" | "possible";
        })[];
        "allocations": (components['schemas']["PaymentUse"])[];
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/disputes": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "limit"?: number; "cursor"?: string; "sort"?: "dispute" | "-dispute" | "state" | "-state" | "side" | "-side" | "legalEntity" | "-legalEntity" | "account" | "-account" | "party" | "-party" | "document" | "-document" | "isOurs" | "-isOurs" | "agreement" | "-agreement" | "line" | "-line" | "currency" | "-currency" | "net" | "-net" | "gross" | "-gross" | "reason" | "-reason" | "raisedOn" | "-raisedOn" | "respondBy" | "-respondBy" | "offered" | "-offered" | "outcome" | "-outcome"; "state"?: "open" | "offered" | "agreed" | "withdrawn" | "settled"; "party"?: string; "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["Dispute"])[];
        "next": string | null;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path?: never; cookie?: never };
      requestBody: { content: { "application/json": components['schemas']["RaiseDispute"]; "application/x-ndjson": string } };
      responses: {
        201: { headers: { [name: string]: unknown }; content: { "application/json": {
        "dispute": string;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/disputes/{dispute}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "fields"?: string }; header?: never; path: { "dispute": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "dispute": components['schemas']["Dispute"];
        "steps": (components['schemas']["DisputeStep"])[];
        "evidence": ({
          "name": string;
          "sha256": string;
        })[];
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/ledger/trial-balance": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "legalEntity"?: string; "from"?: string; "to"?: string; "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["TrialBalance"])[];
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/accounts/{account}/moves": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "from"?: string; "to"?: string; "fields"?: string }; header?: never; path: { "account": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["AccountMoves"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/ledger/open-items": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "limit"?: number; "cursor"?: string; "sort"?: "legalEntity" | "-legalEntity" | "account" | "-account" | "document" | "-document" | "ledgerAccount" | "-ledgerAccount" | "currency" | "-currency" | "open" | "-open" | "disputed" | "-disputed" | "firstDay" | "-firstDay" | "dueDay" | "-dueDay"; "legalEntity"?: string; "account"?: string; "on"?: string; "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["OpenItem"])[];
        "next": string | null;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/accounts/{account}/exposure": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query: { "on": string; "fields"?: string }; header?: never; path: { "account": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["Exposure"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/audit-trail": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "limit"?: number; "cursor"?: string; "sort"?: "-sequence"; "who"?: string; "operation"?: string; "subjectKind"?: string; "subject"?: string; "stage"?: "begun" | "changed" | "done" | "refused" | "failed" | "seen"; "from"?: string; "to"?: string; "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["AuditEntry"])[];
        "next": string | null;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/audit-trail/verification": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["AuditCheck"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/templates": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "limit"?: number; "cursor"?: string; "sort"?: "template" | "-template" | "madeOf" | "-madeOf" | "logo" | "-logo" | "by" | "-by" | "kept" | "-kept"; "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["Template"])[];
        "next": string | null;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/templates/{template}/preview": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "language"?: "en" | "de" | "fr" | "es" | "pt" | "ar"; "kind"?: "invoice" | "credit-note" | "debit-note" | "self-billing" | "self-billing-credit"; "taxes"?: "none" | "one" | "several"; "lines"?: number }; header?: never; path: { "template": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/pdf": string } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/templates/{template}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    put: {
      parameters: { query?: never; header: { "Idempotency-Key": string; "If-Match"?: string; "If-None-Match"?: "*" }; path: { "template": string }; cookie?: never };
      requestBody?: { content: { "application/json": components['schemas']["KeepTemplate"] } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "template": string;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
    get: {
      parameters: { query?: { "fields"?: string }; header?: never; path: { "template": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["Template"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/calendars": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "limit"?: number; "cursor"?: string; "sort"?: "calendar" | "-calendar" | "country" | "-country" | "region" | "-region" | "fromYear" | "-fromYear" | "toYear" | "-toYear"; "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["Calendar"])[];
        "next": string | null;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/time-bands": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "limit"?: number; "cursor"?: string; "sort"?: "timeBands" | "-timeBands" | "calendar" | "-calendar"; "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["TimeBands"])[];
        "next": string | null;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/currencies": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "limit"?: number; "cursor"?: string; "sort"?: "currency" | "-currency" | "name" | "-name" | "decimals" | "-decimals" | "accounts" | "-accounts" | "tariffs" | "-tariffs"; "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["CurrencyInUse"])[];
        "next": string | null;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/exchange-sources": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "limit"?: number; "cursor"?: string; "sort"?: "source" | "-source" | "first" | "-first" | "last" | "-last" | "rates" | "-rates"; "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["ExchangeSource"])[];
        "next": string | null;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/exchange-rates": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "limit"?: number; "cursor"?: string; "sort"?: "-day"; "from"?: string; "to"?: string; "source"?: string; "currency"?: string; "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["ExchangeRate"])[];
        "next": string | null;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path?: never; cookie?: never };
      requestBody: { content: { "application/json": components['schemas']["GiveExchangeRate"]; "application/x-ndjson": string } };
      responses: {
        201: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["GivenExchangeRate"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/uploads": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query: { "name": string }; header?: never; path?: never; cookie?: never };
      requestBody: { content: { "application/octet-stream": string } };
      responses: {
        201: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["Upload"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/uploads/{upload}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "fields"?: string }; header?: never; path: { "upload": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["Upload"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
    delete: {
      parameters: { query?: never; header?: { "If-Match"?: string }; path: { "upload": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "removed": boolean;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/period-closings": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path?: never; cookie?: never };
      requestBody?: { content: { "application/json": components['schemas']["ClosePeriods"] } };
      responses: {
        202: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["Job"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/agreements/{agreement}/statements/{period}/approvals": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string; "If-Match"?: string }; path: { "agreement": string; "period": string }; cookie?: never };
      requestBody?: { content: { "application/json": {
        "on"?: string;
      }; "application/x-ndjson": string } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["Approved"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/accruals": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path?: never; cookie?: never };
      requestBody?: { content: { "application/json": {
        "on"?: string;
      } } };
      responses: {
        202: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["Job"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/agreements/{agreement}/statements/{period}/lines": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "fields"?: string }; header?: never; path: { "agreement": string; "period": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["StatementLines"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/agreements/{agreement}/statements/{period}/lines/{line}/events": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "limit"?: number; "fields"?: string }; header?: never; path: { "agreement": string; "period": string; "line": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "line": components['schemas']["StatementLine"];
        "of": number;
        "items": (components['schemas']["StatementEvent"])[];
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        410: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/agreements/{agreement}/statements/{period}/pdf": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path: { "agreement": string; "period": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/pdf": string } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/agreements/{agreement}/statements/{period}/csv": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path: { "agreement": string; "period": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "text/csv; charset=utf-8": string } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/agreements/{agreement}/statements/{period}/verifications": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string; "If-Match"?: string }; path: { "agreement": string; "period": string }; cookie?: never };
      requestBody?: never;
      responses: {
        202: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["Job"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/drafts": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "limit"?: number; "cursor"?: string; "sort"?: "draft" | "-draft" | "key" | "-key" | "kind" | "-kind" | "legalEntity" | "-legalEntity" | "account" | "-account" | "party" | "-party" | "currency" | "-currency" | "issueDay" | "-issueDay" | "dueDay" | "-dueDay" | "net" | "-net" | "tax" | "-tax" | "total" | "-total" | "by" | "-by"; "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["Draft"])[];
        "next": string | null;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path?: never; cookie?: never };
      requestBody: { content: { "application/json": components['schemas']["WriteDrafts"]; "application/x-ndjson": string } };
      responses: {
        201: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["Draft"])[];
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/drafts/{draft}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "fields"?: string }; header?: never; path: { "draft": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["Draft"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
    delete: {
      parameters: { query?: never; header: { "Idempotency-Key": string; "If-Match"?: string }; path: { "draft": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "discarded": string;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/drafts/{draft}/pdf": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path: { "draft": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/pdf": string } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/drafts/issues": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path?: never; cookie?: never };
      requestBody: { content: { "application/json": components['schemas']["IssueDrafts"]; "application/x-ndjson": string } };
      responses: {
        201: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["IssuedDocument"])[];
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/documents/{number}/credits": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: { "legalEntity"?: string }; header: { "Idempotency-Key": string; "If-Match"?: string }; path: { "number": string }; cookie?: never };
      requestBody: { content: { "application/json": components['schemas']["CreditDocument"]; "application/x-ndjson": string } };
      responses: {
        201: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["IssuedDocument"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/documents/verifications": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path?: never; cookie?: never };
      requestBody?: { content: { "application/json": {
        "legalEntity"?: string;
      } } };
      responses: {
        202: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["Job"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/deliveries": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "state"?: "waiting" | "sending" | "sent" | "failed" | "bounced" | "stopped"; "document"?: string; "limit"?: number; "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["Delivery"])[];
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/deliveries/{delivery}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "fields"?: string }; header?: never; path: { "delivery": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "delivery": components['schemas']["Delivery"];
        "attempts": ({
          "at": string;
          "what": string;
          "said": string;
          "by": string;
        })[];
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/documents/{number}/deliveries": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string; "If-Match"?: string }; path: { "number": string }; cookie?: never };
      requestBody?: never;
      responses: {
        201: { headers: { [name: string]: unknown }; content: { "application/json": {
        "planned": number;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/deliveries/{delivery}/retries": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string; "If-Match"?: string }; path: { "delivery": string }; cookie?: never };
      requestBody?: { content: { "application/json": {
        "again"?: boolean;
      }; "application/x-ndjson": string } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "delivery": components['schemas']["Delivery"];
        "attempts": ({
          "at": string;
          "what": string;
          "said": string;
          "by": string;
        })[];
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/deliveries/{delivery}/stops": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string; "If-Match"?: string }; path: { "delivery": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "delivery": components['schemas']["Delivery"];
        "attempts": ({
          "at": string;
          "what": string;
          "said": string;
          "by": string;
        })[];
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/deliveries/runs": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        202: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["Job"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/declarations": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "limit"?: number; "cursor"?: string; "sort"?: "declaration" | "-declaration" | "agreement" | "-agreement" | "side" | "-side" | "service" | "-service" | "kind" | "-kind" | "currency" | "-currency" | "document" | "-document" | "source" | "-source" | "lines" | "-lines" | "amount" | "-amount" | "by" | "-by" | "at" | "-at"; "agreement"?: string; "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["Declaration"])[];
        "next": string | null;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path?: never; cookie?: never };
      requestBody: { content: { "application/json": components['schemas']["ImportDeclaration"]; "application/x-ndjson": string } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["ReadDeclaration"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/agreements/{agreement}/reconciliations/{period}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "tolerance"?: string; "rate"?: (string)[]; "fields"?: string }; header?: never; path: { "agreement": string; "period": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["Reconciliation"])[];
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string; "If-Match"?: string }; path: { "agreement": string; "period": string }; cookie?: never };
      requestBody?: { content: { "application/json": {
        "tolerance"?: string;
        "rate"?: (string)[];
      } } };
      responses: {
        202: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["Job"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/reconciliations/{reconciliation}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "fields"?: string }; header?: never; path: { "reconciliation": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["ReconciliationRun"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/reconciliations/{reconciliation}/lines": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query: { "limit"?: number; "cursor"?: string; "sort"?: "line"; "declaration": string; "state"?: "matched" | "within-tolerance" | "quantity" | "rate" | "missing-theirs" | "missing-ours"; "fields"?: string }; header?: never; path: { "reconciliation": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["ReconciledLine"])[];
        "next": string | null;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/partner-invoices": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "limit"?: number; "cursor"?: string; "sort"?: "invoice" | "-invoice" | "version" | "-version" | "state" | "-state" | "source" | "-source" | "kind" | "-kind" | "number" | "-number" | "legalEntity" | "-legalEntity" | "party" | "-party" | "account" | "-account" | "issueDay" | "-issueDay" | "dueDay" | "-dueDay" | "currency" | "-currency" | "net" | "-net" | "tax" | "-tax" | "total" | "-total"; "party"?: string; "agreement"?: string; "state"?: "received" | "proposed" | "accepted" | "refused"; "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["PartnerInvoice"])[];
        "next": string | null;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path?: never; cookie?: never };
      requestBody: { content: { "application/json": components['schemas']["ImportPartnerInvoice"]; "application/x-ndjson": string } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["ReadPartnerInvoice"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/partner-invoices/{invoice}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "fields"?: string }; header?: never; path: { "invoice": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["PartnerInvoice"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/partner-invoices/{invoice}/check": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "rate"?: (string)[]; "fields"?: string }; header?: never; path: { "invoice": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["CheckedPartnerInvoice"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/partner-invoices/{invoice}/acceptances": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string; "If-Match"?: string }; path: { "invoice": string }; cookie?: never };
      requestBody?: { content: { "application/json": components['schemas']["AcceptPartnerInvoice"]; "application/x-ndjson": string } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["AcceptedPartnerInvoice"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/partner-invoices/{invoice}/refusals": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string; "If-Match"?: string }; path: { "invoice": string }; cookie?: never };
      requestBody: { content: { "application/json": {
        "reason": string;
        "on"?: string;
      }; "application/x-ndjson": string } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["PartnerInvoice"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/partner-invoices/{invoice}/reversals": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string; "If-Match"?: string }; path: { "invoice": string }; cookie?: never };
      requestBody: { content: { "application/json": {
        "reason": string;
        "on"?: string;
      }; "application/x-ndjson": string } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["PartnerInvoice"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/disputes/{dispute}/steps": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string; "If-Match"?: string }; path: { "dispute": string }; cookie?: never };
      requestBody: { content: { "application/json": components['schemas']["DisputeStepMade"]; "application/x-ndjson": string } };
      responses: {
        201: { headers: { [name: string]: unknown }; content: { "application/json": {
        "dispute": string;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/disputes/{dispute}/settlements": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string; "If-Match"?: string }; path: { "dispute": string }; cookie?: never };
      requestBody: { content: { "application/json": components['schemas']["SettleDispute"] } };
      responses: {
        202: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["Job"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/disputes/{dispute}/messages": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "fields"?: string }; header?: never; path: { "dispute": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["DisputeMessage"])[];
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string; "If-Match"?: string }; path: { "dispute": string }; cookie?: never };
      requestBody?: { content: { "application/json": components['schemas']["DisputeMessageBody"]; "application/x-ndjson": string } };
      responses: {
        201: { headers: { [name: string]: unknown }; content: { "application/json": {
        "message": string;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/disputes/{dispute}/evidence/{sha256}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path: { "dispute": string; "sha256": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/octet-stream": string } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/bank-files": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path?: never; cookie?: never };
      requestBody: { content: { "application/json": components['schemas']["TakeBankFile"]; "application/x-ndjson": string } };
      responses: {
        201: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["TakenBankFile"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/payments": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path?: never; cookie?: never };
      requestBody: { content: { "application/json": components['schemas']["EnterPayment"]; "application/x-ndjson": string } };
      responses: {
        201: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["TakenPayment"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/allocations": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path?: never; cookie?: never };
      requestBody: { content: { "application/json": components['schemas']["AllocatePayment"]; "application/x-ndjson": string } };
      responses: {
        201: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["Allocated"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/payments/{payment}/assignments": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string; "If-Match"?: string }; path: { "payment": string }; cookie?: never };
      requestBody: { content: { "application/json": components['schemas']["AssignPayment"]; "application/x-ndjson": string } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "payment": string;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/payments/{payment}/returns": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string; "If-Match"?: string }; path: { "payment": string }; cookie?: never };
      requestBody: { content: { "application/json": components['schemas']["PaymentReturn"]; "application/x-ndjson": string } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "payment": string;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/write-offs": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path?: never; cookie?: never };
      requestBody: { content: { "application/json": components['schemas']["WriteOff"]; "application/x-ndjson": string } };
      responses: {
        201: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["EnteredEntries"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/late-interest": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path?: never; cookie?: never };
      requestBody: { content: { "application/json": components['schemas']["LateInterest"]; "application/x-ndjson": string } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["Interest"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/allocations/{allocation}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "legalEntity"?: string; "fields"?: string }; header?: never; path: { "allocation": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["Allocation"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/allocations/{allocation}/undoings": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string; "If-Match"?: string }; path: { "allocation": string }; cookie?: never };
      requestBody: { content: { "application/json": components['schemas']["UndoAllocation"]; "application/x-ndjson": string } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "undone": string;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/payment-orders": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "limit"?: number; "cursor"?: string; "sort"?: "order" | "-order" | "legalEntity" | "-legalEntity" | "state" | "-state" | "day" | "-day" | "bankAccount" | "-bankAccount" | "by" | "-by" | "madeAt" | "-madeAt"; "legalEntity"?: string; "state"?: "proposed" | "approved" | "rejected"; "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["PaymentOrder"])[];
        "next": string | null;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path?: never; cookie?: never };
      requestBody: { content: { "application/json": components['schemas']["ProposePaymentOrder"]; "application/x-ndjson": string } };
      responses: {
        201: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["PaymentOrder"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/payment-orders/{order}/file": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "version"?: "09" | "03" }; header?: never; path: { "order": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/xml": string } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/payment-orders/{order}/approvals": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string; "If-Match"?: string }; path: { "order": string }; cookie?: never };
      requestBody?: { content: { "application/json": {
        "on"?: string;
      }; "application/x-ndjson": string } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["PaymentOrder"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/payment-orders/{order}/rejections": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string; "If-Match"?: string }; path: { "order": string }; cookie?: never };
      requestBody: { content: { "application/json": {
        "why": string;
      }; "application/x-ndjson": string } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["PaymentOrder"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/nettings": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "limit"?: number; "cursor"?: string; "sort"?: "netting" | "-netting" | "legalEntity" | "-legalEntity" | "party" | "-party" | "state" | "-state" | "day" | "-day" | "by" | "-by" | "currency" | "-currency" | "receivable" | "-receivable" | "payable" | "-payable" | "setOff" | "-setOff" | "remainder" | "-remainder" | "remainderDue" | "-remainderDue"; "legalEntity"?: string; "state"?: "proposed" | "agreed" | "cancelled"; "party"?: string; "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["Netting"])[];
        "next": string | null;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path?: never; cookie?: never };
      requestBody: { content: { "application/json": components['schemas']["ProposeNetting"]; "application/x-ndjson": string } };
      responses: {
        201: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["Netting"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/nettings/{netting}/pdf": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path: { "netting": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/pdf": string } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/nettings/proposals": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path?: never; cookie?: never };
      requestBody?: { content: { "application/json": components['schemas']["ProposeNettings"]; "application/x-ndjson": string } };
      responses: {
        201: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["Netting"])[];
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/nettings/{netting}/confirmations": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string; "If-Match"?: string }; path: { "netting": string }; cookie?: never };
      requestBody: { content: { "application/json": {
        "side": "us" | "them";
        "why": string;
        "on"?: string;
      }; "application/x-ndjson": string } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["Netting"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/nettings/{netting}/cancellations": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string; "If-Match"?: string }; path: { "netting": string }; cookie?: never };
      requestBody: { content: { "application/json": {
        "why": string;
        "on"?: string;
      }; "application/x-ndjson": string } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["Netting"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/dunning-runs": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path?: never; cookie?: never };
      requestBody?: { content: { "application/json": components['schemas']["RunDunning"] } };
      responses: {
        202: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["Job"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/dunning-letters": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "limit"?: number; "cursor"?: string; "sort"?: "letter" | "-letter" | "legalEntity" | "-legalEntity" | "account" | "-account" | "day" | "-day" | "stage" | "-stage" | "stageName" | "-stageName" | "tone" | "-tone" | "currency" | "-currency" | "owed" | "-owed" | "fee" | "-fee" | "hold" | "-hold" | "payBy" | "-payBy"; "account"?: string; "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["DunningLetter"])[];
        "next": string | null;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/dunning-letters/{letter}/pdf": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path: { "letter": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/pdf": string } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/accounts/{account}/dunning-pauses": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string; "If-Match"?: string }; path: { "account": string }; cookie?: never };
      requestBody: { content: { "application/json": components['schemas']["PauseDunning"]; "application/x-ndjson": string } };
      responses: {
        201: { headers: { [name: string]: unknown }; content: { "application/json": {
        "account": string;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/holds": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "released"?: boolean; "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["AccountHold"])[];
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/accounts/{account}/hold": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "fields"?: string }; header?: never; path: { "account": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["HoldState"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
    put: {
      parameters: { query?: never; header: { "Idempotency-Key": string; "If-Match"?: string }; path: { "account": string }; cookie?: never };
      requestBody: { content: { "application/json": {
        "hold": boolean;
        "why": string;
        "on"?: string;
      } } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "account": string;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/ledger/entries": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "limit"?: number; "cursor"?: string; "sort"?: "sequence"; "legalEntity"?: string; "from"?: string; "to"?: string; "ledgerAccount"?: string; "account"?: string; "document"?: string; "kind"?: "invoice" | "credit-note" | "payable" | "payable-credit" | "accrual" | "accrual-reversal" | "payment-in" | "payment-out" | "allocation" | "refund" | "set-off" | "write-off" | "deposit" | "interest" | "exchange" | "dispute" | "manual" | "opening" | "reversal"; "reference"?: string; "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["LedgerEntry"])[];
        "next": string | null;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path?: never; cookie?: never };
      requestBody: { content: { "application/json": components['schemas']["EnterEntries"]; "application/x-ndjson": string } };
      responses: {
        201: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["EnteredEntries"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/ledger/journal.csv": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "legalEntity"?: string; "from"?: string; "to"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "text/csv": string } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/ledger/reversals": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path?: never; cookie?: never };
      requestBody: { content: { "application/json": components['schemas']["ReverseEntry"]; "application/x-ndjson": string } };
      responses: {
        201: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["EnteredEntries"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/ledger/waiting": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "limit"?: number; "cursor"?: string; "sort"?: "waiting" | "-waiting" | "enteredAt" | "-enteredAt" | "enteredBy" | "-enteredBy" | "legalEntity" | "-legalEntity" | "day" | "-day" | "kind" | "-kind" | "reference" | "-reference" | "description" | "-description" | "by" | "-by" | "corrects" | "-corrects"; "legalEntity"?: string; "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["WaitingEntry"])[];
        "next": string | null;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/ledger/waiting/{waiting}/approvals": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string; "If-Match"?: string }; path: { "waiting": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["DecidedEntry"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/ledger/waiting/{waiting}/rejections": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string; "If-Match"?: string }; path: { "waiting": string }; cookie?: never };
      requestBody: { content: { "application/json": {
        "why": string;
      }; "application/x-ndjson": string } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["DecidedEntry"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/ledger/closings": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "legalEntity"?: string; "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["LedgerClosing"])[];
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path?: never; cookie?: never };
      requestBody: { content: { "application/json": components['schemas']["CloseLedger"]; "application/x-ndjson": string } };
      responses: {
        201: { headers: { [name: string]: unknown }; content: { "application/json": {
        "legalEntity": string;
        "closed": boolean;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/ledger/reopenings": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path?: never; cookie?: never };
      requestBody: { content: { "application/json": components['schemas']["ReopenLedger"]; "application/x-ndjson": string } };
      responses: {
        201: { headers: { [name: string]: unknown }; content: { "application/json": {
        "legalEntity": string;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/ledger/verifications": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path?: never; cookie?: never };
      requestBody?: { content: { "application/json": {
        "anchors"?: (string)[];
      } } };
      responses: {
        202: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["Job"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/ledger/ageing": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "legalEntity"?: string; "account"?: string; "on"?: string; "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["Ageing"])[];
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/tariffs": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "limit"?: number; "cursor"?: string; "sort"?: "tariff" | "-tariff" | "agreement" | "-agreement" | "service" | "-service" | "currency" | "-currency" | "zone" | "-zone" | "way" | "-way" | "inForce" | "-inForce" | "nextChange" | "-nextChange" | "changed" | "-changed"; "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["PortalTariff"])[];
        "next": string | null;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/tariffs/{tariff}/rates": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "limit"?: number; "cursor"?: string; "sort"?: "destination"; "part"?: "in-force" | "coming" | "all"; "fields"?: string }; header?: never; path: { "tariff": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["PortalRate"])[];
        "next": string | null;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path: { "tariff": string }; cookie?: never };
      requestBody: { content: { "application/json": {
        "code": string;
        "destination"?: string;
        "price": string;
        "increments"?: string;
        "from": string;
        "dryRun"?: boolean;
      }; "application/x-ndjson": string } };
      responses: {
        201: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["AddedRate"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/tariffs/{tariff}/file": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query: { "part"?: "in-force" | "coming" | "all"; "format": "csv" | "xlsx" }; header?: never; path: { "tariff": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "text/csv": string; "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/rate-sheet-drafts": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path?: never; cookie?: never };
      requestBody: { content: { "application/json": {
        "upload": string;
        "agreement": string;
        "options"?: components['schemas']["RateSheetOptions"];
      }; "application/x-ndjson": string } };
      responses: {
        201: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["RateSheetDraft"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
    get: {
      parameters: { query?: { "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["RateSheetDraft"])[];
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/rate-sheet-drafts/{draft}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "fields"?: string }; header?: never; path: { "draft": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["RateSheetDraft"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
    put: {
      parameters: { query?: never; header: { "Idempotency-Key": string; "If-Match"?: string }; path: { "draft": string }; cookie?: never };
      requestBody?: { content: { "application/json": components['schemas']["RateSheetOptions"] } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["RateSheetDraft"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
    delete: {
      parameters: { query?: never; header: { "Idempotency-Key": string; "If-Match"?: string }; path: { "draft": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "deleted": boolean;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/rate-sheet-drafts/{draft}/preview": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "fields"?: string }; header?: never; path: { "draft": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["RateSheetPreview"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/rate-sheet-drafts/{draft}/activation": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string; "If-Match"?: string }; path: { "draft": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["RateSheetReport"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/usage/suspense/groups": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "reason"?: string; "file"?: string; "source"?: string; "trunk"?: string; "group"?: string; "number"?: string; "from"?: string; "to"?: string; "rejected"?: boolean; "limit"?: number; "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["HeldGroup"])[];
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/usage/retries": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path?: never; cookie?: never };
      requestBody?: { content: { "application/json": {
        "reason"?: string;
        "file"?: string;
        "source"?: string;
        "trunk"?: string;
        "group"?: string;
        "number"?: string;
        "from"?: string;
        "to"?: string;
        "rejected"?: boolean;
        "dryRun"?: boolean;
      } } };
      responses: {
        202: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["Job"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/usage/write-offs": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path?: never; cookie?: never };
      requestBody: { content: { "application/json": {
        "records"?: (string)[];
        "reason"?: string;
        "file"?: string;
        "source"?: string;
        "group"?: string;
        "rejected"?: boolean;
        "why": string;
      } } };
      responses: {
        202: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["Job"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/usage/records/{record}/trace": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "fields"?: string }; header?: never; path: { "record": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["UsageTrace"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        410: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/usage/records/{record}/corrections": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string; "If-Match"?: string }; path: { "record": string }; cookie?: never };
      requestBody: { content: { "application/json": {
        "fields": { [name: string]: string };
        "why": string;
        "dryRun"?: boolean;
      }; "application/x-ndjson": string } };
      responses: {
        201: { headers: { [name: string]: unknown }; content: { "application/json": {
        "record": string;
        "isRated": boolean;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        410: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/usage/files": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "file"?: string; "limit"?: number; "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["LoadedFile"])[];
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/usage/loads": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path?: never; cookie?: never };
      requestBody: { content: { "application/json": {
        "upload": string;
        "source": string;
        "allOrNothing"?: boolean;
      } } };
      responses: {
        202: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["Job"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/usage/roll-backs": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path?: never; cookie?: never };
      requestBody: { content: { "application/json": {
        "file": string;
        "why": string;
        "dryRun"?: boolean;
      } } };
      responses: {
        202: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["Job"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/usage/rerates": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path?: never; cookie?: never };
      requestBody?: { content: { "application/json": {
        "agreement"?: string;
        "tariff"?: string;
        "destination"?: string;
        "file"?: string;
        "service"?: "voice" | "sms" | "mms" | "data" | "content" | "event";
        "from"?: string;
        "to"?: string;
        "why"?: string;
        "unratable"?: "keep" | "block";
      } } };
      responses: {
        202: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["Job"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/usage/joins": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path?: never; cookie?: never };
      requestBody: { content: { "application/json": {
        "records"?: (string)[];
        "file"?: string;
        "why": string;
        "dryRun"?: boolean;
      } } };
      responses: {
        202: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["Job"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/usage/flags": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "rule"?: string; "limit"?: number; "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["ScreeningFlags"])[];
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/usage/releases": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path?: never; cookie?: never };
      requestBody: { content: { "application/json": {
        "records"?: (string)[];
        "rule"?: string;
        "why": string;
      } } };
      responses: {
        202: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["Job"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/sources": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["Source"])[];
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/sources/alarms": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "source"?: string; "cleared"?: boolean; "limit"?: number; "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["SourceAlarm"])[];
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/sources/alarms/clearings": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path?: never; cookie?: never };
      requestBody: { content: { "application/json": {
        "alarms": (number)[];
      }; "application/x-ndjson": string } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "cleared": (number)[];
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/users": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "limit"?: number; "cursor"?: string; "sort"?: "email" | "-email" | "name" | "-name" | "role" | "-role" | "party" | "-party" | "hasPassword" | "-hasPassword" | "hasSecondFactor" | "-hasSecondFactor" | "isBlocked" | "-isBlocked" | "invitedBy" | "-invitedBy" | "since" | "-since" | "lastSeen" | "-lastSeen"; "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["User"])[];
        "next": string | null;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { "application/json": {
        "email": string;
        "name": string;
        "role": string;
        "party"?: string;
      } } };
      responses: {
        201: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["Invitation"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/roles": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["Roles"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/users/{email}/invitations": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: { "If-Match"?: string }; path: { "email": string }; cookie?: never };
      requestBody?: never;
      responses: {
        201: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["Invitation"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/users/{email}/role": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    put: {
      parameters: { query?: never; header?: { "If-Match"?: string }; path: { "email": string }; cookie?: never };
      requestBody: { content: { "application/json": {
        "role": string;
        "party"?: string;
      } } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["User"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/users/{email}/block": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    put: {
      parameters: { query?: never; header?: { "If-Match"?: string }; path: { "email": string }; cookie?: never };
      requestBody: { content: { "application/json": {
        "isBlocked": boolean;
      } } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["User"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/users/{email}/second-factor": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    delete: {
      parameters: { query?: never; header?: { "If-Match"?: string }; path: { "email": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["User"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/api-keys": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "limit"?: number; "cursor"?: string; "sort"?: "key" | "-key" | "name" | "-name" | "party" | "-party" | "madeBy" | "-madeBy" | "made" | "-made" | "expires" | "-expires" | "revoked" | "-revoked" | "lastUsed" | "-lastUsed"; "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["ApiKey"])[];
        "next": string | null;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { "application/json": {
        "name": string;
        "permissions": (string)[];
        "expires"?: string;
        "party"?: string;
      } } };
      responses: {
        201: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["MadeApiKey"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/api-keys/{key}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    delete: {
      parameters: { query?: never; header?: { "If-Match"?: string }; path: { "key": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "revoked": boolean;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
    get: {
      parameters: { query?: { "fields"?: string }; header?: never; path: { "key": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["ApiKey"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/webhooks": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["Webhook"])[];
        "types": (string)[];
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/webhooks/{webhook}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    put: {
      parameters: { query?: never; header: { "Idempotency-Key": string; "If-Match"?: string; "If-None-Match"?: "*" }; path: { "webhook": string }; cookie?: never };
      requestBody: { content: { "application/json": {
        "url": string;
        "secret": string;
        "types": (string)[];
      } } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["Webhook"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
    get: {
      parameters: { query?: { "fields"?: string }; header?: never; path: { "webhook": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["Webhook"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/webhooks/{webhook}/stops": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string; "If-Match"?: string }; path: { "webhook": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["Webhook"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/webhooks/{webhook}/tests": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string; "If-Match"?: string }; path: { "webhook": string }; cookie?: never };
      requestBody?: never;
      responses: {
        202: { headers: { [name: string]: unknown }; content: { "application/json": {
        "message": string;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/webhooks/{webhook}/replays": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string; "If-Match"?: string }; path: { "webhook": string }; cookie?: never };
      requestBody: { content: { "application/json": {
        "from": string;
        "to": string;
      } } };
      responses: {
        202: { headers: { [name: string]: unknown }; content: { "application/json": {
        "messages": number;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/webhook-messages": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "webhook"?: string; "state"?: "waiting" | "sending" | "sent" | "failed" | "stopped"; "subject"?: string; "limit"?: number; "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["WebhookMessage"])[];
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/webhook-messages/{message}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "fields"?: string }; header?: never; path: { "message": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "message": components['schemas']["WebhookMessage"];
        "body": string;
        "attempts": ({
          "started": string;
          "outcome"?: string;
          "status"?: number;
          "answer"?: string;
        })[];
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/webhook-messages/{message}/retries": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string; "If-Match"?: string }; path: { "message": string }; cookie?: never };
      requestBody?: never;
      responses: {
        202: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["WebhookMessage"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/portal/declarations/{declaration}/reconciliation": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "fields"?: string }; header?: never; path: { "declaration": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["PortalReconciliation"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/portal/declarations/{declaration}/reconciliation/file": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path: { "declaration": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "text/csv": string } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/portal/uploads": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query: { "name": string }; header?: never; path?: never; cookie?: never };
      requestBody: { content: { "application/octet-stream": string } };
      responses: {
        201: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["Upload"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/portal/declarations": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "limit"?: number; "cursor"?: string; "sort"?: "declaration" | "-declaration" | "agreement" | "-agreement" | "side" | "-side" | "service" | "-service" | "currency" | "-currency" | "document" | "-document" | "source" | "-source" | "lines" | "-lines" | "amount" | "-amount" | "at" | "-at"; "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["PortalDeclaration"])[];
        "next": string | null;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path?: never; cookie?: never };
      requestBody: { content: { "application/json": components['schemas']["ImportDeclaration"]; "application/x-ndjson": string } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["ReadDeclaration"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/portal/partner-invoices": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "limit"?: number; "cursor"?: string; "sort"?: "invoice" | "-invoice" | "number" | "-number" | "kind" | "-kind" | "state" | "-state" | "source" | "-source" | "issueDay" | "-issueDay" | "dueDay" | "-dueDay" | "currency" | "-currency" | "net" | "-net" | "tax" | "-tax" | "total" | "-total"; "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["PortalInvoice"])[];
        "next": string | null;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path?: never; cookie?: never };
      requestBody: { content: { "application/json": components['schemas']["SendPartnerInvoice"]; "application/x-ndjson": string } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["ReadPartnerInvoice"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/portal/payment-details": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["PortalPaymentDetails"])[];
        "takesCards": boolean;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/portal/documents/{number}/payment-code": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path: { "number": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "image/svg+xml": string } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/portal/documents/{number}/card-links": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: { "If-Match"?: string }; path: { "number": string }; cookie?: never };
      requestBody?: never;
      responses: {
        201: { headers: { [name: string]: unknown }; content: { "application/json": {
        "url": string;
        "amount": string;
        "currency": string;
        "expires"?: string;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        502: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/portal/traffic": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query: { "rows": "day" | "destination" | "service"; "from": string; "to": string; "agreement"?: string; "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["PortalTraffic"])[];
        "rowsInAll": number;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/portal/traffic/causes": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query: { "from": string; "to": string; "agreement"?: string; "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["PortalCause"])[];
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/portal/traffic/file": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query: { "rows": "day" | "destination" | "service"; "from": string; "to": string; "agreement"?: string; "format": "csv" | "xlsx" }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "text/csv": string; "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/portal/tariffs": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "limit"?: number; "cursor"?: string; "sort"?: "tariff" | "-tariff" | "agreement" | "-agreement" | "service" | "-service" | "currency" | "-currency" | "zone" | "-zone" | "way" | "-way" | "inForce" | "-inForce" | "nextChange" | "-nextChange" | "changed" | "-changed"; "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["PortalTariff"])[];
        "next": string | null;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/portal/tariffs/{tariff}/rates": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "limit"?: number; "cursor"?: string; "sort"?: "destination"; "part"?: "in-force" | "coming" | "all"; "fields"?: string }; header?: never; path: { "tariff": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["PortalRate"])[];
        "next": string | null;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/portal/tariffs/{tariff}/file": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query: { "part"?: "in-force" | "coming" | "all"; "format": "csv" | "xlsx" }; header?: never; path: { "tariff": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "text/csv": string; "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/portal/rate-sheets": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "limit"?: number; "cursor"?: string; "sort"?: "sheet" | "-sheet" | "agreement" | "-agreement" | "file" | "-file" | "sentAt" | "-sentAt" | "sentBy" | "-sentBy" | "state" | "-state" | "rows" | "-rows" | "counts" | "-counts" | "faultCount" | "-faultCount"; "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["PortalRateSheet"])[];
        "next": string | null;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path?: never; cookie?: never };
      requestBody: { content: { "application/json": components['schemas']["SendRateSheet"]; "application/x-ndjson": string } };
      responses: {
        201: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["PortalRateSheet"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/portal/statements": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["PortalStatement"])[];
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/portal/statements/{agreement}/{period}/pdf": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path: { "agreement": string; "period": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/pdf": string } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/portal/statements/{agreement}/{period}/csv": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path: { "agreement": string; "period": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "text/csv": string } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/portal/calls": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query: { "limit"?: number; "cursor"?: string; "sort"?: "start"; "from": string; "to": string; "agreement"?: string; "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["PortalCall"])[];
        "next": string | null;
        "deleted"?: {
          "days": ({
            "from": string;
            "to": string;
          })[];
          "keptDays": number;
        };
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/portal/disputes": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path?: never; cookie?: never };
      requestBody: { content: { "application/json": {
        "document": string;
        "amount"?: string;
        "reason": string;
        "evidence"?: (string)[];
      }; "application/x-ndjson": string } };
      responses: {
        201: { headers: { [name: string]: unknown }; content: { "application/json": {
        "dispute": string;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/portal/disputes/{dispute}/messages": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string; "If-Match"?: string }; path: { "dispute": string }; cookie?: never };
      requestBody?: { content: { "application/json": components['schemas']["DisputeMessageBody"]; "application/x-ndjson": string } };
      responses: {
        201: { headers: { [name: string]: unknown }; content: { "application/json": {
        "message": string;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/portal/disputes/{dispute}/steps": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string; "If-Match"?: string }; path: { "dispute": string }; cookie?: never };
      requestBody: { content: { "application/json": {
        "kind": "offered" | "accepted" | "rejected" | "withdrawn";
        "amount"?: string;
        "note": string;
      }; "application/x-ndjson": string } };
      responses: {
        201: { headers: { [name: string]: unknown }; content: { "application/json": {
        "dispute": string;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/portal/users": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "limit"?: number; "cursor"?: string; "sort"?: "email" | "-email" | "name" | "-name" | "role" | "-role" | "party" | "-party" | "hasPassword" | "-hasPassword" | "hasSecondFactor" | "-hasSecondFactor" | "isBlocked" | "-isBlocked" | "invitedBy" | "-invitedBy" | "since" | "-since" | "lastSeen" | "-lastSeen"; "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["User"])[];
        "next": string | null;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { "application/json": {
        "email": string;
        "name": string;
      } } };
      responses: {
        201: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["Invitation"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/portal/users/{email}/block": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    put: {
      parameters: { query?: never; header?: { "If-Match"?: string }; path: { "email": string }; cookie?: never };
      requestBody: { content: { "application/json": {
        "isBlocked": boolean;
      } } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "isBlocked": boolean;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/portal/api-keys": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "limit"?: number; "cursor"?: string; "sort"?: "key" | "-key" | "name" | "-name" | "party" | "-party" | "madeBy" | "-madeBy" | "made" | "-made" | "expires" | "-expires" | "revoked" | "-revoked" | "lastUsed" | "-lastUsed"; "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["ApiKey"])[];
        "next": string | null;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { "application/json": {
        "name": string;
        "permissions": (string)[];
        "expires"?: string;
      } } };
      responses: {
        201: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["MadeApiKey"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/portal/api-keys/{key}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    delete: {
      parameters: { query?: never; header?: { "If-Match"?: string }; path: { "key": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "revoked": boolean;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
    get: {
      parameters: { query?: { "fields"?: string }; header?: never; path: { "key": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["ApiKey"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/brand": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "brand"?: components['schemas']["Brand"];
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/retention/rules": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "limit"?: number; "cursor"?: string; "sort"?: "kind" | "-kind" | "rule" | "-rule" | "days" | "-days" | "records" | "-records" | "bytes" | "-bytes" | "from" | "-from" | "to" | "-to"; "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["RetentionRule"])[];
        "next": string | null;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/retention/deletions": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "limit"?: number; "cursor"?: string; "sort"?: "-deletion"; "kind"?: string; "from"?: string; "before"?: string; "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["Deletion"])[];
        "next": string | null;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/retention/runs": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        202: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["Job"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/retention/holds": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "limit"?: number; "cursor"?: string; "sort"?: "hold" | "-hold" | "party" | "-party" | "from" | "-from" | "before" | "-before" | "why" | "-why" | "by" | "-by" | "at" | "-at" | "releasedAt" | "-releasedAt" | "releasedBy" | "-releasedBy" | "releaseWhy" | "-releaseWhy"; "all"?: boolean; "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["LegalHold"])[];
        "next": string | null;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path?: never; cookie?: never };
      requestBody: { content: { "application/json": {
        "party"?: string;
        "from": string;
        "last"?: string;
        "why": string;
      }; "application/x-ndjson": string } };
      responses: {
        201: { headers: { [name: string]: unknown }; content: { "application/json": {
        "hold": string;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/retention/releases": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path?: never; cookie?: never };
      requestBody: { content: { "application/json": {
        "hold": string;
        "why": string;
      }; "application/x-ndjson": string } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "released": boolean;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/persons/exports": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path?: never; cookie?: never };
      requestBody: { content: { "application/json": {
        "identity": string;
      } } };
      responses: {
        202: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["AskedPersonExport"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/persons/exports/{export}/file": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path: { "export": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/zip": string } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/persons/erasures": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path?: never; cookie?: never };
      requestBody: { content: { "application/json": {
        "identity": string;
        "reason": string;
        "dryRun"?: boolean;
      }; "application/x-ndjson": string } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["AskedErasure"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
    get: {
      parameters: { query?: { "limit"?: number; "cursor"?: string; "sort"?: "erasure" | "-erasure" | "state" | "-state" | "reason" | "-reason" | "by" | "-by" | "asked" | "-asked" | "decidedBy" | "-decidedBy" | "decided" | "-decided"; "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["Erasure"])[];
        "next": string | null;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/persons/erasures/{erasure}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "fields"?: string }; header?: never; path: { "erasure": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["WaitingErasure"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/persons/erasure-decisions": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path?: never; cookie?: never };
      requestBody: { content: { "application/json": {
        "erasure": string;
        "decision": "approve" | "refuse";
      }; "application/x-ndjson": string } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["AskedErasure"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/notifications": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "limit"?: number; "cursor"?: string; "sort"?: "-made"; "account"?: string; "state"?: "waiting" | "sending" | "sent" | "delivered" | "failed" | "suppressed"; "way"?: "sms" | "email"; "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["Notification"])[];
        "next": string | null;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/notifications/{notification}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "fields"?: string }; header?: never; path: { "notification": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["NotificationHistory"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/notifications/{notification}/retries": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string; "If-Match"?: string }; path: { "notification": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["NotificationHistory"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/charging/accounts/{account}/contact": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "fields"?: string }; header?: never; path: { "account": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["Contact"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
    put: {
      parameters: { query?: never; header: { "Idempotency-Key": string; "If-Match"?: string }; path: { "account": string }; cookie?: never };
      requestBody: { content: { "application/json": components['schemas']["ContactWords"] } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["Contact"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/charging/voucher-batches": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "limit"?: number; "cursor"?: string; "sort"?: "batch" | "-batch" | "count" | "-count" | "used" | "-used" | "made" | "-made" | "madeBy" | "-madeBy" | "until" | "-until" | "stopped" | "-stopped"; "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["VoucherBatch"])[];
        "next": string | null;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { "application/json": {
        "count": number;
        "amount"?: string;
        "currency": string;
        "allowances"?: (string)[];
        "until"?: string;
        "digits"?: number;
      } } };
      responses: {
        201: { headers: { [name: string]: unknown }; content: { "application/json": {
        "batch": string;
        "codes": (string)[];
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/charging/voucher-batches/{batch}/stops": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string; "If-Match"?: string }; path: { "batch": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "stopped": boolean;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/tax/rules": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "limit"?: number; "cursor"?: string; "sort"?: "rule" | "-rule" | "says" | "-says" | "own" | "-own" | "validFrom" | "-validFrom" | "validTo" | "-validTo" | "relation" | "-relation" | "category" | "-category" | "taxedAt" | "-taxedAt" | "selfAssessed" | "-selfAssessed" | "reference" | "-reference" | "wording" | "-wording" | "exemptionCode" | "-exemptionCode" | "source" | "-source"; "own"?: boolean; "on"?: string; "place"?: string; "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["TaxRule"])[];
        "next": string | null;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/tax/rates": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "limit"?: number; "cursor"?: string; "sort"?: "rate" | "-rate" | "tax" | "-tax" | "jurisdiction" | "-jurisdiction" | "own" | "-own" | "source" | "-source"; "own"?: boolean; "on"?: string; "place"?: string; "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["TaxRate"])[];
        "next": string | null;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/tax/explanation": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query: { "seller": string; "buyer": string; "amount": string; "currency": string; "service"?: "voice" | "sms" | "mms" | "data" | "content" | "event" | "fee" | "interest" | "commitment"; "on"?: string; "buyerIs"?: "consumer" | "business" | "reseller"; "pricesIncludeTax"?: boolean; "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["ExplainedTax"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        502: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        504: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/tax/checks": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path?: never; cookie?: never };
      requestBody?: { content: { "application/json": components['schemas']["CheckTax"] } };
      responses: {
        202: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["Job"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/tax/certificates": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "limit"?: number; "cursor"?: string; "sort"?: "party" | "-party" | "number" | "-number" | "of" | "-of" | "validFrom" | "-validFrom" | "validTo" | "-validTo" | "note" | "-note" | "recordedAt" | "-recordedAt" | "recordedBy" | "-recordedBy"; "party"?: string; "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["TaxCertificate"])[];
        "next": string | null;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path?: never; cookie?: never };
      requestBody: { content: { "application/json": components['schemas']["AddTaxCertificate"]; "application/x-ndjson": string } };
      responses: {
        201: { headers: { [name: string]: unknown }; content: { "application/json": {
        "isNew": boolean;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/tax/certificate-endings": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path?: never; cookie?: never };
      requestBody: { content: { "application/json": components['schemas']["EndTaxCertificate"]; "application/x-ndjson": string } };
      responses: {
        201: { headers: { [name: string]: unknown }; content: { "application/json": {
        "isNew": boolean;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/tax/tables": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "limit"?: number; "cursor"?: string; "sort"?: "table" | "-table" | "file" | "-file" | "sha256" | "-sha256" | "rows" | "-rows" | "importedAt" | "-importedAt" | "importedBy" | "-importedBy"; "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["TaxTable"])[];
        "next": string | null;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path?: never; cookie?: never };
      requestBody: { content: { "application/json": components['schemas']["ImportTaxTable"] } };
      responses: {
        202: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["Job"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/accounts/{account}/deposits": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string; "If-Match"?: string }; path: { "account": string }; cookie?: never };
      requestBody: { content: { "application/json": components['schemas']["MoveDeposit"]; "application/x-ndjson": string } };
      responses: {
        201: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["MovedDeposit"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/credit-alarms": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "limit"?: number; "cursor"?: string; "sort"?: "-raisedAt"; "cleared"?: boolean; "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["CreditAlarm"])[];
        "next": string | null;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/card-events": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "limit"?: number; "cursor"?: string; "sort"?: "-receivedAt"; "held"?: boolean; "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["CardEvent"])[];
        "next": string | null;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/card-event-sightings": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path?: never; cookie?: never };
      requestBody: { content: { "application/json": components['schemas']["SeeCardEvent"]; "application/x-ndjson": string } };
      responses: {
        201: { headers: { [name: string]: unknown }; content: { "application/json": {
        "event": string;
        "seenBy": string;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/documents/{number}/card-links": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: { "If-Match"?: string }; path: { "number": string }; cookie?: never };
      requestBody?: never;
      responses: {
        201: { headers: { [name: string]: unknown }; content: { "application/json": {
        "url": string;
        "amount": string;
        "currency": string;
        "expires"?: string;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        502: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/exchange-conversion": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query: { "from": string; "to": string; "on"?: string; "legalEntity"?: string; "agreement"?: string; "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["Conversion"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/revaluations": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path?: never; cookie?: never };
      requestBody: { content: { "application/json": components['schemas']["RevalueBalances"]; "application/x-ndjson": string } };
      responses: {
        201: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["RevaluedBalances"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/exchange-rate-files": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path?: never; cookie?: never };
      requestBody: { content: { "application/json": components['schemas']["ImportExchangeRates"]; "application/x-ndjson": string } };
      responses: {
        201: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["ImportedExchangeRates"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/number-tables": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "limit"?: number; "cursor"?: string; "sort"?: "table" | "-table" | "gives" | "-gives"; "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["NumberTable"])[];
        "next": string | null;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/numbers/{number}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "table"?: string; "at"?: string; "fields"?: string }; header?: never; path: { "number": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["LookedUpNumber"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/number-tables/{table}/imports": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string; "If-Match"?: string }; path: { "table": string }; cookie?: never };
      requestBody: { content: { "application/json": components['schemas']["ImportNumbers"] } };
      responses: {
        202: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["Job"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/rate-sheets/{rateSheet}/undoings": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string; "If-Match"?: string }; path: { "rateSheet": string }; cookie?: never };
      requestBody?: never;
      responses: {
        201: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["UndoneRateSheet"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/charging/accounts/{account}/party": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "fields"?: string }; header?: never; path: { "account": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["PartyOfAccount"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
    put: {
      parameters: { query?: never; header?: { "If-Match"?: string }; path: { "account": string }; cookie?: never };
      requestBody: { content: { "application/json": {
        "party": string | null;
      } } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["PartyOfAccount"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/portal/charging-accounts": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["ChargingAccount"])[];
        "names": { [name: string]: string };
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/portal/charging-accounts/{account}/history": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "limit"?: number; "cursor"?: string; "sort"?: "-at"; "fields"?: string }; header?: never; path: { "account": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["JournalEntry"])[];
        "next": string | null;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/portal/charging-accounts/{account}/uses/{use}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "fields"?: string }; header?: never; path: { "account": string; "use": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["OwnUse"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/portal/charging-accounts/{account}/controls": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "fields"?: string }; header?: never; path: { "account": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["SpendingControl"])[];
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/portal/charging-accounts/{account}/controls/{control}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    put: {
      parameters: { query?: never; header: { "Idempotency-Key": string; "If-Match"?: string }; path: { "account": string; "control": string }; cookie?: never };
      requestBody: { content: { "application/json": {
        "limit"?: components['schemas']["Quantity"] | "plan";
        "agreedUntil"?: string | "period" | null;
      } } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["ChargingAccount"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/portal/charging-accounts/{account}/voucher-redemptions": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path: { "account": string }; cookie?: never };
      requestBody: { content: { "application/json": {
        "code": string;
      }; "application/x-ndjson": string } };
      responses: {
        201: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["ChargingAccount"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        408: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/jobs": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "limit"?: number; "cursor"?: string; "sort"?: "-startedAt"; "state"?: "running" | "done" | "failed" | "cancelled" | "interrupted"; "kind"?: string; "fields"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["Job"])[];
        "next": string | null;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/jobs/{job}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "fields"?: string }; header?: never; path: { "job": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["Job"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/jobs/{job}/events": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: { "Last-Event-ID"?: string }; path: { "job": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "text/event-stream": string } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/jobs/{job}/cancellations": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string; "If-Match"?: string }; path: { "job": string }; cookie?: never };
      requestBody?: never;
      responses: {
        202: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["Job"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/jobs/{job}/restarts": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string; "If-Match"?: string }; path: { "job": string }; cookie?: never };
      requestBody?: never;
      responses: {
        202: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["Job"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        409: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        412: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/users/{email}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "fields"?: string }; header?: never; path: { "email": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["User"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/portal/users/{email}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "fields"?: string }; header?: never; path: { "email": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["User"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/charging/voucher-batches/{batch}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "fields"?: string }; header?: never; path: { "batch": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["VoucherBatch"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/legal-entities/{legalEntity}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "fields"?: string }; header?: never; path: { "legalEntity": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["LegalEntity"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/accounts/{account}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "fields"?: string }; header?: never; path: { "account": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["Account"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/rate-sheets/{rateSheet}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "fields"?: string }; header?: never; path: { "rateSheet": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["RateSheet"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/number-tables/{table}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "fields"?: string }; header?: never; path: { "table": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["NumberTable"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/declarations/{declaration}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "fields"?: string }; header?: never; path: { "declaration": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["Declaration"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/payment-orders/{order}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "fields"?: string }; header?: never; path: { "order": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["PaymentOrder"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/nettings/{netting}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "fields"?: string }; header?: never; path: { "netting": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["Netting"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/ledger/waiting/{waiting}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "fields"?: string }; header?: never; path: { "waiting": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["WaitingEntry"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
}

export interface components {
  schemas: {
    AcceptPartnerInvoice: {
      "whole"?: boolean;
      "undisputed"?: string;
      "claim"?: string;
      "reason"?: string;
      "evidence"?: (string)[];
      "respondDays"?: number;
      "beforeClose"?: boolean;
      "moreToCome"?: boolean;
      "taxAsInvoiced"?: boolean;
      "on"?: string;
    };
    AcceptedPartnerInvoice: {
      "state": "proposed" | "accepted";
      "isNew": boolean;
      "contested": string;
      "claimed": string;
      "cleared": string;
      "dispute"?: string;
    };
    Account: {
      "account": string;
      "party": string;
      "legalEntity": string;
      "currency": string;
      "paymentTermsDays"?: number;
      "creditLimit"?: string;
    };
    AccountHold: {
      "account": string;
      "why": string;
      "by": string;
      "since": string;
      "releasedBy"?: string;
      "released"?: string;
    };
    AccountMoves: {
      "account": string;
      "party": string;
      "currencies": ({
        "currency": string;
        "opening": string;
        "closing": string;
        "moves": ({
          "day": string;
          "kind": string;
          "entry": string;
          "description": string;
          "ledgerAccount": string;
          "document"?: string;
          "dueDay"?: string;
          "amount": string;
          "balance": string;
        })[];
      })[];
    };
    AddTaxCertificate: {
      "party": string;
      "number": string;
      "of": string;
      "validFrom": string;
      "validTo"?: string;
      "note"?: string;
    };
    AddedRate: {
      "tariff": string;
      "currency": string;
      "per": number;
      "rate": components['schemas']["RateShown"];
      "before"?: components['schemas']["RateShown"];
      "isKnown": boolean;
      "held": number;
      "isWritten": boolean;
    };
    Ageing: {
      "legalEntity": string;
      "buckets": (string)[];
      "rows": ({
        "account": string;
        "ledgerAccount": "receivable" | "payable";
        "currency": string;
        "amounts": (string)[];
        "disputed": string;
        "total": string;
      })[];
    };
    Agreement: {
      "agreement": string;
      "name": string;
      "account": string;
      "zone": string;
      "currency": string;
      "validFrom": string;
      "validTo"?: string;
      "settlementPeriod": string;
      "services": ({
        "service": string;
        "role": string;
        "tariff": string;
      })[];
    };
    AllocatePayment: {
      "from": string;
      "account"?: string;
      "documents"?: (string)[];
      "rule"?: "oldest-first" | "pro-rata";
      "amount"?: string;
      "legalEntity"?: string;
      "on"?: string;
    };
    Allocated: {
      "allocation"?: string;
      "currency": string;
      "left": string;
      "parts": ({
        "document": string;
        "account": string;
        "amount": string;
        "currency": string;
      })[];
    };
    Allocation: {
      "allocation": string;
      "kind": "allocation" | "set-off";
      "legalEntity": string;
      "day": string;
      "by": string;
      "description": string;
      "parts": ({
        "account"?: string;
        "document"?: string;
        "amount": string;
        "currency": string;
      })[];
      "undone"?: {
        "by": string;
        "day": string;
      };
    };
    AnsweredItem: {
      "ratingGroup"?: string;
      "services"?: (string)[];
      "result": components['schemas']["ChargingResult"];
      "granted"?: components['schemas']["Units"];
      "validitySeconds"?: number;
      "holdingSeconds"?: number;
      "consumptionSeconds"?: number;
      "threshold"?: components['schemas']["Units"];
      "tariffChange"?: string;
      "finalUnit"?: {
        "action": "terminate" | "redirect" | "restrict";
        "to"?: string;
        "filter"?: string;
      };
      "slowTo"?: string;
      "debit"?: string;
      "detail"?: string;
    };
    ApiKey: {
      "key": string;
      "name": string;
      "permissions": (string)[];
      "withheld"?: (string)[];
      "party"?: string;
      "madeBy": string;
      "made": string;
      "expires"?: string;
      "revoked"?: string;
      "lastUsed"?: string;
    };
    Approved: {
      "statement": string;
      "given": number;
      "wanted": number;
      "sides": ({
        "side": string;
        "currency": string;
        "outcome": string;
        "document"?: string;
      })[];
    };
    AskedErasure: {
      "state": "under-way" | "waiting" | "refused" | "dry-run";
      "erasure"?: string;
      "job"?: string;
      "report"?: components['schemas']["ErasureReport"];
    };
    AskedPersonExport: {
      "export": string;
      "job": string;
      "file": string;
    };
    AssignPayment: {
      "account": string;
      "on"?: string;
    };
    AuditCheck: {
      "entries": number;
      "erased": number;
      "head": string;
      "faults": ({
        "entry": string;
        "said": string;
      })[];
    };
    AuditEntry: {
      "entry": string;
      "at": string;
      "stage": "begun" | "changed" | "done" | "refused" | "failed" | "seen";
      "operation": string;
      "hash": string;
      "who": {
        "kind": "user" | "key" | "cli" | "nobody";
        "id": string;
        "name": string;
        "address"?: string;
        "session"?: string;
        "party"?: string;
      };
      "subject": {
        "kind": string;
        "id": string;
      };
      "request"?: string;
      "follows"?: string;
      "code"?: string;
      "asked"?: string;
      "before"?: string;
      "after"?: string;
      "isErased": boolean;
    };
    Balance: {
      "account": string;
      "bucket": string;
      "definition": string;
      "unit": "money" | "seconds" | "bytes" | "messages" | "events";
      "left": string;
      "setAside": string;
      "credit": string;
      "validTo"?: string;
    };
    Balances: {
      "account": string;
      "balances": (components['schemas']["Balance"])[];
    };
    Brand: {
      "legalEntity": string;
      "name": string;
      "registeredName": string;
      "address": (string)[];
      "email"?: string;
      "accent"?: string;
      "logo"?: string;
    };
    Calendar: {
      "calendar": string;
      "country"?: string;
      "region"?: string;
      "fromYear"?: number;
      "toYear"?: number;
      "added": (string)[];
      "removed": (string)[];
      "dates": (string)[];
      "timeBands": (string)[];
    };
    CardEvent: {
      "event": string;
      "type": string;
      "receivedAt": string;
      "outcome": "booked" | "noted" | "held";
      "said": string;
      "seenBy"?: string;
    };
    Charge: {
      "charge": string;
      "role": string;
      "agreement": string;
      "destination": string;
      "money": {
        "amount": string;
        "currency": string;
      };
    };
    ChargingAccount: {
      "account": string;
      "plan": string;
      "currency": string;
      "status": "active" | "blocked" | "closed";
      "identities": (string)[];
      "pools": ({
        "pool": string;
        "caps": { [name: string]: string };
      })[];
      "owes": string;
      "balances": (components['schemas']["Balance"])[];
      "counters": ({
        "counter": string;
        "unit"?: "money" | "seconds" | "bytes" | "messages" | "events";
        "value": string;
        "setAside": string;
        "until"?: string;
      })[];
      "sessions": number;
    };
    ChargingAnswer: {
      "reference"?: string;
      "number"?: number;
      "result": components['schemas']["ChargingResult"];
      "account"?: string;
      "items": (components['schemas']["AnsweredItem"])[];
      "cost"?: {
        "amount": string;
        "currency": string;
      };
      "detail"?: string;
    };
    ChargingPeer: {
      "peer": string;
      "connections": number;
      "ended": number;
      "faultyRequests": number;
    };
    ChargingPeers: {
      "listening": (string)[];
      "items": (components['schemas']["ChargingPeer"])[];
      "refused": number;
      "strayAnswers": number;
      "failed": number;
    };
    ChargingResult: "granted" | "credit-limit-reached" | "service-denied" | "no-charge" | "user-unknown" | "rating-failed" | "unknown-session" | "out-of-order" | "units-not-fitting" | "too-busy" | "unable-to-comply";
    ChargingStatus: {
      "account": string;
      "status": "active" | "blocked" | "closed";
    };
    CheckTax: {
      "from"?: string;
      "to"?: string;
    };
    CheckedPartnerInvoice: {
      "invoice": components['schemas']["PartnerInvoice"];
      "expected"?: string;
      "covers": ({
        "agreement": string;
        "period": {
          "from": string;
          "to": string;
        };
        "net": string;
        "expected"?: string;
        "isClosed": boolean;
        "fits": boolean;
      })[];
      "accepted"?: {
        "net": string;
        "contested": string;
        "claimed": string;
        "cleared": ({
          "amount": string;
          "currency": string;
        })[];
        "stillExpected": ({
          "amount": string;
          "currency": string;
        })[];
      };
      "taxFaults": (string)[];
      "agreedDueDay"?: string;
      "reconciled": (components['schemas']["Reconciliation"])[];
    };
    CheckedPeriod: {
      "agreement": string;
      "period": string;
      "state": "ready" | "blocked" | "refused";
      "findings": ({
        "check": string;
        "detail": string;
        "said"?: (string | {
          "code": string;
          "values": { [name: string]: string };
        })[];
      })[];
      "refusals": ({
        "code": string;
        "message": string;
      })[];
      "approvals": number;
      "amounts": ({
        "side": string;
        "amount": string;
        "currency": string;
      })[];
    };
    CloseLedger: {
      "firstOpen": string;
      "why": string;
      "legalEntity"?: string;
      "on"?: string;
    };
    ClosePeriods: {
      "agreements"?: (string)[];
      "period"?: string;
      "on"?: string;
      "override"?: string;
    };
    Contact: {
      "language"?: string;
      "number"?: string;
      "email"?: string;
      "ways"?: (string)[];
      "doNotDisturb": boolean;
    };
    ContactWords: {
      "language"?: "en" | "de" | "fr" | "es" | "pt" | "ar" | null;
      "number"?: string | null;
      "email"?: string | null;
      "ways"?: ("sms" | "email")[] | null;
      "doNotDisturb"?: boolean;
    };
    Conversion: {
      "from": string;
      "to": string;
      "day": string;
      "source": string;
      "rate": string;
      "exact": string;
      "steps": ({
        "from": string;
        "to": string;
        "rate": string;
        "isInverse": boolean;
      })[];
    };
    CreditAlarm: {
      "alarm": string;
      "account": string;
      "percent": number;
      "exposure": string;
      "limit": string;
      "currency": string;
      "raisedAt": string;
      "clearedAt"?: string;
    };
    CreditDocument: {
      "reason": string;
      "lines"?: ({
        "line": number;
        "net"?: string;
      })[];
      "on"?: string;
    };
    CreditLimit: {
      "account": string;
      "creditLimit": {
        "amount": string;
        "currency": string;
      };
    };
    CurrencyInUse: {
      "currency": string;
      "name": string;
      "decimals": number;
      "legalEntities": (string)[];
      "accounts": number;
      "tariffs": number;
    };
    DayOfMargin: {
      "day": string;
      "amount": string;
      "currency": string;
    };
    DayOfMoney: {
      "day": string;
      "side": "receivable" | "payable";
      "amount": string;
      "currency": string;
    };
    DayOfTraffic: {
      "day": string;
      "side": "receivable" | "payable";
      "events": number;
      "answered": number;
    };
    DealProgress: {
      "deal": string;
      "name": string;
      "kind": string;
      "from": string;
      "lastDay": string;
      "days": number;
      "daysOver": number;
      "measure": "minutes" | "messages" | "MB" | "GB" | "events" | "money";
      "promised"?: string;
      "sides": ({
        "side": "receivable" | "payable";
        "reached": string;
        "adjustment": string;
        "words": string;
        "percent"?: string;
        "linear"?: {
          "reached": string;
          "adjustment": string;
        };
        "byWeekday"?: {
          "reached": string;
          "adjustment": string;
        };
      })[];
    };
    DecidedEntry: {
      "legalEntity": string;
      "day": string;
      "kind": string;
      "reference": string;
      "description": string;
      "by": string;
      "corrects"?: string;
      "postings": ({
        "ledgerAccount": string;
        "account"?: string;
        "agreement"?: string;
        "service"?: string;
        "document"?: string;
        "dueDay"?: string;
        "currency": string;
        "amount": string;
        "inOwnCurrency"?: string;
      })[];
    };
    Declaration: {
      "declaration": string;
      "agreement": string;
      "side": string;
      "service": string;
      "kind": string;
      "period": {
        "from": string;
        "to": string;
      };
      "currency": string;
      "document"?: string;
      "source": string;
      "lines": number;
      "amount"?: string;
      "by": string;
      "at": string;
    };
    Deletion: {
      "deletion": string;
      "kind": string;
      "rule": string;
      "from": string;
      "before": string;
      "records": number;
      "bytes": number;
      "by": string;
      "at": string;
    };
    Delivery: {
      "delivery": string;
      "legalEntity": string;
      "document": string;
      "account": string;
      "way": string;
      "route": string;
      "state": "waiting" | "sending" | "sent" | "failed" | "bounced" | "stopped";
      "attempts": number;
      "next"?: string;
      "ended"?: string;
      "said": string;
    };
    Dispute: {
      "dispute": string;
      "state": "open" | "offered" | "agreed" | "withdrawn" | "settled";
      "side": string;
      "legalEntity": string;
      "account": string;
      "party": string;
      "document": string;
      "isOurs": boolean;
      "agreement"?: string;
      "line"?: number;
      "currency": string;
      "net": string;
      "gross": string;
      "reason": string;
      "raisedOn": string;
      "respondBy": string;
      "offered"?: string;
      "outcome"?: string;
    };
    DisputeMessage: {
      "message": string;
      "by": "us" | "them";
      "at": string;
      "words": string;
      "who"?: string;
      "files": ({
        "name": string;
        "sha256": string;
        "bytes": number;
      })[];
    };
    DisputeMessageBody: {
      "words"?: string;
      "files"?: (string)[];
    };
    DisputeStep: {
      "kind": string;
      "by": "us" | "them";
      "day": string;
      "net"?: string;
      "outcome"?: string;
      "note": string;
      "result"?: string;
    };
    DisputeStepMade: {
      "kind": "offered" | "accepted" | "rejected" | "withdrawn";
      "by": "us" | "them";
      "on"?: string;
      "note"?: string;
      "amount"?: string;
    };
    Document: {
      "number": string;
      "legalEntity": string;
      "kind": string;
      "account": string;
      "party": string;
      "currency": string;
      "issueDay": string;
      "dueDay": string;
      "net": string;
      "tax": string;
      "total": string;
      "corrects"?: string;
      "corrections": (string)[];
      "reason"?: string;
      "period"?: {
        "from": string;
        "to": string;
      };
      "statement"?: string;
      "lines": ({
        "line": number;
        "kind": string;
        "description": string;
        "net": string;
        "agreement"?: string;
        "service"?: string;
        "statementLine"?: number;
        "left": {
          "amount": string;
          "currency": string;
        };
      })[];
      "taxes": ({
        "name": string;
        "percent": string;
        "base": string;
        "tax": string;
      })[];
      "prepaid": string;
      "notes": (string)[];
      "sha256": string;
    };
    Draft: {
      "draft": string;
      "key": string;
      "kind": string;
      "legalEntity": string;
      "account": string;
      "party": string;
      "currency": string;
      "issueDay": string;
      "dueDay": string;
      "net": string;
      "tax": string;
      "total": string;
      "by": string;
      "lines": ({
        "line": number;
        "description": string;
        "net": string;
      })[];
    };
    DuePeriod: {
      "agreement": string;
      "party": string;
      "period": string;
    };
    DunningLetter: {
      "letter": string;
      "legalEntity": string;
      "account": string;
      "day": string;
      "stage": number;
      "stageName": string;
      "tone": string;
      "currency": string;
      "owed": string;
      "fee": string;
      "hold": boolean;
      "payBy": string;
      "lines": ({
        "document": string;
        "dueDay": string;
        "owed": string;
        "stage": number;
        "daysLate": number;
      })[];
    };
    EndTaxCertificate: {
      "party": string;
      "number": string;
      "of": string;
      "on": string;
      "why": string;
    };
    EnterEntries: {
      "upload": string;
      "opening"?: boolean;
      "legalEntity"?: string;
    };
    EnterPayment: {
      "reference": string;
      "direction": "in" | "out";
      "money": {
        "amount": string;
        "currency": string;
      };
      "day": string;
      "account"?: string;
      "said"?: (string)[];
      "from"?: string;
      "legalEntity"?: string;
    };
    EnteredEntries: {
      "state": "booked" | "waiting";
      "entries": ({
        "entry": string;
        "kind": string;
        "reference": string;
        "day": string;
      })[];
    };
    Erasure: {
      "erasure": string;
      "state": "waiting" | "done" | "refused";
      "reason": string;
      "by": string;
      "asked": string;
      "decidedBy"?: string;
      "decided"?: string;
    };
    ErasureReport: {
      "tables": ({
        "table": string;
        "rows": number;
        "how": "deleted" | "pseudonyms" | "kept";
        "why"?: string;
      })[];
      "rawFiles": ({
        "file": string;
        "source": string;
        "until": string;
      })[];
      "accountsClosed": number;
    };
    ExchangeRate: {
      "source": string;
      "day": string;
      "of": string;
      "in": string;
      "rate": string;
      "by": string;
      "at": string;
      "why"?: string;
    };
    ExchangeSource: {
      "source": string;
      "first": string;
      "last": string;
      "rates": number;
    };
    ExplainedTax: {
      "day": string;
      "currency": string;
      "net": string;
      "taxAmount": string;
      "toPay": string;
      "taxes": ({
        "rule": string;
        "tax": string;
        "jurisdiction": string;
        "category": "S" | "Z" | "E" | "AE" | "K" | "G" | "O";
        "percent": string;
        "base": string;
        "amount": string;
        "explanation": string;
        "reference"?: string;
        "exemptionCode"?: string;
        "selfAssessed": ({
          "tax": string;
          "jurisdiction": string;
          "percent": string;
          "amount": string;
        })[];
      })[];
      "withheld": ({
        "rule": string;
        "tax": string;
        "jurisdiction": string;
        "category": "S" | "Z" | "E" | "AE" | "K" | "G" | "O";
        "percent": string;
        "base": string;
        "amount": string;
        "explanation": string;
        "reference"?: string;
        "exemptionCode"?: string;
        "selfAssessed": ({
          "tax": string;
          "jurisdiction": string;
          "percent": string;
          "amount": string;
        })[];
      })[];
    };
    Exposure: {
      "account": string;
      "currency": string;
      "unbilled": string;
      "billed": string;
      "disputed": string;
      "unallocated": string;
      "deposit": string;
      "payable": string;
      "contested": string;
      "exposure": string;
      "limit"?: string;
      "available"?: string;
      "usedPercent"?: string;
    };
    Facts: {
      "calling"?: string;
      "called"?: string;
      "apn"?: string;
      "rat"?: string;
      "slice"?: string;
      "visitedNetwork"?: string;
      "roaming"?: boolean;
      "location"?: string;
      "serviceClass"?: string;
      "sizeBytes"?: number;
    };
    FoundNumber: {
      "table": string;
      "number": string;
      "value"?: string;
      "history": ({
        "from"?: string;
        "value"?: string;
      })[];
    };
    GiveExchangeRate: {
      "day": string;
      "of": string;
      "in": string;
      "rate": string;
      "source"?: string;
      "replaceWhy"?: string;
    };
    GivenExchangeRate: {
      "added": number;
      "unchanged": number;
      "replaced": number;
    };
    HeldForReason: {
      "reason": string;
      "records": number;
      "receivable": ({
        "amount": string;
        "currency": string;
      })[];
      "payable": ({
        "amount": string;
        "currency": string;
      })[];
    };
    HeldGroup: {
      "group": string;
      "reason": string;
      "meaning": string;
      "remedy": string;
      "missing": string;
      "source"?: string;
      "records": number;
      "firstRecord": string;
      "lastRecord": string;
      "seconds": string;
      "rate"?: components['schemas']["MissingRate"];
    };
    HoldState: {
      "account": string;
      "isHeld": boolean;
      "hold"?: components['schemas']["AccountHold"];
    };
    ImportDeclaration: {
      "upload": string;
      "agreement": string;
      "period": string;
      "side": "receivable" | "payable";
      "service": "voice" | "sms" | "mms" | "data" | "content" | "event";
      "currency"?: string;
      "columns"?: ({
        "header": string;
        "field": "destination" | "code" | "day" | "hour" | "calls" | "raw" | "billed" | "rate" | "amount" | "currency" | "agreement" | "service" | "period" | "ignore";
      })[];
      "sheet"?: string;
      "separator"?: string;
      "decimal"?: "point" | "comma";
      "dateFormat"?: "dd/mm/yyyy" | "mm/dd/yyyy" | "yyyy-mm-dd";
      "unit"?: "seconds" | "minutes";
      "dryRun"?: boolean;
    };
    ImportExchangeRates: {
      "upload": string;
      "source"?: string;
      "replaceWhy"?: string;
    };
    ImportNumbers: {
      "upload": string;
      "mode": "full" | "delta";
    };
    ImportPartnerInvoice: {
      "upload": string;
      "agreement"?: string;
      "period"?: string;
      "service"?: "voice" | "sms" | "mms" | "data" | "content" | "event";
      "kind"?: "invoice" | "credit-note" | "self-billed-invoice" | "self-billed-credit-note";
      "number"?: string;
      "dated"?: string;
      "due"?: string;
      "currency"?: string;
      "corrects"?: string;
      "tax"?: string;
      "columns"?: ({
        "header": string;
        "field": "destination" | "code" | "day" | "hour" | "calls" | "raw" | "billed" | "rate" | "amount" | "currency" | "agreement" | "service" | "period" | "ignore";
      })[];
      "sheet"?: string;
      "separator"?: string;
      "decimal"?: "point" | "comma";
      "dateFormat"?: "dd/mm/yyyy" | "mm/dd/yyyy" | "yyyy-mm-dd";
      "unit"?: "seconds" | "minutes";
      "dryRun"?: boolean;
      "on"?: string;
    };
    ImportTaxTable: {
      "upload": string;
      "table": string;
    };
    ImportedExchangeRates: {
      "added": number;
      "unchanged": number;
      "replaced": number;
    };
    Interest: {
      "document": string;
      "account": string;
      "amount": string;
      "currency": string;
      "isBooked": boolean;
      "steps": ({
        "from": string;
        "to": string;
        "days": number;
        "open": string;
      })[];
    };
    Invitation: {
      "user": components['schemas']["User"];
      "invitation": string;
      "until": string;
      "byMail": boolean;
    };
    IssueDrafts: {
      "drafts": (string)[];
      "on"?: string;
    };
    IssuedDocument: {
      "number": string;
      "legalEntity": string;
      "kind": string;
      "total": string;
      "currency": string;
    };
    Item: {
      "ratingGroup"?: string;
      "services"?: (string)[];
      "requested"?: "any" | components['schemas']["Units"];
      "used"?: (components['schemas']["UsedUnits"])[];
      "reason"?: "threshold" | "quota-holding-time" | "final" | "quota-exhausted" | "validity-time" | "other-quota-type" | "rating-condition-change" | "forced-reauthorisation" | "pool-exhausted";
    };
    Job: {
      "job": string;
      "kind": string;
      "state": "running" | "done" | "failed" | "cancelled" | "interrupted";
      "by": string;
      "startedAt": string;
      "endedAt"?: string;
      "done": number;
      "total"?: number;
      "secondsLeft"?: number;
      "isStopping": boolean;
      "beganAgain"?: string;
      "result"?: unknown;
      "refusals": ({
        "code": string;
        "message": string;
        "field"?: string;
        "value"?: string;
        "file"?: string;
        "line"?: number;
      })[];
      "title": string;
    };
    JournalEntry: {
      "entry": string;
      "account": string;
      "at": string;
      "bucket": number;
      "definition": string;
      "unit": "money" | "seconds" | "bytes" | "messages" | "events";
      "before": string;
      "after": string;
      "change": string;
      "cause": string;
      "of": string;
      "request"?: number;
      "note"?: string;
    };
    KeepTemplate: {
      "base"?: "classic" | "modern" | "compact";
      "source"?: string;
      "logo"?: string;
    };
    KeptBecause: {
      "code": string;
      "message": string;
    };
    LateInterest: {
      "document": string;
      "percent": string;
      "until": string;
      "book"?: boolean;
      "legalEntity"?: string;
    };
    LedgerClosing: {
      "legalEntity": string;
      "kind": "close" | "reopen";
      "firstOpen": string;
      "why": string;
      "by": string;
      "at": string;
    };
    LedgerEntry: {
      "sequence": number;
      "bookedAt": string;
      "hash": string;
      "legalEntity": string;
      "day": string;
      "kind": string;
      "reference": string;
      "description": string;
      "by": string;
      "corrects"?: string;
      "postings": ({
        "ledgerAccount": string;
        "account"?: string;
        "agreement"?: string;
        "service"?: string;
        "document"?: string;
        "dueDay"?: string;
        "currency": string;
        "amount": string;
        "inOwnCurrency"?: string;
      })[];
    };
    LegalEntity: {
      "legalEntity": string;
      "name": string;
      "country": string;
      "currency": string;
      "zone": string;
      "address": (string)[];
      "taxId"?: string;
    };
    LegalHold: {
      "hold": string;
      "party"?: string;
      "from": string;
      "before"?: string;
      "why": string;
      "by": string;
      "at": string;
      "releasedAt"?: string;
      "releasedBy"?: string;
      "releaseWhy"?: string;
    };
    ListedChargingAccount: {
      "account": string;
      "plan": string;
      "currency": string;
      "status": "active" | "blocked" | "closed";
    };
    ListedDocument: {
      "number": string;
      "legalEntity": string;
      "kind": string;
      "account": string;
      "party": string;
      "currency": string;
      "issueDay": string;
      "dueDay": string;
      "net": string;
      "tax": string;
      "total": string;
      "corrects"?: string;
    };
    LoadedFile: {
      "file": string;
      "name": string;
      "source": string;
      "state": string;
      "bytes": number;
      "read": number;
      "rated": number;
      "held": number;
      "duplicate": number;
      "rejected": number;
      "reasons": { [name: string]: number };
      "startedAt": string;
      "finishedAt"?: string;
      "recordsPerSecond"?: number;
    };
    LookedUpNumber: {
      "number": string;
      "tables": (components['schemas']["FoundNumber"])[];
    };
    MadeApiKey: {
      "key": string;
      "secret": string;
    };
    Me: {
      "kind": "person" | "program";
      "name": string;
      "email"?: string;
      "role"?: string;
      "party"?: string;
      "permissions": (string)[];
    };
    MissingRate: {
      "tariff": string;
      "code": string;
      "from": string;
    };
    MoveDeposit: {
      "move": "take" | "return" | "use";
      "money": {
        "amount": string;
        "currency": string;
      };
      "reference": string;
      "document"?: string;
      "on"?: string;
    };
    MovedDeposit: {
      "isNew": boolean;
      "entry": string;
      "kind": string;
      "reference": string;
      "day": string;
    };
    Netting: {
      "netting": string;
      "legalEntity": string;
      "party": string;
      "state": "proposed" | "agreed" | "cancelled";
      "day": string;
      "by": string;
      "currency": string;
      "receivable": string;
      "payable": string;
      "setOff": string;
      "remainder": string;
      "remainderDue"?: string;
      "items": ({
        "document": string;
        "account": string;
        "side": string;
        "dueDay"?: string;
        "currency": string;
        "open": string;
        "worth": string;
        "setOff": string;
      })[];
      "rates": ({
        "currency": string;
        "rate": string;
        "source": string;
        "day": string;
      })[];
      "confirmations": ({
        "side": "us" | "them";
        "by": string;
        "why": string;
      })[];
    };
    Notification: {
      "notification": string;
      "account": string;
      "notice": string;
      "way": "sms" | "email";
      "to": string;
      "language": string;
      "subject"?: string;
      "text": string;
      "state": "waiting" | "sending" | "sent" | "delivered" | "failed" | "suppressed";
      "reason"?: string;
      "attempts": number;
      "made": string;
      "next"?: string;
      "answer"?: string;
    };
    NotificationHistory: {
      "notification": components['schemas']["Notification"];
      "attempts": ({
        "at": string;
        "outcome"?: string;
        "answer"?: string;
      })[];
    };
    NumberTable: {
      "table": string;
      "gives": string;
      "files": ({
        "file": string;
        "mode": "full" | "delta";
        "rows": number;
        "knownFrom": string;
      })[];
    };
    OpenAlarm: {
      "source": string;
      "kind": string;
      "detail": string;
      "at": string;
    };
    OpenItem: {
      "legalEntity": string;
      "account": string;
      "document": string;
      "ledgerAccount": "receivable" | "payable";
      "currency": string;
      "open": string;
      "disputed": string;
      "firstDay": string;
      "dueDay"?: string;
    };
    Overview: {
      "on": string;
      "traffic"?: (components['schemas']["DayOfTraffic"])[];
      "money"?: (components['schemas']["DayOfMoney"])[];
      "margin"?: (components['schemas']["DayOfMargin"])[];
      "held"?: (components['schemas']["HeldForReason"])[];
      "alarms"?: (components['schemas']["OpenAlarm"])[];
      "due"?: (components['schemas']["DuePeriod"])[];
      "disputes"?: (components['schemas']["PressingDispute"])[];
      "charging"?: {
        "sessions": number;
        "accounts": number;
        "waiting": number;
        "requestsPerSecond": number;
      };
    };
    OwnUse: {
      "use": string;
      "isOver": boolean;
      "entries": (components['schemas']["JournalEntry"])[];
      "parts": ({
        "service": string;
        "start": string;
        "with"?: string;
        "charged": {
          "amount": string;
          "currency": string;
        };
        "steps": ({
          "step": string;
          "text": string;
          "said": (string | {
            "code": string;
            "values": { [name: string]: string };
          })[];
        })[];
      })[];
    };
    PartnerInvoice: {
      "invoice": string;
      "version": number;
      "state": "received" | "proposed" | "accepted" | "refused";
      "source": string;
      "kind": "invoice" | "credit-note" | "self-billed-invoice" | "self-billed-credit-note";
      "number": string;
      "legalEntity": string;
      "party": string;
      "account": string;
      "issueDay": string;
      "dueDay": string;
      "currency": string;
      "net": string;
      "tax": string;
      "total": string;
      "lines": ({
        "line": number;
        "description": string;
        "agreement": string;
        "period": {
          "from": string;
          "to": string;
        };
        "service"?: string;
        "net": string;
      })[];
      "steps": ({
        "kind": string;
        "by": string;
        "day": string;
        "reason"?: string;
      })[];
    };
    Party: {
      "party": string;
      "name": string;
      "kind": "carrier" | "mvno" | "roaming-partner" | "content-provider" | "aggregator" | "reseller" | "customer";
      "country"?: string;
      "address": (string)[];
      "taxId"?: string;
      "email"?: string;
    };
    PartyOfAccount: {
      "account": string;
      "party"?: string;
    };
    PauseDunning: {
      "document"?: string;
      "until"?: string;
      "why": string;
    };
    Payment: {
      "payment": string;
      "legalEntity": string;
      "direction": "in" | "out";
      "day": string;
      "money": {
        "amount": string;
        "currency": string;
      };
      "from"?: string;
      "iban"?: string;
      "said": (string)[];
      "isReversal": boolean;
      "left": ({
        "account"?: string;
        "money": {
          "amount": string;
          "currency": string;
        };
      })[];
    };
    PaymentOrder: {
      "order": string;
      "legalEntity": string;
      "state": "proposed" | "approved" | "rejected";
      "day": string;
      "bankAccount": string;
      "by": string;
      "madeAt": string;
      "lines": ({
        "reference": string;
        "party": string;
        "name": string;
        "account": string;
        "to": string;
        "amount": string;
        "currency": string;
        "documents": (string)[];
      })[];
    };
    PaymentReturn: {
      "of": string;
      "on"?: string;
    };
    PaymentUse: {
      "allocation": string;
      "day": string;
      "by": string;
      "documents": ({
        "document": string;
        "amount": string;
        "currency": string;
      })[];
      "isUndone": boolean;
    };
    PeriodBoard: {
      "due": ({
        "agreement": string;
        "account": string;
        "party": string;
        "period": string;
      })[];
      "recorded": (components['schemas']["RecordedPeriod"])[];
    };
    PortalCall: {
      "call": string;
      "started": string;
      "service": string;
      "calling"?: string;
      "called": string;
      "answered": boolean;
      "seconds": string;
      "agreement": string;
      "role": string;
      "destination": string;
      "billed": string;
      "amount": string;
      "currency": string;
    };
    PortalCause: {
      "way": "from-you" | "to-you";
      "cause": string;
      "attempts": string;
      "answered": string;
    };
    PortalDeclaration: {
      "declaration": string;
      "agreement": string;
      "side": string;
      "service": string;
      "period": {
        "from": string;
        "to": string;
      };
      "currency": string;
      "document"?: string;
      "source": string;
      "lines": number;
      "amount"?: string;
      "at": string;
    };
    PortalInvoice: {
      "invoice": string;
      "number": string;
      "kind": string;
      "state": "received" | "proposed" | "accepted" | "refused";
      "source": string;
      "issueDay": string;
      "dueDay": string;
      "currency": string;
      "net": string;
      "tax": string;
      "total": string;
    };
    PortalPaymentDetails: {
      "account": string;
      "currency": string;
      "legalEntity": string;
      "name": string;
      "bankAccounts": ({
        "iban"?: string;
        "accountNumber"?: string;
        "clearing"?: string;
        "bic"?: string;
        "bank"?: string;
        "holder"?: string;
        "currency"?: string;
      })[];
    };
    PortalRate: {
      "rate": string;
      "code"?: string;
      "destination": string;
      "band"?: string;
      "price": string;
      "before"?: string;
      "change": "new" | "increase" | "decrease" | "same";
      "increments"?: string;
      "setupFee"?: string;
      "from"?: string;
      "to"?: string;
    };
    PortalRateSheet: {
      "sheet": string;
      "agreement": string;
      "file": string;
      "sentAt": string;
      "sentBy": string;
      "state": "waiting" | "in-force" | "put-aside";
      "rows": number;
      "counts": { [name: string]: number };
      "faultCount": number;
      "faults": (components['schemas']["RateSheetFault"])[];
    };
    PortalReconciliation: {
      "declaration": string;
      "agreement": string;
      "period": {
        "from": string;
        "to": string;
      };
      "side": string;
      "service": string;
      "document"?: string;
      "currency": string;
      "ours": {
        "calls": number;
        "billed": string;
        "amount": string;
      };
      "theirs": {
        "calls": number;
        "billed": string;
        "amount": string;
      };
      "difference": string;
      "unexplained": string;
      "lineCount": number;
      "causes": ({
        "cause": "hours-missing" | "files-missing" | "files-twice" | "hours-twice" | "short-calls" | "ported" | "code-deck" | "zone" | "start" | "increments" | "rate-date" | "tax" | "exchange";
        "words": string;
        "amount": string;
        "calls": number;
        "evidence": string;
        "said"?: (string | {
          "code": string;
          "values": { [name: string]: string };
        })[];
        "evidenceSaid"?: (string | {
          "code": string;
          "values": { [name: string]: string };
        })[];
      })[];
      "lines": (components['schemas']["ReconciledLine"])[];
      "differing": number;
    };
    PortalStatement: {
      "agreement": string;
      "period": string;
      "version": number;
      "from": string;
      "to": string;
      "closedOn": string;
      "sha256": string;
    };
    PortalTariff: {
      "tariff": string;
      "agreement": string;
      "service": "voice" | "sms" | "mms" | "data" | "content" | "event";
      "currency": string;
      "zone": string;
      "way": "from-you" | "to-you";
      "inForce": number;
      "nextChange"?: string;
      "changed"?: string;
    };
    PortalTraffic: {
      "row": string;
      "way": "from-you" | "to-you";
      "service": "voice" | "sms" | "mms" | "data" | "content" | "event";
      "currency": string;
      "attempts": string;
      "answered": string;
      "minutes"?: string;
      "units"?: string;
      "asr"?: string;
      "acd"?: string;
      "pdd"?: string;
      "pddSlow"?: string;
      "amount": string;
    };
    PressingDispute: {
      "dispute": string;
      "party": string;
      "document": string;
      "reason": string;
      "respondBy": string;
      "amount": string;
      "currency": string;
    };
    Problem: {
      "type": string;
      "status": number;
      "detail": string;
      "instance": string;
      "code": string;
      "remedy": string;
      "refusals": ({
        "code": string;
        "message": string;
        "field"?: string;
        "value"?: string;
        "file"?: string;
        "line"?: number;
      })[];
      "title": string;
    };
    ProposeNetting: {
      "party": string;
      "currency"?: string;
      "dueBy"?: string;
      "accounts"?: (string)[];
      "rates"?: ({
        "currency": string;
        "rate": string;
      })[];
      "remainderDue"?: string;
      "legalEntity"?: string;
      "on"?: string;
    };
    ProposeNettings: {
      "dueBy"?: string;
      "legalEntity"?: string;
      "on"?: string;
    };
    ProposePaymentOrder: {
      "dueBy": string;
      "day"?: string;
      "currency"?: string;
      "party"?: string;
      "refunds"?: (string)[];
      "from"?: string;
      "legalEntity"?: string;
    };
    Quantity: string;
    RaiseDispute: {
      "document": string;
      "legalEntity"?: string;
      "party"?: string;
      "amount"?: string;
      "line"?: number;
      "reason": string;
      "by": "us" | "them";
      "on"?: string;
      "evidence"?: (string)[];
      "respondDays"?: number;
    };
    RateChange: {
      "kind": string;
      "code"?: string;
      "destination": string;
      "band"?: string;
      "oldPrice"?: string;
      "newPrice"?: string;
      "percent"?: string;
      "from": string;
      "to"?: string;
      "what": (string)[];
    };
    RateSheet: {
      "rateSheet": string;
      "agreement": string;
      "tariff": string;
      "file": string;
      "sha256": string;
      "mode": string;
      "takenIn": string;
      "summary": { [name: string]: unknown };
    };
    RateSheetDraft: {
      "draft": string;
      "agreement": string;
      "file": string;
      "options": components['schemas']["RateSheetOptions"];
      "changedAt": string;
      "sentBy"?: string;
    };
    RateSheetFault: {
      "code": string;
      "message": string;
      "remedy": string;
      "row"?: number;
      "column"?: string;
      "value"?: string;
    };
    RateSheetOptions: {
      "role"?: string;
      "service"?: string;
      "template"?: string;
      "saveTemplate"?: string;
      "mode"?: string;
      "sheet"?: string;
      "dateFormat"?: string;
      "decimal"?: string;
      "zone"?: string;
      "increments"?: string;
      "effective"?: string;
      "maxChangeFactor"?: string;
      "noticeDays"?: string;
      "skipRows"?: string;
      "separator"?: string;
      "map"?: (string)[];
      "accept"?: (string)[];
    };
    RateSheetPreview: {
      "sheets": (string)[];
      "rows": ({
        "row": number;
        "cells": (string)[];
      })[];
      "report"?: components['schemas']["RateSheetReport"];
      "faults": (components['schemas']["RateSheetFault"])[];
      "effect"?: {
        "days": number;
        "currency": string;
        "charged": string;
        "difference": string;
        "uncertain": {
          "charged": string;
          "changesWithoutTraffic": number;
        };
        "largest": ({
          "code": string;
          "destination": string;
          "difference": string;
        })[];
      };
    };
    RateSheetReport: {
      "outcome": string;
      "agreement": string;
      "tariff": string;
      "currency": string;
      "role": string;
      "service": string;
      "mode": string;
      "zone": string;
      "columns": ({
        "header": string;
        "field": string;
      })[];
      "unread": (string)[];
      "headerRow": number;
      "rowsRead": number;
      "counts": { [name: string]: number };
      "faultCount": number;
      "faults": (components['schemas']["RateSheetFault"])[];
      "warnings": ({
        "code": string;
        "meaning": string;
        "count": number;
        "isAccepted": boolean;
        "examples": (components['schemas']["RateSheetFault"])[];
      })[];
      "changes": (components['schemas']["RateChange"])[];
      "rateSheet"?: string;
    };
    RateShown: {
      "code"?: string;
      "destination": string;
      "price": string;
      "increments"?: string;
      "from": string;
    };
    ReadDeclaration: {
      "declaration"?: string;
      "isNew": boolean;
      "currency": string;
      "columns": ({
        "header": string;
        "field": string;
      })[];
      "count": number;
      "lines": ({
        "row": number;
        "destination": string;
        "calls"?: number;
        "amount"?: string;
      })[];
    };
    ReadPartnerInvoice: {
      "invoice"?: string;
      "isNew": boolean;
      "columns": ({
        "header": string;
        "field": string;
      })[];
      "kind": "invoice" | "credit-note" | "self-billed-invoice" | "self-billed-credit-note";
      "number": string;
      "legalEntity": string;
      "party": string;
      "account": string;
      "issueDay": string;
      "dueDay": string;
      "currency": string;
      "net": string;
      "tax": string;
      "total": string;
      "lines": ({
        "line": number;
        "description": string;
        "agreement": string;
        "period": {
          "from": string;
          "to": string;
        };
        "service"?: string;
        "net": string;
      })[];
    };
    ReconciledLine: {
      "line": number;
      "destination": string;
      "time": string;
      "state": "matched" | "within-tolerance" | "quantity" | "rate" | "missing-theirs" | "missing-ours";
      "ours": {
        "calls": number;
        "billed": string;
        "amount": string;
      };
      "theirs": {
        "calls": number;
        "billed": string;
        "amount": string;
      };
      "difference": string;
    };
    Reconciliation: {
      "declaration": string;
      "agreement": string;
      "period": {
        "from": string;
        "to": string;
      };
      "side": string;
      "service": string;
      "document"?: string;
      "currency": string;
      "ours": {
        "calls": number;
        "billed": string;
        "amount": string;
      };
      "theirs": {
        "calls": number;
        "billed": string;
        "amount": string;
      };
      "difference": string;
      "causes": ({
        "cause": string;
        "words": string;
        "amount": string;
        "calls": number;
        "evidence": string;
        "said"?: (string | {
          "code": string;
          "values": { [name: string]: string };
        })[];
        "evidenceSaid"?: (string | {
          "code": string;
          "values": { [name: string]: string };
        })[];
      })[];
      "unexplained": string;
      "lines": (components['schemas']["ReconciledLine"])[];
    };
    ReconciliationRun: {
      "reconciliation": string;
      "agreement": string;
      "period": string;
      "at": string;
      "items": (components['schemas']["ReconciliationSum"])[];
    };
    ReconciliationSum: {
      "declaration": string;
      "agreement": string;
      "period": {
        "from": string;
        "to": string;
      };
      "side": string;
      "service": string;
      "document"?: string;
      "currency": string;
      "ours": {
        "calls": number;
        "billed": string;
        "amount": string;
      };
      "theirs": {
        "calls": number;
        "billed": string;
        "amount": string;
      };
      "difference": string;
      "causes": ({
        "cause": string;
        "words": string;
        "amount": string;
        "calls": number;
        "evidence": string;
        "said"?: (string | {
          "code": string;
          "values": { [name: string]: string };
        })[];
        "evidenceSaid"?: (string | {
          "code": string;
          "values": { [name: string]: string };
        })[];
      })[];
      "unexplained": string;
      "lineCount": number;
    };
    RecordedPeriod: {
      "agreement": string;
      "account": string;
      "party": string;
      "period": string;
      "statement": string;
      "closedOn": string;
      "closedBy": string;
      "approvals": number;
      "approvedBy": (string)[];
      "overridden": boolean;
      "sides": ({
        "side": string;
        "currency": string;
        "outcome": "issued" | "expected" | "carried" | "nothing";
        "document"?: string;
        "open": {
          "amount": string;
          "currency": string;
        };
      })[];
      "stated": ({
        "side": string;
        "amount": string;
        "currency": string;
      })[];
    };
    RecordedStatement: {
      "sha256": string;
      "content": string;
    };
    ReopenLedger: {
      "firstOpen": string;
      "why": string;
      "legalEntity"?: string;
    };
    ReportFigures: {
      "source": "rollup" | "records";
      "rows": ({
        "row": string;
        "column"?: string;
        "currency": string;
        "sold": components['schemas']["ReportSide"];
        "bought": components['schemas']["ReportSide"];
        "margin": string;
      })[];
      "rowsInAll": number;
    };
    ReportSide: {
      "attempts": string;
      "answered": string;
      "seconds": string;
      "asr"?: string;
      "acd"?: string;
      "pdd"?: string;
      "pddSlow"?: string;
      "amount": string;
    };
    RetentionRule: {
      "kind": string;
      "rule": string;
      "days": number;
      "records": number;
      "bytes": number;
      "from"?: string;
      "to"?: string;
      "kept": (components['schemas']["KeptBecause"])[];
    };
    RevalueBalances: {
      "day": string;
      "legalEntity"?: string;
    };
    RevaluedBalances: {
      "legalEntity": string;
      "currency": string;
      "isNew": boolean;
      "entries": ({
        "entry": string;
        "kind": string;
        "reference": string;
        "day": string;
      })[];
      "changes": ({
        "ledgerAccount": string;
        "account"?: string;
        "balanceIn": string;
        "change": string;
      })[];
    };
    ReverseEntry: {
      "kind": "invoice" | "credit-note" | "payable" | "payable-credit" | "accrual" | "accrual-reversal" | "payment-in" | "payment-out" | "allocation" | "refund" | "set-off" | "write-off" | "deposit" | "interest" | "exchange" | "dispute" | "manual" | "opening" | "reversal";
      "reference": string;
      "why": string;
      "legalEntity"?: string;
      "on"?: string;
    };
    Roles: {
      "roles": ({
        "role": string;
        "meaning": string;
        "ofParty": boolean;
        "permissions": (string)[];
      })[];
      "permissions": ({
        "permission": string;
        "meaning": string;
      })[];
    };
    RunDunning: {
      "legalEntity"?: string;
      "on"?: string;
    };
    RunningSession: {
      "session": string;
      "service": components['schemas']["Service"];
      "since": string;
      "silentUntil": string;
      "cost"?: {
        "amount": string;
        "currency": string;
      };
    };
    SavedReport: {
      "report": string;
      "name": string;
      "question": {
        "rows": "partner" | "agreement" | "destination" | "trunk" | "service" | "day" | "hour" | "cause";
        "columns"?: "partner" | "agreement" | "destination" | "trunk" | "service" | "day" | "hour" | "cause";
        "from": string;
        "to": string;
        "partner"?: string;
        "destination"?: string;
        "trunk"?: string;
        "service"?: "voice" | "sms" | "mms" | "data" | "content" | "event";
      };
      "period": "fixed" | "yesterday" | "last-week" | "last-month" | "month-to-date" | "last-30-days";
      "mailTo": (string)[];
      "mailFormat": string;
      "mailEvery": "never" | "day" | "week" | "month";
      "nextMail"?: string;
      "lastMail"?: string;
      "lastFailure"?: string;
    };
    ScreeningFlags: {
      "rule": string;
      "kind": string;
      "action": "flag" | "hold";
      "subject": string;
      "records": number;
      "waiting": number;
      "firstRecord": string;
      "lastRecord": string;
      "from": string;
      "to": string;
      "detail": string;
    };
    SeeCardEvent: {
      "event": string;
    };
    SendPartnerInvoice: {
      "upload": string;
      "agreement"?: string;
      "period"?: string;
      "service"?: "voice" | "sms" | "mms" | "data" | "content" | "event";
      "kind"?: "invoice" | "credit-note" | "self-billed-invoice" | "self-billed-credit-note";
      "number"?: string;
      "dated"?: string;
      "due"?: string;
      "currency"?: string;
      "corrects"?: string;
      "tax"?: string;
      "columns"?: ({
        "header": string;
        "field": "destination" | "code" | "day" | "hour" | "calls" | "raw" | "billed" | "rate" | "amount" | "currency" | "agreement" | "service" | "period" | "ignore";
      })[];
      "sheet"?: string;
      "separator"?: string;
      "decimal"?: "point" | "comma";
      "dateFormat"?: "dd/mm/yyyy" | "mm/dd/yyyy" | "yyyy-mm-dd";
      "unit"?: "seconds" | "minutes";
      "dryRun"?: boolean;
    };
    SendRateSheet: {
      "upload": string;
      "agreement": string;
      "role"?: "outgoing" | "roaming-outbound" | "content";
      "service"?: "voice" | "sms" | "mms" | "data" | "content" | "event";
      "mode"?: "full" | "amendment";
      "sheet"?: string;
      "dateFormat"?: string;
      "decimal"?: string;
      "zone"?: string;
      "increments"?: string;
      "effective"?: string;
    };
    Service: "voice" | "sms" | "mms" | "data" | "content" | "event";
    SessionTrace: {
      "session": string;
      "account": string;
      "closed"?: string;
      "result"?: components['schemas']["ChargingResult"];
      "entries": (components['schemas']["JournalEntry"])[];
      "records": ({
        "record": string;
        "event"?: string;
        "charged": {
          "amount": string;
          "currency": string;
        };
        "steps": string;
        "explained": ({
          "step": string;
          "said": (string | {
            "code": string;
            "values": { [name: string]: string };
          })[];
        })[];
      })[];
    };
    SettleDispute: {
      "outcome": "credit-note" | "debit-note" | "re-rating" | "write-off" | "their-credit-note" | "their-self-billing";
      "result"?: string;
      "note"?: string;
      "on"?: string;
    };
    Source: {
      "source": string;
      "format": string;
      "place"?: string;
      "loaded": number;
      "refused": number;
      "waiting": number;
      "openAlarms": number;
      "lastFile"?: string;
      "lastSeen"?: string;
      "lastNumber"?: number;
      "days": ({
        "day": string;
        "files": number;
        "read": number;
        "held": number;
        "rejected": number;
        "recordsPerSecond": number;
      })[];
    };
    SourceAlarm: {
      "alarm": number;
      "source": string;
      "kind": "gap" | "repeat" | "late" | "changed" | "refused" | "failing" | "silent" | "difference" | "passed-over";
      "subject": string;
      "detail": string;
      "raisedAt": string;
      "clearedAt"?: string;
    };
    SpendingControl: {
      "control": string;
      "name": string;
      "unit": "money" | "seconds" | "bytes" | "messages" | "events";
      "used": string;
      "setAside": string;
      "limit"?: string;
      "planLimit"?: string;
      "ownLimit"?: string;
      "leastLimit": string;
      "mostLimit"?: string;
      "mayAgree": boolean;
      "agreedUntil"?: string;
      "until"?: string;
    };
    StatementEvent: {
      "charge": string;
      "record": string;
      "start": string;
      "calling"?: string;
      "called": string;
      "trunk"?: string;
      "answered": boolean;
      "billed": number;
      "amount": string;
      "source": string;
      "correction"?: string;
    };
    StatementLine: {
      "line": number;
      "kind": "usage" | "adjustment";
      "side": "receivable" | "payable";
      "role": string;
      "service": string;
      "tariff": string;
      "destination": string;
      "band": string;
      "condition": string;
      "validFrom"?: string;
      "price"?: string;
      "per": string;
      "increments"?: string;
      "terms": (string)[];
      "events": number;
      "answered": number;
      "billed": number;
      "amount": string;
      "currency": string;
      "explanation"?: string;
    };
    StatementLines: {
      "agreement": string;
      "account": string;
      "legalEntity": string;
      "zone": string;
      "provisional": boolean;
      "party": {
        "party": string;
        "name": string;
      };
      "period": {
        "label": string;
        "from": string;
        "to": string;
      };
      "lines": (components['schemas']["StatementLine"])[];
      "net": ({
        "currency": string;
        "receivable": string;
        "payable": string;
        "net": string;
        "toPay": string;
        "owes": "partner" | "entity" | "nobody";
      })[];
    };
    Subscriber: string;
    SuspenseGroup: {
      "group": string;
      "records": number;
      "firstSeen": string;
      "lastSeen": string;
      "receivable": ({
        "amount": string;
        "currency": string;
      })[];
      "payable": ({
        "amount": string;
        "currency": string;
      })[];
      "remedy"?: string;
    };
    TakeBankFile: {
      "upload": string;
      "legalEntity"?: string;
    };
    TakenBankFile: {
      "isNew": boolean;
      "entries": number;
      "pending": number;
      "known": number;
      "payments": (components['schemas']["TakenPayment"])[];
    };
    TakenPayment: {
      "payment": string;
      "money": {
        "amount": string;
        "currency": string;
      };
      "from"?: string;
      "account"?: string;
      "settled": (string)[];
      "left": string;
      "returns"?: string;
      "suggestions": number;
    };
    TaxCertificate: {
      "party": string;
      "number": string;
      "of": string;
      "validFrom": string;
      "validTo"?: string;
      "note"?: string;
      "recordedAt": string;
      "recordedBy": string;
      "ended"?: {
        "why": string;
        "at": string;
        "by": string;
      };
    };
    TaxRate: {
      "rate": string;
      "tax": string;
      "jurisdiction": string;
      "own": boolean;
      "services": ("voice" | "sms" | "mms" | "data" | "content" | "event" | "fee" | "interest" | "commitment")[];
      "source": string;
      "percents": ({
        "percent": string;
        "validFrom": string;
        "validTo"?: string;
        "onTopOf": (string)[];
      })[];
    };
    TaxRule: {
      "rule": string;
      "says": string;
      "own": boolean;
      "validFrom": string;
      "validTo"?: string;
      "seller": (string)[];
      "sellerNot": (string)[];
      "buyer": (string)[];
      "buyerNot": (string)[];
      "relation"?: "domestic" | "same-region" | "other-region" | "foreign";
      "buyerStatus": ("consumer" | "business" | "reseller")[];
      "services": ("voice" | "sms" | "mms" | "data" | "content" | "event" | "fee" | "interest" | "commitment")[];
      "category": "S" | "Z" | "E" | "AE" | "K" | "G" | "O";
      "taxedAt"?: "seller" | "buyer";
      "taxes"?: (string)[];
      "selfAssessed": boolean;
      "requires": ("seller-at-home" | "seller-at-buyer" | "buyer-at-home")[];
      "reference"?: string;
      "wording"?: string;
      "exemptionCode"?: string;
      "source": string;
    };
    TaxTable: {
      "table": string;
      "file": string;
      "sha256": string;
      "rows": number;
      "importedAt": string;
      "importedBy": string;
    };
    Template: {
      "template": string;
      "madeOf": "shipped" | "classic" | "modern" | "compact" | "own-source";
      "logo"?: "svg" | "png" | "jpg";
      "by"?: string;
      "kept"?: string;
      "usedBy": (string)[];
    };
    TimeBands: {
      "timeBands": string;
      "calendar"?: string;
      "tariffs": (string)[];
      "bands": ({
        "band": string;
        "otherwise": boolean;
        "ranges": ({
          "days": ("mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun" | "holiday")[];
          "from": string;
          "to": string;
        })[];
      })[];
    };
    TrialBalance: {
      "legalEntity": string;
      "currency": string;
      "lines": ({
        "ledgerAccount": string;
        "currency": string;
        "opening": string;
        "debit": string;
        "credit": string;
        "closing": string;
        "closingInOwnCurrency": string;
      })[];
    };
    UndoAllocation: {
      "why": string;
      "legalEntity"?: string;
      "on"?: string;
    };
    UndoneRateSheet: {
      "rateSheet": string;
      "taken": number;
      "restored": number;
    };
    Units: {
      "seconds"?: number;
      "bytes"?: number;
      "bytesUp"?: number;
      "bytesDown"?: number;
      "events"?: number;
      "money"?: {
        "amount": string;
        "currency": string;
      };
    };
    Upload: {
      "upload": string;
      "name": string;
      "bytes": number;
    };
    UsageExplanation: {
      "record": string;
      "raw": string;
      "knownAt": string;
      "charges": ({
        "charge": string;
        "agreement": string;
        "role": string;
        "side": string;
        "due": {
          "amount": string;
          "currency": string;
        };
        "steps": (string)[];
        "explained": ({
          "step": string;
          "said": (string | {
            "code": string;
            "values": { [name: string]: string };
          })[];
        })[];
        "asBooked": boolean;
      })[];
    };
    UsageRecord: {
      "record": string;
      "status": "rated" | "held" | "rejected" | "duplicate";
      "file": string;
      "source": string;
      "callId"?: string;
      "reason"?: string;
      "detail"?: string;
      "raw"?: string;
      "event"?: {
        "service": string;
        "start": string;
        "calling"?: string;
        "called": string;
        "answered": boolean;
        "trunkIn"?: string;
        "trunkOut"?: string;
        "seconds": string;
        "cause"?: string;
      };
      "charges": (components['schemas']["Charge"])[];
      "rate"?: components['schemas']["MissingRate"];
    };
    UsageTrace: {
      "fields"?: ({
        "field": string;
        "columns": ({
          "name": string;
          "text": string;
        })[];
        "value"?: string;
      })[];
      "unmapped": ({
        "name": string;
        "text": string;
      })[];
      "normalised": ({
        "what": string;
        "from": string;
        "to": string;
        "why": string;
      })[];
      "found": ({
        "name": string;
        "text": string;
      })[];
      "billed": ({
        "leg": string;
        "agreement": string;
        "day": string;
        "tariff": string;
        "destination": string;
        "period"?: string;
        "documents": ({
          "number": string;
          "kind": string;
        })[];
      })[];
    };
    UsedUnits: {
      "seconds"?: number;
      "bytes"?: number;
      "bytesUp"?: number;
      "bytesDown"?: number;
      "events"?: number;
      "money"?: {
        "amount": string;
        "currency": string;
      };
      "change"?: "before" | "after";
    };
    User: {
      "email": string;
      "name": string;
      "role": string;
      "party"?: string;
      "hasPassword": boolean;
      "hasSecondFactor": boolean;
      "isBlocked": boolean;
      "invitedBy": string;
      "since": string;
      "lastSeen"?: string;
    };
    VoucherBatch: {
      "batch": string;
      "money": {
        "amount": string;
        "currency": string;
      };
      "allowances": (string)[];
      "count": number;
      "used": number;
      "made": string;
      "madeBy": string;
      "until"?: string;
      "stopped"?: string;
    };
    WaitingEntry: {
      "waiting": string;
      "enteredAt": string;
      "enteredBy": string;
      "legalEntity": string;
      "day": string;
      "kind": string;
      "reference": string;
      "description": string;
      "by": string;
      "corrects"?: string;
      "postings": ({
        "ledgerAccount": string;
        "account"?: string;
        "agreement"?: string;
        "service"?: string;
        "document"?: string;
        "dueDay"?: string;
        "currency": string;
        "amount": string;
        "inOwnCurrency"?: string;
      })[];
    };
    WaitingErasure: {
      "erasure": string;
      "identity"?: string;
      "names": (string)[];
      "numbers": (string)[];
      "addresses": (string)[];
      "accounts": (string)[];
      "report"?: components['schemas']["ErasureReport"];
      "hindered": (string)[];
    };
    Webhook: {
      "webhook": string;
      "url": string;
      "secret": string;
      "types": (string)[];
      "made": string;
      "madeBy": string;
      "stopped"?: string;
      "waiting": number;
      "failed": number;
      "sent": number;
    };
    WebhookMessage: {
      "message": string;
      "webhook": string;
      "event": string;
      "type": string;
      "subject": string;
      "replay": number;
      "state": string;
      "attempts": number;
      "happened": string;
      "next"?: string;
      "status"?: number;
      "answer"?: string;
    };
    WriteDrafts: {
      "name": string;
      "text": string;
      "on"?: string;
    };
    WriteOff: {
      "document": string;
      "money"?: {
        "amount": string;
        "currency": string;
      };
      "why": string;
      "legalEntity"?: string;
      "on"?: string;
    };
  };
}
