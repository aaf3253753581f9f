import { auditFilterSchema } from "@intake/core/audit/schema";
import type { Settings } from "@intake/core/context";
import { exportLeadsSchema } from "@intake/core/exports/schema";
import { idempotencyKeySchema, leadReceiptSchema } from "@intake/core/leads/schema";
import { addedResumeSchema } from "@intake/core/resume-files/schema";
import { formatBytes, listFormats, type ResumeLimits, resumeMediaTypes } from "@intake/core/resumes/schema";
import { generateOpenApiDocument, type OpenAPIObject } from "trpc-to-openapi";
import { z } from "zod";
import { describeAccess } from "./openapi-access";
import { appRouter } from "./router";

const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string(),
    requestId: z.string(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    current: z.unknown().optional(),
    remedy: z.enum(["step-up", "second-factor-setup"]).optional(),
  })
  .meta({ id: "Problem", description: "RFC 9457 problem document" });

/** The OpenAPI 3.1 document: the router's procedures, and by hand the routes that carry files. Every operation says who may call it. */
export function openApiDocument({
  publicUrl,
  resumeLimits,
}: Pick<Settings, "publicUrl" | "resumeLimits">): OpenAPIObject {
  const document = generateOpenApiDocument(appRouter, {
    title: "Intake",
    version: "1.0.0",
    description:
      "Leads of a legal-services office. Errors are problem documents (RFC 9457); every answer carries X-Request-Id.",
    openApiVersion: "3.1.0",
    baseUrl: publicUrl,
    tags: ["Leads", "Auth", "Audit"],
    securitySchemes: {
      bearer: {
        type: "http",
        scheme: "bearer",
        description:
          "An access token of a sign-in (five minutes), or an API key made under Settings, API keys.",
      },
    },
    paths: filePaths(resumeLimits),
  });
  return withProblems(document);
}

const problemAnswer = (description: string) => ({
  description,
  content: { "application/problem+json": { schema: problemSchema } },
});

const originalBytes = Object.fromEntries(
  Object.values(resumeMediaTypes).map((type) => [type, { schema: z.string().meta({ format: "binary" }) }]),
);

