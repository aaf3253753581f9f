import { describe, expect, test } from "vitest";
import { readSettings, SettingsError } from "./settings";

function problemsOf(environment: Record<string, string>): string[] {
  try {
    readSettings(environment);
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
  return [];
}

describe("S3", () => {
  const needed = { STORAGE: "s3", S3_BUCKET: "resumes", S3_REGION: "eu-central-1" };

  test("needs a bucket and a region, and finds credentials as the SDK does", () => {
    expect(readSettings(needed).storage).toEqual({
      kind: "s3",
      bucket: "resumes",
      region: "eu-central-1",
      endpoint: undefined,
      credentials: undefined,
      isPathStyle: false,
      checksums: "WHEN_SUPPORTED",
      encryption: null,
      prefix: "",
    });
    expect(problemsOf({ STORAGE: "s3" })).toEqual([
      "S3_BUCKET is needed when STORAGE=s3",
      "S3_REGION is needed when STORAGE=s3, unless S3_ENDPOINT names another server",
    ]);
  });

  test("reads what is set", () => {
    const own = {
      S3_ENDPOINT: "http://minio:9000",
      S3_REGION: "",
      S3_ACCESS_KEY_ID: "id",
      S3_SECRET_ACCESS_KEY: "secret",
      S3_PATH_STYLE: "on",
      S3_CHECKSUMS: "WHEN_REQUIRED",
      S3_SSE: "aws:kms",
      S3_SSE_KMS_KEY: "key",
      S3_PREFIX: "office/intake/",
    };
    expect(readSettings({ ...needed, ...own }).storage).toEqual({
      kind: "s3",
      bucket: "resumes",
      region: "us-east-1",
      endpoint: "http://minio:9000",
      credentials: { accessKeyId: "id", secretAccessKey: "secret" },
      isPathStyle: true,
      checksums: "WHEN_REQUIRED",
      encryption: { algorithm: "aws:kms", keyId: "key" },
      prefix: "office/intake/",
    });
    expect(readSettings({ ...needed, S3_SSE: "AES256" }).storage).toMatchObject({
      encryption: { algorithm: "AES256" },
    });
    expect(readSettings({ ...needed, S3_SSE: "none" }).storage).toMatchObject({ encryption: null });
  });

  test.each([
    ["S3_BUCKET", "Not a bucket"],
    ["S3_ENDPOINT", "minio:9000"],
    ["S3_ACCESS_KEY_ID", "alone"],
    ["S3_PATH_STYLE", "yes"],
    ["S3_CHECKSUMS", "sometimes"],
    ["S3_SSE", "rot13"],
    ["S3_SSE_KMS_KEY", "key-without-kms"],
    ["S3_PREFIX", "no-slash"],
    ["S3_PREFIX", "../"],
    ["AZURE_CONTAINER", "resumes"],
  ])("refuses %s=%s by name", (name, value) => {
    const problems = problemsOf({ ...needed, [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^${name} `));
  });
});

describe("Azure", () => {
  const url = "https://intake.blob.core.windows.net/?sv=2025-11-05&sig=x";
  const connectionString = "DefaultEndpointsProtocol=https;AccountName=intake;AccountKey=eA==";

  test("needs a container and one way into the account", () => {
    const needed = { STORAGE: "azure", AZURE_CONTAINER: "resumes" };
    expect(readSettings({ ...needed, AZURE_ACCOUNT_URL: url }).storage).toEqual({
      kind: "azure",
      container: "resumes",
      account: { url },
    });
    expect(readSettings({ ...needed, AZURE_CONNECTION_STRING: connectionString }).storage).toEqual({
      kind: "azure",
      container: "resumes",
      account: { connectionString },
    });
    expect(problemsOf({ STORAGE: "azure" })).toHaveLength(2);
    const both = { AZURE_CONNECTION_STRING: connectionString, AZURE_ACCOUNT_URL: url };
    expect(problemsOf({ ...needed, ...both })).toHaveLength(1);
  });

  test.each([
    ["AZURE_CONNECTION_STRING", "my-secret-key"],
    ["AZURE_ACCOUNT_URL", "https://intake.blob.core.windows.net/"],
  ])("refuses %s=%s by name, without repeating it", (name, value) => {
    const problems = problemsOf({ STORAGE: "azure", AZURE_CONTAINER: "resumes", [name]: value });
    expect(problems[0]).toMatch(new RegExp(`^${name} `));
    expect(problems.join()).not.toContain(value);
  });
});

test("what belongs to another storage is told, so that nobody believes it is used", () => {
  expect(problemsOf({ S3_BUCKET: "resumes", AZURE_CONTAINER: "resumes" })).toEqual([
    "S3_BUCKET needs STORAGE=s3",
    "AZURE_CONTAINER needs STORAGE=azure",
  ]);
});
