export {
  LeadStatus,
  MailKind,
  MailState,
  ResumeFormat,
  Role,
  ScanState,
  TokenPurpose,
  ContactChannel,
} from "./generated/enums";
