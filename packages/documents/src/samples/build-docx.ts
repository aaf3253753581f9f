/** The smallest package Word opens, with every part replaceable. */
import { buildZip, type ZipEntrySample } from "./build-zip";

const openPackaging = "http://schemas.openxmlformats.org/package/2006";
export const wordMainType =
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";

export interface DocxSample {
  mainPart?: string;
  mainType?: string;
  contentTypes?: string | Buffer;
  relationships?: string;
  document?: string;
  extra?: ZipEntrySample[];
}

export function docxEntries(sample: DocxSample = {}): ZipEntrySample[] {
  const mainPart = sample.mainPart ?? "word/document.xml";
  const contentTypes =
    sample.contentTypes ??
    `<?xml version="1.0"?><Types xmlns="${openPackaging}/content-types"><Default Extension="xml" ContentType="application/xml"/>` +
      `<Override PartName="/${mainPart}" ContentType="${sample.mainType ?? wordMainType}"/></Types>`;
  const relationships =
    sample.relationships ??
    `<?xml version="1.0"?><Relationships xmlns="${openPackaging}/relationships"><Relationship Id="rId1" ` +
      `Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="${mainPart}"/></Relationships>`;
  const document =
    sample.document ??
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p/></w:body></w:document>';
  return [
    { name: "[Content_Types].xml", content: contentTypes },
    { name: "_rels/.rels", content: relationships },
    { name: mainPart, content: document },
    ...(sample.extra ?? []),
  ];
}

export function buildDocx(sample: DocxSample = {}): Buffer {
  return buildZip(docxEntries(sample));
}
