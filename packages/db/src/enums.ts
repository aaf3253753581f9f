export {
  ContactChannel,
  LeadStatus,
  MailKind,
  MailState,
  ResumeFormat,
  Role,
  ScanState,
  TokenPurpose,
} from "./generated/enums";
