import { readFixture } from "@intake/documents/samples/fixture";

export interface Part {
  name?: string;
  value: string | Buffer;
  /** Makes it a file part. */
  fileName?: string;
  type?: string;
}

export const boundary = "----intake-test-boundary";
export const multipartType = `multipart/form-data; boundary=${boundary}`;

/** A multipart body as bytes, so that tests can send what no well-behaved client would. */
export function multipartBody(parts: Part[]): Buffer {
  return Buffer.concat([...parts.flatMap(writePart), Buffer.from(`--${boundary}--\r\n`)]);
}

function writePart({ name, value, fileName, type }: Part): Buffer[] {
  const disposition = [
    "form-data",
    ...(name === undefined ? [] : [`name="${name}"`]),
    ...(fileName === undefined ? [] : [`filename="${fileName}"`]),
  ].join("; ");
  const head = `--${boundary}\r\nContent-Disposition: ${disposition}\r\n${type ? `Content-Type: ${type}\r\n` : ""}\r\n`;
  return [Buffer.from(head), Buffer.from(value), Buffer.from("\r\n")];
}

export const person = { firstName: "Minh Khai", lastName: "Nguyễn Thị", email: "minhkhai.nguyen@gmail.com" };

/** What a whole, acceptable form holds; override or leave out (undefined) what the test is about. */
export function formParts(
  overrides: Partial<Record<string, string | undefined>> = {},
  file?: Partial<Part>,
): Part[] {
  const fields = Object.entries({ ...person, ...overrides }).flatMap(([name, value]) =>
    value === undefined ? [] : [{ name, value }],
  );
  return [...fields, filePart(file)];
}

export function filePart(file: Partial<Part> = {}): Part {
  return {
    name: "resume",
    value: readFixture("resume.pdf"),
    fileName: "resume.pdf",
    type: "application/pdf",
    ...file,
  };
}

/** A PDF of exactly this many bytes: a real one with a long comment after it starts. */
export function pdfOfSize(bytes: number): Buffer {
  const head = Buffer.from("%PDF-1.7\n%");
  const tail = Buffer.from(
    "\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\nstartxref\n0\n%%EOF\n",
  );
  return Buffer.concat([head, Buffer.alloc(bytes - head.length - tail.length, "x"), tail]);
}
