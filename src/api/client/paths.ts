/** Made from the operations by npm run generate: what `createClient<paths>()` of openapi-fetch needs. */
export interface paths {
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
      parameters: { query: { "subscriber": components['schemas']["Subscriber"] }; header?: never; path?: never; cookie?: never };
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
      parameters: { query?: { "limit"?: number; "cursor"?: string }; header?: never; path?: never; cookie?: never };
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
      } } };
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
      parameters: { query?: never; header?: never; path: { "account": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["ChargingAccount"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/charging/accounts/{account}/sessions": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path: { "account": string }; cookie?: never };
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
      };
    };
  };
  "/v1/charging/accounts/{account}/history": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "limit"?: number; "cursor"?: string }; header?: never; path: { "account": string }; cookie?: never };
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
      };
    };
  };
  "/v1/charging/sessions/{session}/trace": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path: { "session": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["SessionTrace"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/charging/accounts/{account}/top-ups": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path: { "account": string }; cookie?: never };
      requestBody: { content: { "application/json": {
        "money": {
          "amount": string;
          "currency": string;
        };
        "validTo"?: string;
        "note"?: string;
      } } };
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
  "/v1/charging/accounts/{account}/voucher-redemptions": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path: { "account": string }; cookie?: never };
      requestBody: { content: { "application/json": {
        "code": string;
        "note"?: string;
      } } };
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
  "/v1/charging/accounts/{account}/plan-changes": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path: { "account": string }; cookie?: never };
      requestBody: { content: { "application/json": {
        "plan": string;
        "note"?: string;
      } } };
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
      parameters: { query?: never; header: { "Idempotency-Key": string }; path: { "account": string }; cookie?: never };
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
      } } };
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
  "/v1/charging/accounts/{account}/transfers": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path: { "account": string }; cookie?: never };
      requestBody: { content: { "application/json": {
        "to": string;
        "money": {
          "amount": string;
          "currency": string;
        };
        "note"?: string;
      } } };
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
    put: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path: { "account": string }; cookie?: never };
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
    put: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path: { "account": string }; cookie?: never };
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
      parameters: { query?: never; header: { "Idempotency-Key": string }; path: { "account": string }; cookie?: never };
      requestBody: { content: { "application/json": {
        "identity": components['schemas']["Subscriber"];
        "note"?: string;
      } } };
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
  "/v1/charging/accounts/{account}/identities/{identity}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    delete: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path: { "account": string; "identity": components['schemas']["Subscriber"] }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["ChargingAccount"] } };
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
  "/v1/charging/accounts/{account}/pools": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path: { "account": string }; cookie?: never };
      requestBody: { content: { "application/json": {
        "pool": string;
        "caps"?: ({
          "allowance": string;
          "most": components['schemas']["Quantity"];
        })[];
        "note"?: string;
      } } };
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
  "/v1/charging/accounts/{account}/pools/{pool}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    delete: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path: { "account": string; "pool": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["ChargingAccount"] } };
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
  "/v1/charging/accounts/{account}/sessions/{session}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    delete: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path: { "account": string; "session": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["ChargingAccount"] } };
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
  "/v1/charging/accounts/{account}/add-ons": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path: { "account": string }; cookie?: never };
      requestBody: { content: { "application/json": {
        "addOn": string;
        "note"?: string;
      } } };
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
  "/v1/charging/accounts/{account}/add-ons/{addOn}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    delete: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path: { "account": string; "addOn": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["ChargingAccount"] } };
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
  "/v1/charging/accounts/{account}/allowances": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path: { "account": string }; cookie?: never };
      requestBody: { content: { "application/json": {
        "allowance": string;
        "note"?: string;
      } } };
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
  "/v1/charging/accounts/{account}/conversions": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path: { "account": string }; cookie?: never };
      requestBody: { content: { "application/json": {
        "bucket": number;
        "amount": components['schemas']["Quantity"];
        "to": string;
        "note"?: string;
      } } };
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
  "/v1/charging/accounts/{account}/controls": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path: { "account": string }; cookie?: never };
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
      };
    };
  };
  "/v1/charging/accounts/{account}/controls/{control}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    put: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path: { "account": string; "control": string }; cookie?: never };
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
        413: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        415: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        422: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        503: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/legal-entities": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "limit"?: number; "cursor"?: string }; header?: never; path?: never; cookie?: never };
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
      };
    };
  };
  "/v1/parties": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "limit"?: number; "cursor"?: string; "kind"?: "carrier" | "mvno" | "roaming-partner" | "content-provider" | "aggregator" | "reseller" | "customer" }; header?: never; path?: never; cookie?: never };
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
      };
    };
  };
  "/v1/parties/{party}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path: { "party": string }; cookie?: never };
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
      };
    };
  };
  "/v1/accounts": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "limit"?: number; "cursor"?: string; "party"?: string }; header?: never; path?: never; cookie?: never };
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
      };
    };
  };
  "/v1/agreements": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "limit"?: number; "cursor"?: string; "account"?: string }; header?: never; path?: never; cookie?: never };
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
      };
    };
  };
  "/v1/agreements/{agreement}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path: { "agreement": string }; cookie?: never };
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
      };
    };
  };
  "/v1/rate-sheets": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "limit"?: number; "cursor"?: string; "agreement"?: string }; header?: never; path?: never; cookie?: never };
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
      };
    };
  };
  "/v1/usage/records": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "limit"?: number; "cursor"?: string; "number"?: string; "calling"?: string; "called"?: string; "exact"?: boolean; "callId"?: string; "trunk"?: string; "partner"?: string; "agreement"?: string; "destination"?: string; "from"?: string; "to"?: string; "service"?: "voice" | "sms" | "mms" | "data" | "content" | "event"; "answered"?: boolean; "file"?: string; "reason"?: string; "status"?: "rated" | "held" | "rejected" | "duplicate" }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["UsageRecord"])[];
        "next": string | null;
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/usage/records/{record}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path: { "record": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components['schemas']["UsageRecord"])[];
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/usage/explanations/{charge}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path: { "charge": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["UsageExplanation"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/usage/suspense": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "by"?: "reason" | "source" | "trunk" | "destination"; "limit"?: number }; header?: never; path?: never; cookie?: never };
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
      };
    };
  };
  "/v1/periods": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query: { "on": string; "since": string; "agreement"?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["PeriodBoard"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/agreements/{agreement}/statements/{period}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path: { "agreement": string; "period": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["RecordedStatement"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/documents": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "limit"?: number; "cursor"?: string; "legalEntity"?: string; "from"?: string; "to"?: string; "account"?: string; "kind"?: string }; header?: never; path?: never; cookie?: never };
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
      };
    };
  };
  "/v1/documents/{number}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "legalEntity"?: string }; header?: never; path: { "number": string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": components['schemas']["Document"] } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
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
      };
    };
  };
  "/v1/payments/unsettled": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "limit"?: number; "cursor"?: string; "legalEntity"?: string }; header?: never; path?: never; cookie?: never };
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
      };
    };
  };
  "/v1/payments/{payment}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path: { "payment": string }; cookie?: never };
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
      } } };
        400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        401: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        403: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        404: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        429: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
        500: { headers: { [name: string]: unknown }; content: { "application/problem+json": components['schemas']["Problem"] } };
      };
    };
  };
  "/v1/disputes": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "limit"?: number; "cursor"?: string; "state"?: "open" | "offered" | "agreed" | "withdrawn" | "settled"; "party"?: string }; header?: never; path?: never; cookie?: never };
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
      };
    };
  };
  "/v1/disputes/{dispute}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path: { "dispute": string }; cookie?: never };
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
      };
    };
  };
  "/v1/ledger/trial-balance": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "legalEntity"?: string; "from"?: string; "to"?: string }; header?: never; path?: never; cookie?: never };
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
      };
    };
  };
  "/v1/accounts/{account}/moves": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "from"?: string; "to"?: string }; header?: never; path: { "account": string }; cookie?: never };
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
      };
    };
  };
  "/v1/ledger/open-items": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "limit"?: number; "cursor"?: string; "legalEntity"?: string; "account"?: string; "on"?: string }; header?: never; path?: never; cookie?: never };
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
      };
    };
  };
}