const filePaths = ({ maxBytes, formats }: ResumeLimits) => ({
  "/api/leads": {
    post: {
      operationId: "leads-submit",
      tags: ["Leads"],
      summary: "Send a lead with its resume",
      description: `Public. The resume is ${listFormats(formats)}, decided by its content, up to ${formatBytes(maxBytes)}. The fields may also be called first_name and last_name.`,
      requestParams: { header: z.object({ "Idempotency-Key": idempotencyKeySchema.optional() }) },
      requestBody: {
        required: true,
        content: {
          "multipart/form-data": {
            schema: z.object({
              firstName: z.string(),
              lastName: z.string(),
              email: z.string(),
              timeZone: z
                .string()
                .optional()
                .meta({ description: "IANA name, such as Asia/Ho_Chi_Minh; an unknown one is left out." }),
              resume: z.string().meta({ format: "binary" }),
            }),
          },
        },
      },
      responses: {
        "201": { description: "Stored", content: { "application/json": { schema: leadReceiptSchema } } },
        "200": {
          description: "Stored before under the same Idempotency-Key; nothing new was made",
          content: { "application/json": { schema: leadReceiptSchema } },
        },
        "303": { description: "Stored; for browsers that post without JavaScript, to the thank-you page" },
        "400": problemAnswer("Not readable as a form"),
        "409": problemAnswer("The same key is being stored right now"),
        "413": problemAnswer("The file is too large"),
        "415": problemAnswer("Not multipart/form-data"),
        "422": problemAnswer("Fields or file are wrong, or the key was used for something else"),
        "429": problemAnswer("Too many submissions"),
        "503": problemAnswer("Storage or database is away; nothing is lost, try again"),
      },
    },
  },
  "/api/leads/{leadId}/resume": {
    get: {
      operationId: "leads-resume",
      tags: ["Leads"],
      summary: "Download the original of the newest resume",
      description: "READ_ONLY may when the office shows them resumes.",
      security: [{ bearer: [] }],
      requestParams: {
        path: z.object({ leadId: z.uuid() }),
        header: z.object({ Range: z.string().optional(), "If-Range": z.string().optional() }),
      },
      responses: {
        "200": { description: "The original bytes, as an attachment", content: originalBytes },
        "206": { description: "The one range of them that was asked for", content: originalBytes },
        "401": problemAnswer("Not signed in"),
        "403": problemAnswer("Not allowed for this role, or the file is locked"),
        "404": problemAnswer("No such lead"),
        "409": problemAnswer("The file is not checked yet"),
        "416": { description: "The range lies beyond the end; Content-Range says how long the file is" },
        "503": problemAnswer("Storage or database is away"),
      },
    },
  },
  "/api/leads/{leadId}/resumes": {
    post: {
      operationId: "leads-add-resume",
      tags: ["Leads"],
      summary: "Give a lead a newer resume",
      description: `By the same limits as the form: ${listFormats(formats)}, up to ${formatBytes(maxBytes)}. Earlier files stay.`,
      security: [{ bearer: [] }],
      requestParams: { path: z.object({ leadId: z.uuid() }) },
      requestBody: {
        required: true,
        content: {
          "multipart/form-data": { schema: z.object({ resume: z.string().meta({ format: "binary" }) }) },
        },
      },
      responses: {
        "201": {
          description: "Stored as the newest",
          content: { "application/json": { schema: addedResumeSchema } },
        },
        "200": {
          description: "The newest file has the same content; nothing was stored",
          content: { "application/json": { schema: addedResumeSchema } },
        },
        "400": problemAnswer("Not readable as a form"),
        "401": problemAnswer("Not signed in"),
        "403": problemAnswer("Not allowed for this role"),
        "404": problemAnswer("No such lead"),
        "413": problemAnswer("The file is too large"),
        "415": problemAnswer("Not multipart/form-data"),
        "422": problemAnswer("Something is wrong with the file"),
        "503": problemAnswer("Storage or database is away, or the storage is full"),
      },
    },
  },
  "/api/leads/export": {
    post: {
      operationId: "leads-export",
      tags: ["Leads"],
      summary: "Export leads as a workbook or CSV",
      description:
        "All that match a question, or leads by their ids, complete and of one moment; X-Row-Count and the file's name say how many. Never for an API key, and only within ten minutes of a proof of who is there.",
      security: [{ bearer: [] }],
      requestBody: { required: true, content: { "application/json": { schema: exportLeadsSchema } } },
      responses: {
        "200": {
          description: "The leads, as an attachment",
          content: {
            "text/csv": { schema: z.string() },
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": {
              schema: z.string().meta({ format: "binary" }),
            },
          },
        },
        "401": problemAnswer("Not signed in"),
        "403": problemAnswer("Not allowed for this role, or the proof of who is there is too old"),
        "422": problemAnswer("The question is wrong, or a workbook cannot hold so many"),
        "429": problemAnswer("Two exports are being made already"),
        "503": problemAnswer("The database is away"),
      },
    },
  },
  "/api/audit/export": {
    get: {
      operationId: "audit-export",
      tags: ["Audit"],
      summary: "Export the audit as a signed CSV",
      description: "Never for an API key, and only within ten minutes of a proof of who is there.",
      security: [{ bearer: [] }],
      requestParams: { query: auditFilterSchema },
      responses: {
        "200": {
          description: "The events that match, as an attachment; its last line signs what comes before",
          content: { "text/csv": { schema: z.string() } },
        },
        "401": problemAnswer("Not signed in"),
        "403": problemAnswer("Not allowed for this role, or the proof of who is there is too old"),
        "422": problemAnswer("A filter is wrong"),
        "503": problemAnswer("The database is away"),
      },
    },
  },
});

type PathItem = NonNullable<OpenAPIObject["paths"]>[string];
type Operation = NonNullable<PathItem["get"]>;

/** The library describes errors in its own shape; ours are problem documents, and the PRD calls the path parameter lead_id. */
function withProblems(document: OpenAPIObject): OpenAPIObject {
  const paths = Object.entries(document.paths ?? {}).map(([path, item]) => [
    path.replace("{leadId}", "{lead_id}"),
    Object.fromEntries(Object.entries(item).map(([method, operation]) => [method, describe(operation)])),
  ]);
  const { Problem = {} } = document.components?.schemas ?? {};
  return {
    ...document,
    paths: Object.fromEntries(paths),
    components: { ...document.components, schemas: { Problem } },
  };
}

function describe(operation: Operation): Operation {
  const parameters = operation.parameters?.map((parameter) =>
    "name" in parameter && parameter.name === "leadId" ? { ...parameter, name: "lead_id" } : parameter,
  );
  const takesJson =
    operation.requestBody &&
    "content" in operation.requestBody &&
    "application/json" in operation.requestBody.content;
  const responses = Object.entries({ ...(takesJson ? bodyRefusals : {}), ...operation.responses });
  return {
    ...operation,
    ...describeAccess(operation),
    ...(parameters ? { parameters } : {}),
    responses: Object.fromEntries(responses.map(([status, answer]) => describeAnswer(status, answer))),
  };
}

const bodyRefusals = {
  "400": { description: "The body is not readable JSON" },
  "413": { description: "The body is larger than 100 KB" },
  "415": { description: "The body is not JSON" },
};

function describeAnswer(
  status: string,
  answer: { description?: string; content?: object },
): [string, object] {
  const description = answer.description ?? "";
  if (Number(status) >= 400) {
    return [
      status,
      {
        description,
        content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
      },
    ];
  }
  // A procedure that returns null has nothing to say: the REST door answers 204.
  if (JSON.stringify(answer.content ?? {}).includes('"schema":{"type":"null"}'))
    return ["204", { description }];
  return [status, answer];
}