export interface components {
  schemas: {
    Account: {
      "account": string;
      "party": string;
      "legalEntity": string;
      "currency": string;
      "paymentTermsDays"?: number;
      "creditLimit"?: string;
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
    AnsweredItem: {
      "ratingGroup"?: string;
      "services"?: (string)[];
      "result": components['schemas']["ChargingResult"];
      "granted"?: components['schemas']["Units"];
      "validitySeconds"?: number;
      "holdingSeconds"?: number;
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
    ChargingResult: "granted" | "credit-limit-reached" | "service-denied" | "no-charge" | "user-unknown" | "rating-failed" | "unknown-session" | "out-of-order" | "units-not-fitting" | "too-busy" | "unable-to-comply";
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
    DisputeStep: {
      "kind": string;
      "by": "us" | "them";
      "day": string;
      "net"?: string;
      "outcome"?: string;
      "note": string;
      "result"?: string;
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
      "lines": ({
        "line": number;
        "description": string;
        "net": string;
      })[];
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
    Item: {
      "ratingGroup"?: string;
      "services"?: (string)[];
      "requested"?: "any" | components['schemas']["Units"];
      "used"?: (components['schemas']["UsedUnits"])[];
      "reason"?: "threshold" | "quota-holding-time" | "final" | "quota-exhausted" | "validity-time" | "other-quota-type" | "rating-condition-change" | "forced-reauthorisation" | "pool-exhausted";
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
    LegalEntity: {
      "legalEntity": string;
      "name": string;
      "country": string;
      "currency": string;
      "zone": string;
      "address": (string)[];
      "taxId"?: string;
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
    Party: {
      "party": string;
      "name": string;
      "kind": "carrier" | "mvno" | "roaming-partner" | "content-provider" | "aggregator" | "reseller" | "customer";
      "country"?: string;
      "address": (string)[];
      "taxId"?: string;
      "email"?: string;
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
    PeriodBoard: {
      "due": ({
        "agreement": string;
        "period": string;
      })[];
      "recorded": (components['schemas']["RecordedPeriod"])[];
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
      })[];
      "title": string;
    };
    Quantity: string;
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
    RecordedPeriod: {
      "agreement": string;
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
    };
    RecordedStatement: {
      "sha256": string;
      "content": string;
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
      })[];
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
  };
}
